"""Who sees a packet from outside: what a code or link leads to, and the date of birth that is asked for."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from app_workers.handouts.domain.links import is_open_until

MAX_FAILED_CHECKS = 5
LOCKED_FOR = timedelta(hours=24)
PROOF_LASTS = timedelta(
    minutes=30
)  # a right date of birth, or a view of a general packet, opens the link again

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_AMERICAN = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")


# What stands behind a code or link. `gone` is expired, revoked or used up: which, nobody outside learns.
Door = Literal["open", "gone", "locked"]


@dataclass(frozen=True, slots=True)
class Barred:
    """What bars a packet as a whole."""

    is_revoked: bool
    locked_until: datetime | None

    def door(self, now: datetime) -> Door:
        """How the packet as a whole stands."""
        if self.is_revoked:
            return "gone"
        if self.locked_until is not None and now < self.locked_until:
            return "locked"
        return "open"


@dataclass(frozen=True, slots=True)
class LinkFacts:
    """What a link says of itself."""

    expires_at: datetime
    is_revoked: bool
    open_count: int
    max_opens: int


def code_door(packet: Barred, expires_at: datetime, now: datetime) -> Door:
    """What a printed code opens."""
    return packet.door(now) if is_open_until(expires_at, now) else "gone"


def link_door(packet: Barred, link: LinkFacts, is_proven: bool, now: datetime) -> Door:
    """What a link opens.

    Args:
        is_proven: this browser opened the link within the last half hour; it goes on reading after the link's
            own end, but not after somebody took the link or the packet back.
    """
    if link.is_revoked:
        return "gone"
    is_fresh = is_open_until(link.expires_at, now) and link.open_count < link.max_opens
    return packet.door(now) if is_proven or is_fresh else "gone"


def read_birth_date(typed: str) -> date | None:
    """The date that was typed as MM/DD/YYYY or YYYY-MM-DD; None when it is neither, or no real day."""
    text = typed.strip()
    iso, american = _ISO.fullmatch(text), _AMERICAN.fullmatch(text)
    if iso:
        year, month, day = map(int, iso.groups())
    elif american:
        month, day, year = map(int, american.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def tries_left(failed_checks: int) -> int:
    """How many more wrong dates the packet takes before it is locked."""
    return max(0, MAX_FAILED_CHECKS - failed_checks)


def locks(failed_checks: int) -> bool:
    """Whether so many wrong dates in a row, over all links of the packet, lock it."""
    return failed_checks >= MAX_FAILED_CHECKS
