"""Labels for shelves, to print: a QR code and a code of bars that the practice's scanners read back."""

from itertools import groupby

from markupsafe import Markup

from app_workers.inventory.domain.linear_codes import linear_code
from app_workers.inventory.models.stock import ItemQuery, ListedItem
from app_workers.inventory.permissions import VIEW
from app_workers.inventory.routes.places import chosen_place
from app_workers.inventory.store.barcodes import first_barcodes
from app_workers.inventory.store.items import items_at
from ganger.context import Context
from ganger.http import Response
from ganger.qr import printed_qr_svg
from ganger.routing import Route

_QUIET = 11  # modules without a bar on either side; EAN-13 wants the most


async def get_labels_page(ctx: Context) -> Response:
    """Show a label for each item of a list, with the list's own filters."""
    asked = ctx.query(ItemQuery)
    place = chosen_place(ctx, asked.location_id)
    listed, total = await items_at(ctx.db, place, asked, ctx.today)
    codes = await first_barcodes(ctx.db, [line.item.id for line in listed])
    return ctx.page(
        "shelf_labels.html",
        page_title="Shelf labels",
        asked=asked,
        location=place.locations[0],
        labels=[(line, *_label(line, codes)) for line in listed],
        total=total,
        url=f"{ctx.url('/labels')}?{ctx.request.query_string}",
    )


def _label(line: ListedItem, codes: dict[str, str]) -> tuple[str, Markup, Markup | None]:
    """What the label says, the same as a QR code, and in bars if they can say it.

    An item without a code of its own bears its SKU.
    """
    text = codes.get(line.item.id, line.item.sku)
    modules = linear_code(text)
    return text, printed_qr_svg(text), _drawn(modules) if modules else None


def _drawn(modules: str) -> Markup:
    """Modules as an SVG that is as wide as its place; a path of bars, each from edge to edge."""
    x, bars = _QUIET, list[str]()
    for module, group in groupby(modules):
        width = len(list(group))
        if module == "1":
            bars.append(f"M{x} 0h{width}v1h-{width}z")
        x += width
    return Markup(  # noqa: S704 - numbers alone
        f'<svg viewBox="0 0 {x + _QUIET} 1" preserveAspectRatio="none" shape-rendering="crispEdges"'
        f' aria-hidden="true"><path d="{"".join(bars)}"/></svg>'
    )


ROUTES = (Route("GET", "/labels", get_labels_page, VIEW),)
