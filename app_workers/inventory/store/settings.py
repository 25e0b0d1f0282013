"""The app's settings at a location, where they differ from their defaults."""

import json

from app_workers.inventory.models.counts import Tolerances
from ganger.db import Database
from ganger.scope import Scope

_SETTINGS = """
    SELECT key, value_json FROM location_configs
    WHERE location_id IN ({marks}) AND app_key = 'inventory' AND key IN ({names})
"""
_PREFIX = "count_tolerance_"


async def tolerances_at(db: Database, place: Scope) -> Tolerances:
    """Up to which difference a count at the one location of `place` needs nobody's approval."""
    keys = [_PREFIX + name for name in Tolerances.model_fields]
    sql = _SETTINGS.format(marks=place.marks, names=", ".join("?" * len(keys)))
    rows = await db.rows(sql, *place.location_ids, *keys)
    set_here = {str(row["key"]).removeprefix(_PREFIX): json.loads(str(row["value_json"])) for row in rows}
    return Tolerances.model_validate(set_here)
