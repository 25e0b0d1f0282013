"""Packets: handouts put together for one patient, or for anybody, and what is asked of them."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from app_workers.handouts.models.content import Answers, ProblemCode
from ganger.records import Record

MAX_TEMPLATES = 10
MAX_DAYS = 730

Mrn = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[0-9]{6,10}$")]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Reference = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=200)]
Contact = Annotated[str, StringConstraints(strip_whitespace=True, max_length=254)]


class PacketStatus(StrEnum):
    """How far a packet is."""

    DRAFT = "draft"
    QUEUED = "queued"
    READY = "ready"
    FAILED = "failed"
    REVOKED = "revoked"


class PatientSource(StrEnum):
    """Where the patient's data come from."""

    EHR = "ehr"
    MANUAL = "manual"
    NONE = "none"


class PatientFacts(Record):
    """A patient as typed. The e-mail address and the phone are None where there is none."""

    name: Name
    birth_date: date
    mrn: Mrn | None = None
    email: Contact | None = None
    phone: Contact | None = None


class PacketStart(Record):
    """A packet to be begun: for a patient by MRN, for one that was typed, or for anybody."""

    location_id: str
    mrn: Mrn | None = None
    manual: PatientFacts | None = None
    general: bool = False
    client_ref: Reference

    @model_validator(mode="after")
    def _says_for_whom(self) -> Self:
        if sum([self.mrn is not None, self.manual is not None, self.general]) != 1:
            raise ValueError("say one of: MRN, manual, general")
        return self


class PacketEdit(Record):
    """A draft as it is to be; answers by template."""

    template_ids: Annotated[list[str], Field(max_length=MAX_TEMPLATES)]
    answers: dict[str, Answers] = Field(default={}, max_length=MAX_TEMPLATES)
    provider_name: Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)] = ""
    lock_version: int = Field(ge=1)


class UsedTemplate(Record):
    """A template of a packet, as it was when it was chosen."""

    template_id: str
    family_id: str
    version: int
    name: str


class PacketProblem(Record):
    """One thing that keeps a packet from being given out."""

    template_id: str
    field: str
    code: ProblemCode


class Packet(Record):
    """A packet. `rendered` are its documents as JSON values, once it was given out.

    `opens` counts those of all its links.
    """

    id: str
    location_id: str
    location_name: str
    location_phone: str
    is_general: bool
    patient_mrn: str | None
    patient_name: str | None
    patient_dob: date | None
    patient_email: str | None
    patient_phone: str | None
    patient_source: PatientSource
    provider_name: str
    templates: list[UsedTemplate]
    answers: dict[str, Answers]
    rendered: list[dict[str, object]]
    status: PacketStatus
    failure_code: str | None
    digital_allowed: bool
    pdf_upload_id: str | None
    page_count: int | None
    qr_code: str | None
    qr_expires_at: str | None
    qr_scan_count: int
    opens: int
    failed_checks: int
    access_locked_until: str | None
    print_count: int
    last_printed_at: str | None
    revoked_at: str | None
    revoke_reason: str | None
    generated_by_name: str
    generated_at: str | None
    lock_version: int
    created_at: str
    updated_at: str


class ListedPacket(Record):
    """A packet in a list; `opens` counts those of all its links."""

    id: str
    location_name: str
    is_general: bool
    patient_mrn: str | None
    patient_name: str | None
    template_names: list[str]
    status: PacketStatus
    qr_expires_at: str | None
    access_locked_until: str | None
    opens: int
    generated_by_name: str
    generated_at: str | None
    created_at: str


class PacketSearch(Record):
    """Which packets are asked for; it is posted, for it may name a patient."""

    mrn: Mrn | None = None
    name: Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)] | None = None
    first: date | None = Field(default=None, alias="from")
    last: date | None = Field(default=None, alias="to")
    days: Literal["7", "30", "90"] | None = Field(
        default=None, description="until today, whatever `from` and `to` are"
    )
    status: PacketStatus | None = None
    template: Annotated[str, StringConstraints(max_length=120)] | None = None
    generated_by: str | None = None
    location_id: str | None = None
    page: int = Field(default=1, ge=1, le=1000)
    limit: int = Field(default=25, ge=1, le=100)


class ExportedPacket(ListedPacket):
    """A packet as a line of a file; `sent` counts messages that went out."""

    print_count: int
    sent: int


class Revocation(Record):
    """Why a packet is taken back."""

    reason: Reason


class Extension(Record):
    """For how many more days a code is to be valid."""

    days: int = Field(ge=1, le=MAX_DAYS)
