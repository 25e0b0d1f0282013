"""The settings in effect at locations, and where these are."""

import json

from app_workers.handouts.models.settings import Place, Settings
from ganger.db import Database
from ganger.scope import Scope
from ganger.settings import settings_in

_PLACE = """
    SELECT locations.id, locations.name, locations.phone, (
        SELECT value_json FROM location_configs
        WHERE location_id = locations.id AND app_key = 'platform' AND key = 'address'
    ) AS address_json
    FROM locations WHERE locations.id IN ({marks})
"""


async def settings_of(db: Database, scope: Scope) -> dict[str, Settings]:
    """The values in effect at each location in scope, by its id."""
    found = await settings_in(db, scope, "handouts", Settings)
    return {place: each.values for place, each in found.items()}


async def settings_at(db: Database, place: Scope) -> Settings:
    """The values in effect at the one location of `place`."""
    (values,) = (await settings_of(db, place)).values()
    return values


async def places_in(db: Database, scope: Scope) -> list[Place]:
    """The locations of `scope` as handouts name them."""
    rows = await db.rows(_PLACE.format(marks=scope.marks), *scope.location_ids)
    return [
        Place(
            id=str(row["id"]),
            name=str(row["name"]),
            phone=str(row["phone"]),
            address=str(json.loads(str(row["address_json"]))) if row["address_json"] else "",
        )
        for row in rows
    ]
