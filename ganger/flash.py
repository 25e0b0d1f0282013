"""A message that survives one redirect, in a cookie that the next page clears.

The text is shown to the person who caused it and never holds anything personal.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass

COOKIE = "__Host-ganger-flash"
_ATTRIBUTES = "Path=/; Secure; HttpOnly; SameSite=Lax"


@dataclass(frozen=True, slots=True)
class Flash:
    """What to say and how: tone is one of info, success, warning, danger."""

    text: str
    tone: str


def flash_cookie(flash: Flash) -> str:
    """The Set-Cookie header that carries the message to the next page."""
    value = urlsafe_b64encode(json.dumps([flash.text, flash.tone]).encode()).decode()
    return f"{COOKIE}={value}; Max-Age=60; {_ATTRIBUTES}"


def cleared_flash_cookie() -> str:
    """The Set-Cookie header of the page that showed the message."""
    return f"{COOKIE}=; Max-Age=0; {_ATTRIBUTES}"


def read_flash(cookies: dict[str, str]) -> Flash | None:
    """The message that the last page left, if there is a readable one."""
    value = cookies.get(COOKIE)
    if not value:
        return None
    try:
        text, tone = json.loads(urlsafe_b64decode(value))
    except ValueError:
        return None  # not ours: a person edited their own cookie
    return Flash(str(text), tone if tone in ("info", "success", "warning", "danger") else "info")
