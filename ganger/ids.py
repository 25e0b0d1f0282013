"""Identifiers: text that sorts by time of creation."""

import secrets
from datetime import datetime

from ganger.clock import epoch_ms

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32, lower case
_LENGTH = 26


def new_id(now: datetime) -> str:
    """Return a new identifier of 26 characters: 48 bits of milliseconds, then 80 random bits.

    Source: the ULID layout (github.com/ulid/spec), written in lower case.
    """
    value = epoch_ms(now) << 80 | secrets.randbits(80)
    return "".join(_ALPHABET[value >> 5 * place & 31] for place in reversed(range(_LENGTH)))
