"""The second factor in the database: what is kept of it, and the statements that use it up.

No Scope here: each statement concerns one person, and that is the one who asks.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from ganger.audit import Actor, audit_row
from ganger.clock import iso_utc
from ganger.db import Database, ExpectationFailed, Statement, expect, insert
from ganger.ids import new_id
from service_workers.auth.second_factor.domain.guessing import ALLOWANCES, REMEMBERED
from service_workers.auth.second_factor.domain.recovery import KeptCode
from service_workers.auth.second_factor.models import Confirmed, Enrolment, Factor, Proof

ENROLMENT_LIVES = timedelta(minutes=15)
PAGE = "/auth/second-factor"
_RECORD = "second_factor"
_EXISTS = "EXISTS (SELECT 1 FROM second_factors WHERE user_id = ?)"


async def factor_of(db: Database, user_id: str) -> Factor | None:
    """The person's second factor, if they have one."""
    row = await db.row(
        "SELECT secret_sealed, last_step, enrolled_at FROM second_factors WHERE user_id = ?", user_id
    )
    if row is None:
        return None
    codes = await db.rows(
        "SELECT salt, digest FROM second_factor_recovery_codes WHERE user_id = ? AND used_at IS NULL", user_id
    )
    return Factor(
        secret_sealed=str(row["secret_sealed"]),
        last_step=int(str(row["last_step"])),
        enrolled_at=datetime.fromisoformat(str(row["enrolled_at"])),
        unused=tuple(KeptCode(str(code["salt"]), str(code["digest"])) for code in codes),
    )


async def attempts(db: Database, actor: Actor) -> list[datetime]:
    """When the person was wrong, as far back as that matters."""
    rows = await db.rows(
        "SELECT attempted_at FROM second_factor_attempts WHERE user_id = ? AND attempted_at > ?",
        actor.user_id,
        iso_utc(actor.at - REMEMBERED),
    )
    return [datetime.fromisoformat(str(row["attempted_at"])) for row in rows]


async def begin_attempt(db: Database, actor: Actor) -> str | None:
    """Write an attempt down before its code is looked at; None if the person has used up their attempts."""
    attempt_id = new_id(actor.at)
    columns = {"id": attempt_id, "user_id": actor.user_id, "attempted_at": iso_utc(actor.at)}
    limits = [
        expect(
            "attempts_left",
            "(SELECT count(*) FROM second_factor_attempts WHERE user_id = ? AND attempted_at > ?) < ?",
            actor.user_id,
            iso_utc(actor.at - allowance.within),
            allowance.wrong,
        )
        for allowance in ALLOWANCES
    ]
    forget = Statement(
        "DELETE FROM second_factor_attempts WHERE user_id = ? AND attempted_at <= ?",
        (actor.user_id, iso_utc(actor.at - REMEMBERED)),
    )
    try:
        await db.batch([*limits, forget, insert("second_factor_attempts", columns)])
    except ExpectationFailed:
        return None
    return attempt_id


async def note_wrong_code(db: Database, actor: Actor, is_locked_now: bool) -> None:
    """Note that an attempt was wrong, and tell the person if it was the last that they had."""
    statements = [audit_row(actor, "auth:second-factor-refused", _RECORD, actor.user_id)]
    if is_locked_now:
        statements += [
            audit_row(actor, "auth:second-factor-locked", _RECORD, actor.user_id),
            _told(
                actor,
                "Too many wrong codes were given for your account. If it was not you, tell an administrator.",
            ),
        ]
    await db.batch(statements)


def proof_by_code(actor: Actor, attempt_id: str, step: int) -> Proof:
    """A code of the app: neither it nor one before counts again."""
    return Proof(
        (
            expect(
                "code_is_new",
                "EXISTS (SELECT 1 FROM second_factors WHERE user_id = ? AND last_step < ?)",
                actor.user_id,
                step,
            ),
            Statement("UPDATE second_factors SET last_step = ? WHERE user_id = ?", (step, actor.user_id)),
            _right(attempt_id),
            audit_row(actor, "auth:step-up", _RECORD, actor.user_id, fields={"by": "code"}),
        )
    )


def proof_by_recovery_code(actor: Actor, attempt_id: str, code: KeptCode, left: int) -> Proof:
    """A recovery code, which is used up."""
    values = (actor.user_id, code.digest)
    where = "user_id = ? AND digest = ? AND used_at IS NULL"
    return Proof(
        (
            expect(
                "code_is_unused",
                f"EXISTS (SELECT 1 FROM second_factor_recovery_codes WHERE {where})",  # noqa: S608
                *values,
            ),
            Statement(
                f"UPDATE second_factor_recovery_codes SET used_at = ? WHERE {where}",  # noqa: S608
                (iso_utc(actor.at), *values),
            ),
            _right(attempt_id),
            audit_row(
                actor, "auth:step-up", _RECORD, actor.user_id, fields={"by": "recovery code", "left": left}
            ),
            _told(actor, f"A recovery code of yours was used; {left} are left."),
        )
    )


async def begin_enrolment(db: Database, actor: Actor, enrolment: Enrolment) -> bool:
    """Keep a new secret until it is confirmed; False if there is a factor that it may not replace."""
    is_free = f"? = 1 OR NOT {_EXISTS}"
    sql = """INSERT INTO second_factor_enrolments (user_id, secret_sealed, may_replace, expires_at)
             VALUES (?, ?, ?, ?)
             ON CONFLICT (user_id) DO UPDATE SET secret_sealed = excluded.secret_sealed,
                 may_replace = excluded.may_replace, expires_at = excluded.expires_at"""
    may_replace = int(enrolment.may_replace)
    values = (actor.user_id, enrolment.secret_sealed, may_replace, iso_utc(actor.at + ENROLMENT_LIVES))
    try:
        await db.batch(
            [
                expect("may_enrol", is_free, may_replace, actor.user_id),
                Statement(sql, values),
                audit_row(actor, "auth:second-factor-begun", _RECORD, actor.user_id),
            ]
        )
    except ExpectationFailed:
        return False
    return True


async def enrolment_of(db: Database, user_id: str, now: datetime) -> Enrolment | None:
    """The secret that waits to be confirmed, if there is one."""
    row = await db.row(
        """SELECT secret_sealed, may_replace FROM second_factor_enrolments
           WHERE user_id = ? AND expires_at > ?""",
        user_id,
        iso_utc(now),
    )
    return Enrolment(str(row["secret_sealed"]), bool(row["may_replace"])) if row else None


def confirmation(actor: Actor, attempt_id: str, confirmed: Confirmed) -> list[Statement]:
    """The statements that make a confirmed secret the person's second factor, with new recovery codes."""
    sealed, at = confirmed.enrolment.secret_sealed, iso_utc(actor.at)
    waits = """EXISTS (SELECT 1 FROM second_factor_enrolments
                       WHERE user_id = ? AND secret_sealed = ? AND expires_at > ?)"""
    is_free = f"? = 1 OR NOT {_EXISTS}"
    factor = """INSERT INTO second_factors (user_id, secret_sealed, last_step, enrolled_at)
                VALUES (?, ?, ?, ?)
                ON CONFLICT (user_id) DO UPDATE SET secret_sealed = excluded.secret_sealed,
                    last_step = excluded.last_step, enrolled_at = excluded.enrolled_at"""
    return [
        expect("enrolment_waits", waits, actor.user_id, sealed, at),
        expect("may_enrol", is_free, int(confirmed.enrolment.may_replace), actor.user_id),
        Statement(factor, (actor.user_id, sealed, confirmed.step, at)),
        Statement("DELETE FROM second_factor_enrolments WHERE user_id = ?", (actor.user_id,)),
        *_new_codes(actor, confirmed.codes),
        _right(attempt_id),
        audit_row(actor, "auth:second-factor-enrolled", _RECORD, actor.user_id),
        _told(actor, "A second factor was set up for your account."),
    ]


async def replace_codes(db: Database, actor: Actor, codes: Sequence[KeptCode]) -> bool:
    """Put new recovery codes in the place of all old ones; False without a second factor."""
    try:
        await db.batch(
            [
                expect("has_factor", _EXISTS, actor.user_id),
                *_new_codes(actor, codes),
                audit_row(actor, "auth:recovery-codes-replaced", _RECORD, actor.user_id),
                _told(actor, "Your recovery codes were replaced by new ones."),
            ]
        )
    except ExpectationFailed:
        return False
    return True


async def turn_off(db: Database, actor: Actor) -> bool:
    """Forget the second factor and all that belongs to it; False if there is none."""
    tables = ("second_factors", "second_factor_enrolments", "second_factor_recovery_codes")
    removals = [Statement(f"DELETE FROM {table} WHERE user_id = ?", (actor.user_id,)) for table in tables]  # noqa: S608
    # What was confirmed with the factor no longer counts either.
    lapse = Statement("UPDATE sessions SET stepped_up_until = NULL WHERE user_id = ?", (actor.user_id,))
    try:
        await db.batch(
            [
                expect("has_factor", _EXISTS, actor.user_id),
                *removals,
                lapse,
                audit_row(actor, "auth:second-factor-turned-off", _RECORD, actor.user_id),
                _told(actor, "The second factor of your account was turned off."),
            ]
        )
    except ExpectationFailed:
        return False
    return True


def _new_codes(actor: Actor, codes: Sequence[KeptCode]) -> list[Statement]:
    forget = Statement("DELETE FROM second_factor_recovery_codes WHERE user_id = ?", (actor.user_id,))
    return [
        forget,
        *(
            insert(
                "second_factor_recovery_codes",
                {"user_id": actor.user_id, "salt": code.salt, "digest": code.digest},
            )
            for code in codes
        ),
    ]


def _right(attempt_id: str) -> Statement:
    return Statement("DELETE FROM second_factor_attempts WHERE id = ?", (attempt_id,))


def _told(actor: Actor, title: str) -> Statement:
    columns = {
        "id": new_id(actor.at),
        "user_id": actor.user_id,
        "app_key": "auth",
        "title": title,
        "link": PAGE,
        "created_at": iso_utc(actor.at),
    }
    return insert("notifications", columns)
