"""What may be done with a comment, by whom and until when."""

from datetime import datetime, timedelta

from app_workers.management.errors import EditWindowClosed
from ganger.errors import AppError, Forbidden
from ganger.permissions import Role

EDITABLE_FOR = timedelta(minutes=15)


def is_editable(author_id: str | None, person_id: str, created_at: str, now: datetime) -> bool:
    """Whether the person may change what the comment says."""
    return edit_problem(author_id, person_id, created_at, now) is None


def edit_problem(author_id: str | None, person_id: str, created_at: str, now: datetime) -> AppError | None:
    """What forbids the person to change what the comment says, or None.

    Args:
        now: aware; the last instant that counts is EDITABLE_FOR after `created_at`.
    """
    if author_id != person_id:
        return Forbidden("Only who wrote a comment changes it.")
    if now - datetime.fromisoformat(created_at) > EDITABLE_FOR:
        return EditWindowClosed("A comment can be changed for 15 minutes.")
    return None


def is_removable(author_id: str | None, person_id: str, role: str) -> bool:
    """Whether the person may take the comment away."""
    return author_id == person_id or role == Role.SUPERADMIN
