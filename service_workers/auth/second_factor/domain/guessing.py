"""How often somebody may be wrong. Pure.

A code of six digits, three of which count at any time, falls to a patient guesser unless guesses are few
(RFC 6238, 5.1; NIST SP 800-63B, 5.2.2). A guess is written down before the code is looked at and removed
when it was right, so guessing at many codes at once gains nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Allowance:
    """At most so many wrong codes in any stretch of that length."""

    wrong: int
    within: timedelta


ALLOWANCES = (Allowance(5, timedelta(minutes=15)), Allowance(20, timedelta(hours=24)))
REMEMBERED = max(allowance.within for allowance in ALLOWANCES)


def locked_until(attempts: Sequence[datetime], now: datetime) -> datetime | None:
    """When the next code will be looked at, if not now.

    Args:
        attempts: the instants of the wrong ones, in any order.
    """
    latest = sorted(attempts, reverse=True)
    ends = [
        latest[allowance.wrong - 1] + allowance.within
        for allowance in ALLOWANCES
        if len(latest) >= allowance.wrong
    ]
    last = max(ends, default=now)
    return last if last > now else None
