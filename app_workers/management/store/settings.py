"""What the practice has set for this app."""

from pydantic import Field

from app_workers.management.domain.drafts import SECOND_APPROVAL_CENTS
from ganger.db import Database
from ganger.records import Record
from ganger.scope import Scope
from ganger.settings import settings_in


class _Settings(Record):
    expense_second_approval_cents: int = Field(default=SECOND_APPROVAL_CENTS, ge=0)
    directory_phones: bool = True


async def second_approval_cents(db: Database, scope: Scope) -> int:
    """What an expense may come to before finance looks at it too: as the person's own location has it."""
    return (await _own(db, scope)).expense_second_approval_cents


async def are_phones_shown(db: Database, scope: Scope) -> bool:
    """Whether everybody sees phone numbers in the directory: as the person's own location has it."""
    return (await _own(db, scope)).directory_phones


async def _own(db: Database, scope: Scope) -> _Settings:
    (found,) = (await settings_in(db, scope.at(scope.locations[0].id), "management", _Settings)).values()
    return found.values
