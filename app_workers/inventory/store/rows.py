"""From a row to a record."""

from collections.abc import Mapping
from functools import cache
from typing import TypeVar

from app_workers.inventory.domain.levels import stock_status
from app_workers.inventory.models.stock import StockLevel
from ganger.db import Row
from ganger.records import Record

R = TypeVar("R", bound=Record)


def record(model: type[R], row: Mapping[str, object]) -> R:
    """The record made of the columns that bear its fields' names."""
    return model.model_validate({name: row[name] for name in _fields(model)})


@cache
def _fields(model: type[Record]) -> tuple[str, ...]:
    # A list makes a hundred records; asking pydantic for the names each time took a quarter of that.
    return tuple(model.model_fields)


def stock_level(row: Row) -> StockLevel:
    """A row of `levels_in` as a record."""
    usable, reorder_point, par_level = (
        int(row[name] or 0) for name in ("usable", "reorder_point", "par_level")
    )
    return record(StockLevel, row | {"status": stock_status(usable, reorder_point, par_level)})
