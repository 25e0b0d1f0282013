"""The hourly job that seals new audit rows into the hash chain of `ganger.audit_chain`."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from ganger.alerts import notify_superadmins
from ganger.audit_chain import (
    ROW_COLUMNS,
    SEAL_COLUMNS,
    SEALED_WITHIN,
    Seal,
    is_ours,
    next_seal,
    read_seal,
)
from ganger.clock import iso_utc
from ganger.db import Database, ExpectationFailed, Row, expect, insert
from ganger.log import log, log_security
from ganger.tokens import KeyRing

ROWS_A_SEAL = 500

_LAST_SEAL = f"SELECT {', '.join(SEAL_COLUMNS)} FROM audit_seals ORDER BY sequence DESC LIMIT 1"  # noqa: S608
_ROWS = f"SELECT {', '.join(ROW_COLUMNS)} FROM audit_logs WHERE sequence > ? ORDER BY sequence LIMIT ?"  # noqa: S608


class ChainBroken(Exception):
    """The last seal is not ours, or rows are missing after it; nothing is built upon that."""


async def seal_audit_rows(db: Database, ring: KeyRing, now: datetime) -> None:
    """Seal all rows that no seal covers yet, in as many seals as that takes; one of no rows if there is none.

    The hash of every seal goes to the log too, so that it exists outside of the database. Who could
    write to the database and took all seals away would have the rows sealed anew by this very job, but
    the log would tell of seals that are no longer there.

    Raises:
        DatabaseError: the database is not there; what was sealed before stays sealed.
    """
    try:
        previous = await _last_seal(db, ring)
        while True:
            rows = await db.rows(_ROWS, previous.last_row if previous else 0, ROWS_A_SEAL)
            _warn_if_late(previous, rows, now)
            previous = await _add_seal(db, ring, previous, rows, now)
            if len(rows) < ROWS_A_SEAL:
                return
    except ChainBroken:
        log_security("audit chain broken")
        title = "The audit log is not as it was sealed: run `ganger audit verify`"
        await db.batch([notify_superadmins(now, title)])
    except ExpectationFailed:
        return  # another run of this job went ahead, and seals the rest


async def _last_seal(db: Database, ring: KeyRing) -> Seal | None:
    row = await db.row(_LAST_SEAL)
    if row is None:
        return None
    seal = read_seal(row)
    if seal is None or not is_ours(seal, ring):
        raise ChainBroken
    return seal


async def _add_seal(
    db: Database, ring: KeyRing, previous: Seal | None, rows: Sequence[Row], now: datetime
) -> Seal:
    try:
        seal = next_seal(previous, rows, ring, now)
    except ValueError as error:
        raise ChainBroken from error
    last = previous.sequence if previous else None
    await db.batch(
        [
            expect("chain_ends_there", "(SELECT max(sequence) FROM audit_seals) IS ?", last),
            insert("audit_seals", asdict(seal)),
        ]
    )
    log(
        "info",
        "audit sealed",
        sequence=seal.sequence,
        first_row=seal.first_row,
        last_row=seal.last_row,
        seal_hash=seal.seal_hash,
    )
    return seal


def _warn_if_late(previous: Seal | None, rows: Sequence[Row], now: datetime) -> None:
    """Until it is sealed, a row can be changed unseen; and a chain that was cut off is sealed late too."""
    limit = iso_utc(now - SEALED_WITHIN)
    if (previous is not None and previous.sealed_at < limit) or any(
        str(row["occurred_at"]) < limit for row in rows
    ):
        log_security("audit rows sealed late", count=len(rows))
