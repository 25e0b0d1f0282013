"""Signing keys for this machine: made once at random, kept out of git, of no use anywhere else."""

import os
import secrets
from collections.abc import Mapping

from tools.paths import CACHE

_FILE = CACHE / "development.vars"
_RINGS = ("SESSION_KEYS", "IDENTITY_KEYS", "AUDIT_KEYS", "SECOND_FACTOR_KEYS", "PROFILE_KEYS", "HANDOUT_KEYS")
_TOKENS = (
    "MONITOR_TOKEN",
    "TWILIO_AUTH_TOKEN",
    "MAILGUN_API_KEY",
    "MAILGUN_SIGNING_KEY",
    "EHR_ACCESS_TOKEN",
    "STRIPE_SECRET_KEY",
    "STRIPE_WEBHOOK_SECRET",
)


def development_vars() -> Mapping[str, str]:
    """The secrets that development workers are given, by name."""
    text = _FILE.read_text() if _FILE.exists() else ""
    present = {name: value for name, _, value in (line.partition("=") for line in text.splitlines())}
    # A key that came into use later is added to those made before.
    fresh = {name: f"dev:{secrets.token_urlsafe(32)}" for name in _RINGS if name not in present}
    fresh |= {name: secrets.token_urlsafe(24) for name in _TOKENS if name not in present}
    if fresh:
        _FILE.parent.mkdir(exist_ok=True)
        _write("".join(f"{name}={value}\n" for name, value in (present | fresh).items()))
    return present | fresh


def _write(text: str) -> None:
    unfinished = _FILE.with_suffix(f".{os.getpid()}")
    unfinished.touch(mode=0o600)
    unfinished.write_text(text)
    unfinished.replace(_FILE)
