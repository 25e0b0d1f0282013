"""Codes on visit slips: issued, scanned, revoked. A change is one batch with its audit row, without PHI."""

import asyncio
from datetime import datetime

from app_workers.handouts.models.patient_codes import PatientCode, PatientCodeQuery, PatientCodeStart
from ganger.audit import Actor, audit_row
from ganger.clock import iso_utc
from ganger.db import ConstraintFailed, Database, ExpectationFailed, Statement, Value, expect, insert
from ganger.errors import NotFound
from ganger.ids import new_id
from ganger.scope import Scope

_CODE = """
    SELECT code.id, code.location_id, places.name AS location_name, code.code, code.patient_mrn,
        code.expires_at, code.scan_count, code.last_scanned_at, code.revoked_at,
        author.name AS created_by_name, code.created_at
    FROM patient_codes AS code
    JOIN locations AS places ON places.id = code.location_id
    JOIN users AS author ON author.id = code.created_by
    WHERE code.location_id IN ({marks})
"""
_NEWEST = " ORDER BY code.created_at DESC, code.id DESC LIMIT ? OFFSET ?"
_TOTAL = "SELECT COUNT(*) AS total FROM patient_codes WHERE location_id IN ({marks})"
_STANDS = "SELECT revoked_at IS NULL FROM patient_codes WHERE id = ? AND location_id IN ({marks})"
_REVOKE = "UPDATE patient_codes SET revoked_at = ?, updated_at = ? WHERE id = ? AND location_id IN ({marks})"
_SCANNED = """
    UPDATE patient_codes SET scan_count = scan_count + 1, last_scanned_at = ?, updated_at = ?
    WHERE id = ? AND location_id IN ({marks})
"""
_OVER = "DELETE FROM patient_codes WHERE expires_at < ? AND location_id IN ({marks})"


async def patient_codes(db: Database, scope: Scope, asked: PatientCodeQuery) -> tuple[list[PatientCode], int]:
    """One page of the codes of the locations in scope, the newest first, and how many there are."""
    here, start = scope.location_ids, (asked.page - 1) * asked.limit
    rows, totals = await asyncio.gather(
        db.rows(_CODE.format(marks=scope.marks) + _NEWEST, *here, asked.limit, start),
        db.rows(_TOTAL.format(marks=scope.marks), *here),
    )
    return [PatientCode.model_validate(row) for row in rows], int(totals[0]["total"] or 0)


async def find_patient_code(db: Database, scope: Scope, code_id: str) -> PatientCode:
    """One code by its id.

    Raises:
        NotFound: there is none with this id at a location in scope.
    """
    row = await db.row(_CODE.format(marks=scope.marks) + "AND code.id = ?", *scope.location_ids, code_id)
    if row is None:
        raise NotFound("There is no such code.")
    return PatientCode.model_validate(row)


async def patient_code_of(db: Database, scope: Scope, code: str) -> PatientCode | None:
    """The code with these characters, if it was issued at a location in scope."""
    row = await db.row(_CODE.format(marks=scope.marks) + "AND code.code = ?", *scope.location_ids, code)
    return PatientCode.model_validate(row) if row else None


async def issue_code(
    db: Database, place: Scope, actor: Actor, asked: PatientCodeStart, code: str, expires_at: datetime
) -> PatientCode:
    """Write down a new code of the one location of `place`; the same reference is the code of before."""
    known = await _of_request(db, place, asked.client_ref)
    if known is not None:
        return known
    code_id, (location_id,) = new_id(actor.at), place.location_ids
    at = iso_utc(actor.at)
    columns: dict[str, Value] = {
        "id": code_id,
        "location_id": location_id,
        "code": code,
        "patient_mrn": asked.mrn,
        "expires_at": iso_utc(expires_at),
        "client_ref": asked.client_ref,
        "created_by": actor.user_id,
        "created_at": at,
        "updated_at": at,
    }
    issued = audit_row(actor, "handouts:issue-patient-code", "patient_code", code_id, location_id)
    try:
        await db.batch([insert("patient_codes", columns), issued])
    except ConstraintFailed:
        known = await _of_request(db, place, asked.client_ref)
        if known is None:
            raise
        return known
    return await find_patient_code(db, place, code_id)


async def revoke_code(db: Database, scope: Scope, actor: Actor, code: PatientCode) -> PatientCode:
    """Let a code lead nowhere any more; one that was revoked before stays as it is."""
    at = iso_utc(actor.at)
    await _changed(db, scope, actor, code, "handouts:revoke-patient-code", _REVOKE, at)
    return await find_patient_code(db, scope, code.id)


async def count_scan(db: Database, scope: Scope, actor: Actor, code: PatientCode) -> bool:
    """Count that a code was scanned; False if it was revoked meanwhile."""
    at = iso_utc(actor.at)
    return await _changed(db, scope, actor, code, "handouts:scan-patient-code", _SCANNED, at)


async def delete_codes(db: Database, scope: Scope, before: datetime) -> None:
    """Delete the codes that ended before then."""
    ended = Statement(_OVER.format(marks=scope.marks), (iso_utc(before), *scope.location_ids))
    await db.batch([ended])


async def _changed(
    db: Database, scope: Scope, actor: Actor, code: PatientCode, action: str, sql: str, at: str
) -> bool:
    here = scope.location_ids
    statements = [
        expect("code stands", _STANDS.format(marks=scope.marks), code.id, *here),
        Statement(sql.format(marks=scope.marks), (at, at, code.id, *here)),
        audit_row(actor, action, "patient_code", code.id, code.location_id),
    ]
    try:
        await db.batch(statements)
    except ExpectationFailed:
        return False
    return True


async def _of_request(db: Database, place: Scope, client_ref: str | None) -> PatientCode | None:
    if client_ref is None:
        return None
    sql = _CODE.format(marks=place.marks) + "AND code.client_ref = ? AND code.created_by = ?"
    row = await db.row(sql, *place.location_ids, client_ref, place.person_id)
    return PatientCode.model_validate(row) if row else None
