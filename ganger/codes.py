"""Codes that people read off paper and type: Crockford's base 32, which forgives what looks alike.

Standard library only: patient workers read them too. Source: crockford.com/base32.html.
"""

import re
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O and U
PACKET_CODE_LENGTH = 10
_GROUP = 5
_BETWEEN = re.compile(
    r"[\s\-\u2010-\u2015]+"
)  # also the dashes that phones and mail programs make of a hyphen
_LOOKALIKES = str.maketrans("OIL", "011")


def new_code(length: int) -> str:
    """A code of so many random characters, five bits each."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def read_code(typed: str, length: int) -> str | None:
    """The code that a person meant; None when what they typed cannot be one of this length.

    Case, spaces and hyphens do not count; O is read as 0, I and L as 1.
    """
    code = _BETWEEN.sub("", typed).upper().translate(_LOOKALIKES)
    return code if len(code) == length and set(code) <= set(ALPHABET) else None


def shown_code(code: str) -> str:
    """The code as it is printed, in groups of five: `7K3MQ-9XW2P`."""
    return "-".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))
