"""How often a page goes to the database: what it asks at the same time goes as one batch."""

import pytest

from tests.platform.inventory.factories import add_item

pytestmark = pytest.mark.runtime


def ways_to_the_database(breakable, path: str) -> int:
    breakable.portal.local.break_ways({})
    assert breakable.portal.get(path, "usr_mia").status_code == 200
    return breakable.portal.local.break_ways({})["inventory>DB"]


def test_a_list_and_the_choices_of_its_filters_are_asked_in_one_batch(breakable):
    assert ways_to_the_database(breakable, "/inventory/items") == 1


def test_all_parts_of_an_items_page_are_asked_in_one_batch_once_the_item_is_found(breakable):
    assert ways_to_the_database(breakable, f"/inventory/items/{add_item(breakable.portal)}") == 2
