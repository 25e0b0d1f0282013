"""Records of sign-in."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from ganger.context import Context


@dataclass(frozen=True, slots=True)
class Choice:
    """One way through a sign-in method: a button, and the form fields that it sends."""

    label: str
    detail: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SignInMethod:
    """A way to sign in. The page shows its choices under its title and posts the chosen one to `action`."""

    title: str
    action: str
    choices: Callable[[Context], Awaitable[tuple[Choice, ...]]]


@dataclass(frozen=True, slots=True)
class Account:
    """A person who can sign in, as a list shows them."""

    id: str
    name: str
    role: str
    location_names: tuple[str, ...]
