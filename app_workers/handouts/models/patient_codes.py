"""Codes on visit slips that lead to a patient, and looking a patient up."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from app_workers.handouts.models.packets import Mrn, Reference
from ganger.records import Record

CODE_MARK = "P"
CODE_RANDOM = 12  # characters after the mark
CODE_LENGTH = len(CODE_MARK) + CODE_RANDOM

# As typed or scanned: with spaces, hyphens and small letters too.
TypedCode = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]


class CodeState(StrEnum):
    """Whether a code leads to its patient."""

    VALID = "valid"
    EXPIRED = "expired"
    REVOKED = "revoked"


class PatientCodeStart(Record):
    """A code to be issued; without a location at the person's own. The same reference is the same code."""

    mrn: Mrn
    location_id: str | None = None
    client_ref: Reference | None = None


class PatientCode(Record):
    """A code that leads to the patient of a chart number."""

    id: str
    location_id: str
    location_name: str
    code: str
    patient_mrn: str
    expires_at: str
    scan_count: int
    last_scanned_at: str | None
    revoked_at: str | None
    created_by_name: str
    created_at: str


class PatientCodeQuery(Record):
    """Which page of the codes is asked for."""

    page: int = Field(default=1, ge=1, le=1000)
    limit: int = Field(default=25, ge=1, le=100)


class PatientLookup(Record):
    """A patient to be looked up, by chart number or by the code of a visit slip."""

    mrn: Mrn | None = None
    code: TypedCode | None = None

    @model_validator(mode="after")
    def _says_who(self) -> Self:
        if (self.mrn is None) == (self.code is None):
            raise ValueError("say one of: MRN, code")
        return self
