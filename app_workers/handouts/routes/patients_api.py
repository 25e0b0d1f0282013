"""Patients for programs: looked up, given codes for visit slips, and what they say of messages."""

import asyncio
from http import HTTPStatus

from app_workers.handouts.consents import consents_of, record_consent
from app_workers.handouts.models.answers import FoundPatient
from app_workers.handouts.models.consents import ConsentStart, ConsentState
from app_workers.handouts.models.patient_codes import PatientCode, PatientCodeStart, PatientLookup
from app_workers.handouts.patient_codes import issue_code, mrn_of
from app_workers.handouts.patients import patient_of_mrn
from app_workers.handouts.permissions import GIVE
from app_workers.handouts.store.patient_codes import find_patient_code, revoke_code
from ganger.context import Context
from ganger.http import Json
from ganger.routing import Route


async def post_lookup(ctx: Context) -> Json[FoundPatient]:
    """Look a patient up by chart number or code; posted, so that no address names them."""
    mrn = await mrn_of(ctx, await ctx.parse(PatientLookup))
    patient, consents = await asyncio.gather(
        patient_of_mrn(ctx, mrn, ctx.user.location.id), consents_of(ctx, mrn)
    )
    found: FoundPatient = {"patient": patient, "consents": consents}
    return ctx.json(found)


async def post_patient_code(ctx: Context) -> Json[PatientCode]:
    """Issue a code for a visit slip; the same reference is the same code."""
    return ctx.json(await issue_code(ctx, await ctx.parse(PatientCodeStart)), HTTPStatus.CREATED)


async def post_revoke_code(ctx: Context) -> Json[PatientCode]:
    """Let a code lead nowhere any more."""
    code = await find_patient_code(ctx.db, ctx.scope, ctx.params["code_id"])
    return ctx.json(await revoke_code(ctx.db, ctx.scope, ctx.actor, code))


async def post_consent(ctx: Context) -> Json[ConsentState]:
    """Record what a patient says of messages on a channel."""
    asked = await ctx.parse(ConsentStart)
    states = await record_consent(ctx, asked, ctx.user.location.id)
    return ctx.json(next(each for each in states if each.channel == asked.channel), HTTPStatus.CREATED)


ROUTES = (
    Route("POST", "/api/v1/patients/lookup", post_lookup, GIVE),
    Route("POST", "/api/v1/patient-codes", post_patient_code, GIVE),
    Route("POST", "/api/v1/patient-codes/{code_id}/revoke", post_revoke_code, GIVE),
    Route("POST", "/api/v1/consents", post_consent, GIVE),
)
