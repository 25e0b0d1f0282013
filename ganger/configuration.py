"""What a worker needs before it may serve: its secrets, long enough, and its rate limits.

The registry names the secrets of each worker. A worker that lacks something answers 503 to everything but
its health page and says what is missing, by name. Standard library only.
"""

from collections.abc import Callable, Iterable

from ganger.errors import Unavailable
from ganger.tokens import KeyRing

DEVELOPMENT = "development"
MIN_SECRET_LENGTH = 24
_RING = "_KEYS"  # a secret of this ending is a key ring


class NotConfigured(Unavailable):
    """The worker lacks a secret or a binding; `details.missing` names them."""

    code = "NOT_CONFIGURED"


def missing(
    environment: str, secrets: Iterable[str], bindings: Iterable[str], value_of: Callable[[str], object]
) -> tuple[str, ...]:
    """Name what a worker lacks.

    On a developer's machine a secret may be missing, and then what needs it is off.

    Args:
        secrets: the names that the registry gives the worker.
        bindings: names of what it cannot do without anywhere.
        value_of: a secret or binding by its name, or None.
    """
    is_demanded = environment != DEVELOPMENT
    return (
        *(name for name in secrets if is_demanded and not _is_strong(name, value_of(name))),
        *(name for name in bindings if value_of(name) is None),
    )


def not_configured(names: tuple[str, ...]) -> NotConfigured:
    """The refusal of everything that is asked of a worker that lacks these."""
    return NotConfigured(f"This part is not set up: {', '.join(names)}.", missing=list(names))


def _is_strong(name: str, value: object) -> bool:
    if not isinstance(value, str) or len(value) < MIN_SECRET_LENGTH:
        return False
    if not name.endswith(_RING):
        return True
    try:
        KeyRing.parse(value)
    except ValueError:
        return False
    return True
