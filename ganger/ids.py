"""Identifiers: text that sorts by time of creation."""

import secrets
from datetime import UTC, datetime, timedelta

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32, lower case
_LENGTH = 26
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def new_id(now: datetime) -> str:
    """Return a new identifier of 26 characters: 48 bits of milliseconds, then 80 random bits.

    Source: the ULID layout (github.com/ulid/spec), written in lower case.
    """
    # Whole milliseconds, without the rounding of a float.
    since_epoch_ms = (now - _EPOCH) // timedelta(milliseconds=1)
    value = since_epoch_ms << 80 | secrets.randbits(80)
    return "".join(_ALPHABET[value >> 5 * place & 31] for place in reversed(range(_LENGTH)))
