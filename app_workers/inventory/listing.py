"""The rows of lists of items with their stock, as the table takes them.

In Python and not in a template, because these are the app's longest lists: all that is the same in every
row is written once, and a row costs a few microseconds.
"""

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from app_workers.inventory.models.catalogue import ItemStatus
from app_workers.inventory.models.stock import ListedItem, StockLevel, StockLine
from ganger.ui.formats import number
from ganger.ui.output import as_markup, shown

Row = dict[str, object]


def stock_rows(
    listed: Iterable[ListedItem | StockLine], mount: str, badges: Mapping[str, Markup]
) -> list[Row]:
    """A row for each line of the catalogue, or of the list of stock.

    Args:
        mount: the app's own address, for the links.
        badges: markup by stock status, and of `discontinued` and `unstocked`.
    """
    return [_row(line, f"{mount}/items/{line.item.id}", badges) for line in listed]


def _row(line: ListedItem | StockLine, href: str, badges: Mapping[str, Markup]) -> Row:
    item, stock = line.item, line.stock
    is_gone = item.status is ItemStatus.DISCONTINUED
    facts: Row = {"name": item.name, "href": href, "sku": item.sku}
    if stock is None:
        badge = badges["discontinued" if is_gone else "unstocked"]
        names = ("on_hand", "usable", "reorder_point", "par_level", "storage_place")
        return facts | dict.fromkeys(names) | {"status": badge}
    live = _live(stock)
    spoken = f' data-live-label="{shown(item.name)} on hand"'
    badge = badges["discontinued"] if is_gone else _span(live, "status", badges[stock.status.value])
    return facts | {
        "on_hand": _span(live, "on_hand", number(stock.on_hand), spoken),
        "usable": _span(live, "usable", number(stock.usable)),
        "reorder_point": number(stock.reorder_point),
        "par_level": number(stock.par_level),
        "status": badge,
        "storage_place": stock.storage_place,
    }


def _live(stock: StockLevel) -> str:
    """The beginning of each value of a stock row, which live.js replaces."""
    key = f"stock.{shown(stock.item_id)}.{shown(stock.location_id)}"
    return f'<span data-live-key="{key}" data-live-version="{stock.version}"'


def _span(live: str, field: str, value: str, spoken: str = "") -> Markup:
    # A number or a badge; what comes from a row was escaped on the way here.
    return as_markup(f'{live} data-live-field="{field}"{spoken}>{value}</span>')
