"""Records of sign-in."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from ganger.context import Context
from ganger.identity import Person


@dataclass(frozen=True, slots=True)
class Choice:
    """One way through a sign-in method: a button, and the form fields that it sends."""

    label: str
    detail: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SignInMethod:
    """A way to sign in. The page shows its choices under its title and posts the chosen one to `action`.

    One that `is_link` is followed instead: the page's policy lets no form lead to another host. It has no
    choice as long as it is not set up.
    """

    title: str
    action: str
    choices: Callable[[Context], Awaitable[tuple[Choice, ...]]]
    is_link: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """A person who can sign in, as a list shows them."""

    id: str
    name: str
    role: str
    location_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Start:
    """A session about to start. `replaces` is the id of the one that the browser had until now."""

    session_id: str
    user_id: str
    method: str
    browser: str
    ends_at: datetime
    replaces: str | None


@dataclass(frozen=True, slots=True)
class HeldSession:
    """What a cookie's session is now: its person as they are now, and its times.

    `is_rotated` says that it has a successor with another id, and still passes for some seconds.
    """

    person: Person
    started_at: datetime
    ends_at: datetime
    is_rotated: bool


@dataclass(frozen=True, slots=True)
class OpenSession:
    """One line in a person's list of where they are signed in."""

    id: str
    browser: str
    started_at: datetime
    last_seen_at: datetime
    first_address: str | None
    last_address: str | None


@dataclass(frozen=True, slots=True)
class Rotation:
    """A session's new id, and until when a second factor counts that was given just now."""

    old_id: str
    new_id: str
    stepped_up_until: datetime | None = None
