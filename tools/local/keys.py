"""Signing keys for this machine: made once at random, kept out of git, of no use anywhere else."""

import os
import secrets
from collections.abc import Mapping

from tools.paths import CACHE

_FILE = CACHE / "development.vars"
_RINGS = ("SESSION_KEYS", "IDENTITY_KEYS")
_TOKENS = ("MONITOR_TOKEN",)


def development_vars() -> Mapping[str, str]:
    """The secrets that development workers are given, by name."""
    if not _FILE.exists():
        _FILE.parent.mkdir(exist_ok=True)
        values = {name: f"dev:{secrets.token_urlsafe(32)}" for name in _RINGS}
        values |= {name: secrets.token_urlsafe(24) for name in _TOKENS}
        _write("".join(f"{name}={value}\n" for name, value in values.items()))
    pairs = (line.partition("=") for line in _FILE.read_text().splitlines())
    return {name: value for name, _, value in pairs}


def _write(text: str) -> None:
    unfinished = _FILE.with_suffix(f".{os.getpid()}")
    unfinished.touch(mode=0o600)
    unfinished.write_text(text)
    unfinished.replace(_FILE)
