"""What the page of items asks of the database, for other workers that ask the same."""

import json
from datetime import UTC, datetime

from app_workers.inventory.models.stock import ItemQuery
from app_workers.inventory.store.items import items_query
from app_workers.inventory.store.vendors import VENDOR_NAMES
from ganger.clock import clinic_date
from ganger.db import Statement
from ganger.identity import Location
from ganger.scope import Scope

MOST_VENDORS = 100


def list_queries() -> str:
    """The first page at the location that is measured, and the vendors: JSON, `[{"sql", "values"}]`."""
    place = Scope("usr_bench", (Location("loc_aa", "Ann Arbor"),))
    listed = items_query(place, ItemQuery(), clinic_date(datetime.now(UTC)))
    queries = (listed, Statement(VENDOR_NAMES, (MOST_VENDORS,)))
    return json.dumps([{"sql": query.sql, "values": query.values} for query in queries])
