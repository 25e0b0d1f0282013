"""From a row to a record."""

from collections.abc import Mapping
from typing import TypeVar

from app_workers.inventory.domain.levels import stock_status
from app_workers.inventory.models.stock import StockLevel
from ganger.db import Row
from ganger.records import Record

R = TypeVar("R", bound=Record)


def record(model: type[R], row: Mapping[str, object]) -> R:
    """The record made of the columns that bear its fields' names."""
    return model.model_validate({name: row[name] for name in model.model_fields})


def stock_level(row: Row) -> StockLevel:
    """A row of `levels_in` as a record."""
    columns = {name: row[name] for name in StockLevel.model_fields.keys() - {"status"}}
    usable, reorder_point, par_level = (
        int(row[name] or 0) for name in ("usable", "reorder_point", "par_level")
    )
    return StockLevel.model_validate(columns | {"status": stock_status(usable, reorder_point, par_level)})
