"""From a row to a record."""

from typing import TypeVar

from app_workers.inventory.domain.levels import stock_status
from app_workers.inventory.models import StockLevel
from ganger.db import Row
from ganger.records import Record

R = TypeVar("R", bound=Record)


def record(model: type[R], row: Row) -> R:
    """The record made of the columns that bear its fields' names."""
    return model.model_validate({name: row[name] for name in model.model_fields})


def stock_level(row: Row) -> StockLevel:
    """A row of `levels_in` as a record."""
    names = StockLevel.model_fields.keys() - {"status"}
    level = {name: row[name] for name in names}
    status = stock_status(int(row["usable"] or 0), int(row["reorder_point"] or 0), int(row["par_level"] or 0))
    return StockLevel.model_validate(level | {"status": status})
