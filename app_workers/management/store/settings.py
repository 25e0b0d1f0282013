"""What the practice has set for this app."""

from pydantic import Field

from app_workers.management.domain.drafts import SECOND_APPROVAL_CENTS
from ganger.db import Database
from ganger.records import Record
from ganger.scope import Scope
from ganger.settings import settings_in


class _Settings(Record):
    expense_second_approval_cents: int = Field(default=SECOND_APPROVAL_CENTS, ge=0)


async def second_approval_cents(db: Database, scope: Scope) -> int:
    """What an expense may come to before finance looks at it too: as the person's own location has it."""
    own = scope.at(scope.locations[0].id)
    (found,) = (await settings_in(db, own, "management", _Settings)).values()
    return found.values.expense_second_approval_cents
