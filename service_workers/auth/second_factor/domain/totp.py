"""Time-based one-time passwords. Pure.

Source: RFC 6238 (TOTP) with the values that authenticator apps agree on: HMAC-SHA-1, 6 digits, steps of
30 seconds; RFC 4226, 5.3 (the code of one step); RFC 4648 (base 32).
"""

import hmac
from base64 import b32encode
from urllib.parse import quote, urlencode

SECRET_BYTES = 20  # as long as SHA-1's output (RFC 4226, 4, R6)
STEP_S = 30
DIGITS = 6
_WINDOW = 1  # steps that the person's clock, or the person, may be off (RFC 6238, 5.2)


def code_at(secret: bytes, step: int) -> str:
    """The code of one time step."""
    digest = hmac.digest(secret, step.to_bytes(8), "sha1")
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4]) & 0x7FFF_FFFF
    return f"{number % 10**DIGITS:0{DIGITS}d}"


def accepted_step(secret: bytes, code: str, now: float, last_step: int) -> int | None:
    """The time step that a code belongs to, if it counts now.

    Args:
        code: six digits, as `typed_code` gives them.
        now: seconds since the epoch.
        last_step: of the last code that was accepted; a code counts once, and none of before it does.
    """
    current = int(now) // STEP_S
    steps = range(current - _WINDOW, current + _WINDOW + 1)
    # All are compared, so that the time taken does not tell which was close.
    fits = [hmac.compare_digest(code_at(secret, step), code) for step in steps]
    return next((step for step, fit in zip(steps, fits, strict=True) if fit and step > last_step), None)


def typed_code(typed: str) -> str | None:
    """The six digits that somebody typed, with or without spaces; None if it is something else."""
    code = "".join(typed.split())
    return code if len(code) == DIGITS and code.isascii() and code.isdigit() else None


def secret_text(secret: bytes) -> str:
    """The secret as people type it into an app: base 32, in groups of four."""
    text = _base32(secret)
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def enrolment_uri(secret: bytes, issuer: str, account: str) -> str:
    """What the QR code holds, in the form that authenticator apps read (`otpauth://totp/…`)."""
    label = f"{quote(issuer, safe='')}:{quote(account, safe='@')}"
    values = {
        "secret": _base32(secret),
        "issuer": issuer,
        "algorithm": "SHA1",
        "digits": DIGITS,
        "period": STEP_S,
    }
    return f"otpauth://totp/{label}?{urlencode(values, quote_via=quote)}"


def _base32(secret: bytes) -> str:
    return b32encode(secret).rstrip(b"=").decode()
