"""Codes on visit slips: issued, and followed to their patient."""

from app_workers.handouts.domain.patient_codes import VALID_FOR, read_patient_code, state_of
from app_workers.handouts.models.patient_codes import (
    CODE_MARK,
    CODE_RANDOM,
    CodeState,
    PatientCode,
    PatientCodeStart,
    PatientLookup,
)
from app_workers.handouts.packet_errors import PatientCodeExpired, PatientNotFound
from app_workers.handouts.store import patient_codes as store
from ganger.codes import new_code
from ganger.context import Context


async def issue_code(ctx: Context, asked: PatientCodeStart) -> PatientCode:
    """Issue a code for a patient, who is not looked up for that.

    Raises:
        NotFound: the location is not one of the person's.
    """
    place = ctx.scope.at(asked.location_id or ctx.user.location.id)
    code = CODE_MARK + new_code(CODE_RANDOM)
    return await store.issue_code(ctx.db, place, ctx.actor, asked, code, ctx.now + VALID_FOR)


async def mrn_of(ctx: Context, asked: PatientLookup) -> str:
    """The chart number that is asked for, or that a code leads to; a scan of the code is counted.

    Raises:
        PatientNotFound: no such code was issued at a location of the person's.
        PatientCodeExpired: it was revoked, or its time is over.
    """
    if asked.mrn is not None:
        return asked.mrn
    typed = read_patient_code(asked.code or "")
    code = await store.patient_code_of(ctx.db, ctx.scope, typed) if typed else None
    if code is None:
        raise PatientNotFound("No patient has this code. Check it, or use the chart number.")
    is_valid = code_state(ctx, code) is CodeState.VALID
    if not is_valid or not await store.count_scan(ctx.db, ctx.scope, ctx.actor, code):
        raise PatientCodeExpired("This code is not valid any more. Use the chart number.")
    return code.patient_mrn


def code_state(ctx: Context, code: PatientCode) -> CodeState:
    """Whether a code leads to its patient now."""
    return state_of(code.expires_at, code.revoked_at is not None, ctx.now)
