"""What the API answers that is more than one record: as a dict, for it is written down at once."""

from typing import TypedDict

from app_workers.management.models.files import Attachment
from app_workers.management.models.tickets import Decision, Entry, Ticket


class WholeTicket(TypedDict):
    """A request with its history, oldest first, its decisions and its files."""

    ticket: Ticket
    history: list[Entry]
    decisions: list[Decision]
    attachments: list[Attachment]


class Assigned(TypedDict):
    """The requests that were given to somebody."""

    items: list[Ticket]


class Launched(TypedDict):
    """Where the app is."""

    url: str | None


class Unread(TypedDict):
    """How many notifications the person has not read."""

    unread: int
