"""What is read of a packet for whoever holds its code or a link to it."""

from dataclasses import dataclass
from datetime import datetime

from app_workers.handouts.domain.access import Barred, LinkFacts


@dataclass(frozen=True, slots=True)
class OutsidePacket:
    """A packet that was given out.

    `birth_date` is its patient's, YYYY-MM-DD; a general one has none. `pdf_key` is the key of its file.
    """

    id: str
    location_id: str
    is_general: bool
    birth_date: str | None
    failed_checks: int
    barred: Barred
    code_expires_at: datetime | None
    rendered_json: str
    pdf_key: str | None
    location_name: str
    location_phone: str


@dataclass(frozen=True, slots=True)
class OutsideLink:
    """A link and the packet that it leads to."""

    id: str
    channel: str
    facts: LinkFacts
    packet: OutsidePacket


@dataclass(frozen=True, slots=True)
class NewLink:
    """A link to be made; its token is known to whoever gets it alone."""

    token_hash: str
    channel: str
    expires_at: datetime
    max_opens: int
