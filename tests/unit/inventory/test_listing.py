from markupsafe import Markup

from app_workers.inventory.listing import stock_rows
from app_workers.inventory.models.stock import ListedItem, StockLevel, StockStatus
from ganger.ui.tables import table_rows
from tests.unit.inventory.factories import make_item

BADGES = {status.value: Markup("<b>{}</b>").format(status) for status in StockStatus} | {
    "discontinued": Markup("<b>gone</b>"),
    "unstocked": Markup("<b>none</b>"),
}
STOCK = StockLevel(
    item_id="itm_1",
    location_id="loc_aa",
    on_hand=1234,
    usable=20,
    reorder_point=5,
    par_level=40,
    storage_place="<Room> 2",
    last_counted_at=None,
    status=StockStatus.OK,
    version=3,
)


def row(**changes):
    (found,) = stock_rows(
        [ListedItem.model_validate({"item": make_item(), "stock": STOCK} | changes)], "/i", BADGES
    )
    return found


def test_values_of_a_row_name_their_key_and_version():
    expected = (
        '<span data-live-key="stock.itm_1.loc_aa" data-live-version="3" data-live-field="usable">20</span>'
    )
    assert row()["usable"] == expected
    assert row()["on_hand"].endswith('data-live-label="Test gloves on hand">1,234</span>')


def test_names_are_text_wherever_they_stand():
    named = row(item=make_item(name='<i>"Gloves"</i>'))
    assert "&lt;i&gt;&#34;Gloves&#34;&lt;/i&gt; on hand" in named["on_hand"]
    columns = [{"key": key, "header": "<H>"} for key in ("name", "on_hand", "storage_place")]
    markup = table_rows(columns, ["left"] * 3, [named], "href", selectable=False)
    assert "<i>" not in markup
    assert "&lt;Room&gt; 2" in markup
    assert 'data-label="&lt;H&gt;"' in markup
    assert '<a class="row-link" href="/i/items/itm_gloves">' in markup


def test_item_without_stock_and_discontinued_item_say_so():
    assert row(stock=None)["status"] == "<b>none</b>"
    assert row(stock=None)["on_hand"] is None
    assert row(item=make_item(status="discontinued"))["status"] == "<b>gone</b>"
