"""What all demo rows are made with."""

from collections.abc import Mapping
from datetime import date, timedelta

from app_workers.inventory.demo.catalogue import Product
from ganger.db import Statement, Value, insert

CREATOR = "usr_sam"
PERSON_AT = {"loc_aa": "usr_pat", "loc_wx": "usr_wes", "loc_py": "usr_mia"}


def item_id(product: Product) -> str:
    """The id of a demo item."""
    return f"itm_{product.sku.lower()}"


def instant(today: date, day: int, minute: int) -> str:
    """A time in clinic hours of a day that many days from today."""
    return f"{today + timedelta(days=day)}T15:{minute:02d}:00.000Z"


def times(at: str) -> dict[str, Value]:
    """When a row was made and last changed."""
    return {"created_at": at, "updated_at": at}


def insert_if_missing(table: str, columns: Mapping[str, Value]) -> Statement:
    """The statement that writes a row unless it is there."""
    statement = insert(table, columns)
    return Statement(f"{statement.sql} ON CONFLICT DO NOTHING", statement.values)
