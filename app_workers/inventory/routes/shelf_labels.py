"""Labels for shelves, to print: a QR code that every scanner of the practice reads back."""

import segno
from markupsafe import Markup

from app_workers.inventory.models.stock import ItemQuery, ListedItem
from app_workers.inventory.permissions import VIEW
from app_workers.inventory.routes.places import chosen_place
from app_workers.inventory.store.barcodes import first_barcodes
from app_workers.inventory.store.items import items_at
from ganger.context import Context
from ganger.http import Response
from ganger.routing import Route


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


def _label(line: ListedItem, codes: dict[str, str]) -> tuple[str, Markup]:
    """What the label says, and the same as a QR code; an item without a code of its own bears its SKU."""
    text = codes.get(line.item.id, line.item.sku)
    drawn = segno.make(text, error="m", micro=False)
    # The markup is segno's own, made of numbers alone: the text is in it only as modules.
    return text, Markup(drawn.svg_inline(border=2, omitsize=True))  # noqa: S704


ROUTES = (Route("GET", "/labels", get_labels_page, VIEW),)
