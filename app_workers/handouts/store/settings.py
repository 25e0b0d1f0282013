"""The settings of a location, where they differ from their defaults, and where it is."""

import json

from app_workers.handouts.models.settings import Place, Settings
from ganger.db import Database
from ganger.scope import Scope

_SETTINGS = """
    SELECT key, value_json FROM location_configs WHERE location_id IN ({marks}) AND app_key = 'handouts'
"""
_PLACE = """
    SELECT locations.id, locations.name, locations.phone, (
        SELECT value_json FROM location_configs
        WHERE location_id = locations.id AND app_key = 'platform' AND key = 'address'
    ) AS address_json
    FROM locations WHERE locations.id IN ({marks})
"""


async def settings_at(db: Database, place: Scope) -> Settings:
    """The values in effect at the one location of `place`."""
    rows = await db.rows(_SETTINGS.format(marks=place.marks), *place.location_ids)
    set_here = {str(row["key"]): json.loads(str(row["value_json"])) for row in rows}
    known = {name: value for name, value in set_here.items() if name in Settings.model_fields}
    return Settings.model_validate(known)


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
