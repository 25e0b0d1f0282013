"""What the patient site asks the handouts app: all that can be reached of packets without signing in.

Who asks is known by the network address alone, which travels with the call. Nothing that comes back tells why
something is gone, nor anything of a packet before the date of birth was right.
"""

from dataclasses import dataclass
from typing import Literal

from ganger.plain import PlainRecord
from ganger.rpc import Method, Service

PUBLIC = Service("handouts", "HandoutsPublic")

# `gone` is expired, revoked or used up; `limited` is one address that asked too often.
Door = Literal["open", "unknown", "gone", "locked", "limited"]


@dataclass(frozen=True, slots=True)
class Nothing(PlainRecord):
    """A question or an answer without content."""


@dataclass(frozen=True, slots=True)
class CodeAsked(PlainRecord):
    """A code as `ganger.codes` reads it."""

    code: str


@dataclass(frozen=True, slots=True)
class Way(PlainRecord):
    """What a code leads to; `token` opens its link, once and for half an hour, if the door is open."""

    door: Door
    token: str | None = None


@dataclass(frozen=True, slots=True)
class LinkAsked(PlainRecord):
    """A link, and what shows that this browser opened it before."""

    token: str
    proof: str


@dataclass(frozen=True, slots=True)
class Sight(PlainRecord):
    """What a link shows.

    Behind an open door there is either `packet`, JSON of `{"location", "phone", "documents"}` with documents
    as `ganger.documents` writes them, or nothing yet: then the date of birth is to be asked for. A `proof` is
    for the browser to keep for this link.
    """

    door: Door
    packet: str | None = None
    has_pdf: bool = False
    proof: str | None = None


@dataclass(frozen=True, slots=True)
class DateTyped(PlainRecord):
    """A date of birth as it was typed."""

    token: str
    typed: str


@dataclass(frozen=True, slots=True)
class Checked(PlainRecord):
    """What became of a date: `proof` if it was right; else the tries left, None if it was no date."""

    door: Door
    proof: str | None = None
    tries_left: int | None = None


@dataclass(frozen=True, slots=True)
class PdfSight(PlainRecord):
    """The PDF in base64. Who has not opened the link gets none; `asks` says that a date of birth is due."""

    door: Door
    pdf: str | None = None
    asks: bool = False


COUNT_CALL = Method(PUBLIC, "count_call", Nothing, Way)
OPEN_CODE = Method(PUBLIC, "open_code", CodeAsked, Way)
READ = Method(PUBLIC, "read", LinkAsked, Sight)
READ_PDF = Method(PUBLIC, "read_pdf", LinkAsked, PdfSight, within_s=10.0)
CHECK_BIRTH_DATE = Method(PUBLIC, "check_birth_date", DateTyped, Checked)
