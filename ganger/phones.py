"""Phone numbers of the United States."""

import re

_DIGITS = re.compile(r"[^0-9]")
_NO_PHONE = re.compile(r"[^0-9+().\-\s]")
_US = 10


def phone_of(typed: str) -> str | None:
    """A number as it is stored, `+1` and 10 digits, or None. Source: the North American Numbering Plan."""
    digits = _DIGITS.sub("", typed)
    if _NO_PHONE.search(typed):
        return None
    if len(digits) == _US + 1 and digits.startswith("1"):
        digits = digits[1:]
    return f"+1{digits}" if len(digits) == _US and digits[0] not in "01" else None
