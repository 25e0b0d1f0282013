"""Recovery codes: ten, each for one use, for whoever lost their device. Pure.

A code has 80 random bits. Nobody can try them all, so SHA-256 with a salt of its own keeps it as safe
as a slow hash would; the salt only makes equal codes differ (OWASP ASVS 5.0, 6.5.2).
"""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

COUNT = 10
CODE_BYTES = 10
SALT_BYTES = 16
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no i, l, o, u
_LENGTH = CODE_BYTES * 8 // 5
_READ_AS = str.maketrans({"i": "1", "l": "1", "o": "0", "-": None, " ": None})


@dataclass(frozen=True, slots=True)
class KeptCode:
    """A code as it is stored: its salt and its digest, in hexadecimal."""

    salt: str
    digest: str


def code_text(raw: bytes) -> str:
    """The code of ten random bytes, as people read it: `7k3m-x9qa-…`, four groups of four."""
    value = int.from_bytes(raw)
    text = "".join(_ALPHABET[value >> 5 * place & 31] for place in reversed(range(_LENGTH)))
    return "-".join(text[start : start + 4] for start in range(0, _LENGTH, 4))


def typed_recovery_code(typed: str) -> str | None:
    """The code that somebody typed, in any case and grouping; None if it cannot be one."""
    text = typed.strip().lower().translate(_READ_AS)
    return text if len(text) == _LENGTH and set(text) <= set(_ALPHABET) else None


def kept(code: str, salt: bytes) -> KeptCode:
    """What to store of a code."""
    text = typed_recovery_code(code)
    if text is None:
        raise ValueError("This is no recovery code.")
    return KeptCode(salt.hex(), _digest(salt.hex(), text))


def find(code: str, among: Iterable[KeptCode]) -> KeptCode | None:
    """The stored code that a typed one is, or None.

    Args:
        code: as `typed_recovery_code` gives it.
    """
    found = [each for each in among if hmac.compare_digest(_digest(each.salt, code), each.digest)]
    return found[0] if found else None


def _digest(salt: str, text: str) -> str:
    return sha256(f"{salt}.{text}".encode()).hexdigest()
