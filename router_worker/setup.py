"""What the router is given: keys and time limits, read once, for they stay as they are while it runs."""

from dataclasses import dataclass
from typing import Any

from ganger.catalogue import ENVIRONMENT, SECRETS
from ganger.configuration import missing, not_configured
from ganger.tokens import KeyRing


@dataclass(frozen=True, slots=True)
class Setup:
    """`answer_within_ms` is how long an app may take, `upload_within_ms` how long with a body to read."""

    session_keys: KeyRing
    identity_keys: KeyRing
    answer_within_ms: int
    upload_within_ms: int


_read: list[Setup] = []


def setup_of(env: Any) -> Setup:
    """What these bindings say.

    Raises:
        NotConfigured: a secret is missing; it is looked for again the next time.
    """
    if not _read:
        lacking = missing(ENVIRONMENT, SECRETS, (), lambda name: getattr(env, name, None))
        if lacking:
            raise not_configured(lacking)
        session_keys, identity_keys = KeyRing.parse(env.SESSION_KEYS), KeyRing.parse(env.IDENTITY_KEYS)
        _read.append(Setup(session_keys, identity_keys, env.ANSWER_WITHIN_MS, env.UPLOAD_WITHIN_MS))
    return _read[0]
