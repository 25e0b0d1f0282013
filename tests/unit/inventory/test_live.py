"""What viewers of a location's stock are told."""

import pytest

from app_workers.inventory.live import location_of, stock_change, topic_of
from app_workers.inventory.models.stock import StockLevel, StockStatus


def test_a_location_is_found_by_its_topic():
    assert topic_of("loc_aa") == "inventory.location.loc_aa"
    assert location_of(topic_of("loc_aa")) == "loc_aa"


@pytest.mark.parametrize("topic", ["", "loc_aa", "inventory.item.loc_aa", "x.inventory.location.loc_aa"])
def test_another_topic_is_about_no_location(topic):
    assert location_of(topic) == ""


def test_viewers_are_told_numbers_and_codes_alone():
    stock = StockLevel(
        item_id="itm_1",
        location_id="loc_aa",
        on_hand=26,
        usable=20,
        reorder_point=5,
        par_level=40,
        storage_place="Room 2, top shelf",
        last_counted_at=None,
        status=StockStatus.OK,
        version=3,
    )
    expected = '{"key":"stock.itm_1.loc_aa","version":3,"values":{"on_hand":26,"usable":20,"status":"ok"}}'
    assert stock_change(stock).text() == expected
