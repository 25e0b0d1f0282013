"""Whom a message can go to. Pure."""

import re

_MOBILE = re.compile(r"\+1[2-9][0-9]{9}")
_ADDRESS = re.compile(r"[A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,24}")


def destination(channel: str, text: str) -> str | None:
    """The destination in the form that it is kept and compared in; None for one that cannot be.

    Source: E.164 in the North American plan; a practical part of RFC 5322's addresses.
    """
    if channel == "sms":
        return text if _MOBILE.fullmatch(text) else None
    return text.lower() if _ADDRESS.fullmatch(text) else None
