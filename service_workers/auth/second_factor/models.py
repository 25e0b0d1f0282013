"""Records of the second factor."""

from dataclasses import dataclass
from datetime import datetime

from pydantic import Field

from ganger.db import Statement
from ganger.records import Record
from service_workers.auth.second_factor.domain.recovery import KeptCode


class TypedCode(Record):
    """A code as typed, of the app or a recovery code, and where to go then."""

    code: str = Field(min_length=1, max_length=64)
    to: str | None = None


class Destination(Record):
    """Where to go then."""

    to: str | None = None


@dataclass(frozen=True, slots=True)
class Factor:
    """A person's second factor. `unused` are their recovery codes that still count."""

    secret_sealed: str
    last_step: int
    enrolled_at: datetime
    unused: tuple[KeptCode, ...]


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A secret that waits for its first code."""

    secret_sealed: str
    may_replace: bool


@dataclass(frozen=True, slots=True)
class Proof:
    """What proves a second factor: statements for the batch of what relies on it.

    They use the code up. The batch fails with an expectation if another request did that first.
    """

    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A factor that was confirmed with its first code: the code's step, and the digests to keep."""

    enrolment: Enrolment
    step: int
    codes: tuple[KeptCode, ...]
