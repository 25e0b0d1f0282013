"""What apps ask of the EHR hub: a patient by MRN, and a day's appointments. Nothing of it is kept.

Refusals are the codes below, and `UNAVAILABLE` when the EHR is away, slow or not to be understood.
"""

import re
from dataclasses import dataclass

from ganger.plain import PlainRecord
from ganger.rpc import Method, Service

EHR = Service("hubs", "Ehr")

PATIENT_NOT_FOUND = "PATIENT_NOT_FOUND"
PATIENT_AMBIGUOUS = "PATIENT_AMBIGUOUS"  # more than one has the MRN, and none of them is told

_MRN = re.compile(r"[0-9]{6,10}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class PatientQuestion(PlainRecord):
    """A patient by MRN. `purpose` goes into the audit log as the reason of the look."""

    mrn: str
    purpose: str
    location_id: str

    def __post_init__(self) -> None:
        if not _MRN.fullmatch(self.mrn) or not 1 <= len(self.purpose.strip()) <= 500:
            raise ValueError("A field is not within its bounds.")


@dataclass(frozen=True, slots=True)
class Patient(PlainRecord):
    """A patient as the EHR knows them; `mobile` is `+1` and 10 digits, `birth_date` YYYY-MM-DD."""

    mrn: str
    given_name: str
    family_name: str
    birth_date: str
    email: str | None = None
    mobile: str | None = None


@dataclass(frozen=True, slots=True)
class DayQuestion(PlainRecord):
    """A day at the clinics, YYYY-MM-DD."""

    day: str
    purpose: str
    location_id: str

    def __post_init__(self) -> None:
        if not _DAY.fullmatch(self.day) or not 1 <= len(self.purpose.strip()) <= 500:
            raise ValueError("A field is not within its bounds.")


@dataclass(frozen=True, slots=True)
class Appointment(PlainRecord):
    """An appointment; `status` is FHIR's AppointmentStatus, times are instants with their offset."""

    id: str
    status: str
    starts_at: str
    ends_at: str | None
    patient_reference: str | None
    practitioner: str | None


@dataclass(frozen=True, slots=True)
class Appointments(PlainRecord):
    """A day's appointments by time."""

    appointments: tuple[Appointment, ...]


FIND_PATIENT = Method(EHR, "find_patient", PatientQuestion, Patient)
APPOINTMENTS_ON = Method(EHR, "appointments_on", DayQuestion, Appointments)
