"""What the platform does by itself, at all locations."""

from ganger.audit import SYSTEM
from ganger.db import Database
from ganger.identity import Location
from ganger.scope import Scope

_PLACES = "SELECT id, name FROM locations ORDER BY id"


async def everywhere(db: Database) -> Scope:
    """All locations, for jobs; nobody is shown what they read."""
    rows = await db.rows(_PLACES)
    return Scope(SYSTEM, tuple(Location(str(row["id"]), str(row["name"])) for row in rows))
