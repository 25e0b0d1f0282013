"""Settings in effect: what a location has of its own, else what the practice has set, else the app's default.

An app's settings are one Record, whose fields are the names with their bounds and defaults. A name
that no field can have, such as `alerts.email`, is the `validation_alias` of its field.
"""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from ganger.db import Database
from ganger.records import Record
from ganger.scope import Scope

S = TypeVar("S", bound=Record)

# Those of locations come last, so that they stand when both are read.
_SET = """
    SELECT '' AS location_id, key, value_json, 0 AS is_own FROM platform_settings WHERE app_key = ?
    UNION ALL
    SELECT location_id, key, value_json, 1 AS is_own FROM location_configs
    WHERE location_id IN ({marks}) AND app_key = ?
    ORDER BY is_own
"""


class Origin(StrEnum):
    """Where a value comes from."""

    LOCATION = "location"
    PRACTICE = "practice"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class InEffect(Generic[S]):
    """The settings at one location, and where each comes from."""

    values: S
    origins: Mapping[str, Origin]


async def settings_in(db: Database, scope: Scope, app_key: str, model: type[S]) -> dict[str, InEffect[S]]:
    """The settings at each location in scope, by its id; other names than those are passed over."""
    rows = await db.rows(_SET.format(marks=scope.marks), app_key, *scope.location_ids, app_key)
    found: dict[str, dict[str, tuple[object, Origin]]] = defaultdict(dict)
    names = _names(model)
    for row in rows:
        key, own = str(row["key"]), bool(row["is_own"])
        if key in names:
            set_to = (json.loads(str(row["value_json"])), Origin.LOCATION if own else Origin.PRACTICE)
            for place in (str(row["location_id"]),) if own else scope.location_ids:
                found[place][key] = set_to
    return {place: _in_effect(model, found[place]) for place in scope.location_ids}


def _in_effect(model: type[S], found: Mapping[str, tuple[object, Origin]]) -> InEffect[S]:
    values = model.model_validate({key: value for key, (value, _) in found.items()})
    names = _names(model)
    origins = dict.fromkeys(model.model_fields, Origin.DEFAULT)
    return InEffect(values, origins | {names[key]: origin for key, (_, origin) in found.items()})


def _names(model: type[Record]) -> dict[str, str]:
    """The field of each name."""
    return {str(field.validation_alias or name): name for name, field in model.model_fields.items()}
