"""A patient whom a packet is for."""

from datetime import date

from app_workers.handouts.models.packets import PatientSource
from ganger.records import Record


class KnownPatient(Record):
    """A patient as a packet keeps them; `phone` is `+1` and 10 digits."""

    name: str
    birth_date: date
    mrn: str | None
    email: str | None
    phone: str | None
    source: PatientSource
