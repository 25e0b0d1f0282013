"""Patients as the record system knows them, through its hub; nothing of it is kept but in a packet."""

from datetime import date

from app_workers.handouts.models.packets import PatientSource
from app_workers.handouts.models.patients import KnownPatient
from app_workers.handouts.packet_errors import EhrUnavailable, PatientNotFound
from ganger.context import Context
from ganger.contracts.ehr import FIND_PATIENT, PATIENT_NOT_FOUND, PatientQuestion
from ganger.rpc import Refusal

PURPOSE = "Handouts for a visit"


async def patient_of_mrn(ctx: Context, mrn: str, location_id: str) -> KnownPatient:
    """A patient by chart number; the hub writes down who looked.

    Raises:
        PatientNotFound: nobody has this number.
        EhrUnavailable: the record system does not answer; staff type the patient then.
    """
    found = await ctx.call(FIND_PATIENT, PatientQuestion(mrn=mrn, purpose=PURPOSE, location_id=location_id))
    if isinstance(found, Refusal):
        if found.code == PATIENT_NOT_FOUND:
            raise PatientNotFound("No patient has this number. Check it, or type the patient in.")
        raise EhrUnavailable("The record system does not answer. Type the patient in.")
    return KnownPatient(
        name=f"{found.given_name} {found.family_name}".strip(),
        birth_date=date.fromisoformat(found.birth_date),
        mrn=found.mrn,
        email=found.email,
        phone=found.mobile,
        source=PatientSource.EHR,
    )
