"""How long codes and links open a packet, and how long that may be put off.

Every end is part of the time: at that instant the code or link still opens.
"""

from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from hashlib import sha256

TOKEN_BYTES = 16
SCAN_LASTS = timedelta(minutes=30)  # the link that a scan leads to
SCAN_OPENS = 1
MAX_VALID_DAYS = 365
MAX_VALID_DAYS_GENERAL = 730


def token_of(random_bytes: bytes) -> str:
    """The part of a link's address that opens it: 22 characters for TOKEN_BYTES random bytes."""
    return urlsafe_b64encode(random_bytes).rstrip(b"=").decode()


def token_hash(token: str) -> str:
    """What is kept of a token: who reads the database can open nothing with it."""
    return sha256(token.encode()).hexdigest()


def is_open_until(end: datetime, now: datetime) -> bool:
    """Whether what is valid until `end` still opens."""
    return now <= end


def extended_end(
    generated_at: datetime, end: datetime, days: int, now: datetime, is_general: bool
) -> datetime:
    """When a code ends that is valid for so many more days from its end or, once that is past, from now.

    Raises:
        ValueError: that is later after its generation than any code of this kind may be valid.
    """
    extended = max(now, end) + timedelta(days=days)
    if extended > latest_end(generated_at, is_general):
        raise ValueError("A code is not valid for that long.")
    return extended


def latest_end(generated_at: datetime, is_general: bool) -> datetime:
    """The last instant until which a code may be extended."""
    return generated_at + timedelta(days=MAX_VALID_DAYS_GENERAL if is_general else MAX_VALID_DAYS)
