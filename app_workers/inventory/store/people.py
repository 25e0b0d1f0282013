"""The people and places of the practice."""

from app_workers.inventory.models.people import Colleague
from app_workers.inventory.store.rows import record
from ganger.db import Database
from ganger.identity import Location
from ganger.scope import Scope

_COLLEAGUES = "SELECT id, name FROM users WHERE is_active = 1 AND id <> ? ORDER BY email LIMIT 500"
_OTHER_COLLEAGUE = "SELECT id FROM users WHERE is_active = 1 AND id <> ? AND id = ?"
_PLACES = "SELECT id, name FROM locations ORDER BY name"


async def everywhere(db: Database) -> Scope:
    """All locations, for what the platform does by itself and shows to nobody."""
    rows = await db.rows(_PLACES)
    return Scope("system", tuple(Location(str(row["id"]), str(row["name"])) for row in rows))


async def other_colleagues(db: Database, person_id: str) -> list[Colleague]:
    """Everybody active but the person, in the order of their addresses, which an index has."""
    return [record(Colleague, row) for row in await db.rows(_COLLEAGUES, person_id)]


async def is_other_colleague(db: Database, person_id: str, user_id: str | None) -> bool:
    """Whether that is an active person, and another one."""
    return user_id is not None and await db.row(_OTHER_COLLEAGUE, person_id, user_id) is not None
