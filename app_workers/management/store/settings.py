"""What the practice has set for this app, by location."""

import json

from app_workers.management.domain.drafts import SECOND_APPROVAL_CENTS
from ganger.db import Database
from ganger.scope import Scope

_SECOND_APPROVAL = """
    SELECT value_json FROM location_configs
    WHERE location_id = ? AND app_key = 'management' AND key = 'expense_second_approval_cents'
"""


async def second_approval_cents(db: Database, scope: Scope) -> int:
    """What an expense may come to before finance looks at it too: as the person's own location has it."""
    row = await db.row(_SECOND_APPROVAL, scope.locations[0].id)
    value = json.loads(str(row["value_json"])) if row is not None else None
    return value if isinstance(value, int) and value >= 0 else SECOND_APPROVAL_CENTS
