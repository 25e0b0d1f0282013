"""The pages, on the real runtime."""

from uuid import uuid4

import pytest

from tests.platform.inventory.factories import add_item, add_lot, add_lot_tracked_item, add_stock, day

pytestmark = pytest.mark.runtime


def main_of(page):
    assert page.status_code == 200, page.text
    return page.text.partition("<main")[2].partition("</main>")[0]


def test_overview_counts_and_lists_what_is_low_and_out(platform):
    low, out, unplanned = (add_item(platform, name=f"Kept {uuid4().hex}") for _ in range(3))
    add_stock(platform, low, 5, reorder_point=10, par_level=30)
    add_stock(platform, out, 0, reorder_point=10, par_level=30)
    add_stock(platform, unplanned, 0)
    main = main_of(platform.get("/inventory/", person="usr_pat"))
    assert "Supplies at Ann Arbor" in main
    assert f"/inventory/items/{low}" in main
    assert f"/inventory/items/{out}" in main
    assert f"/inventory/items/{unplanned}" not in main


def test_overview_shows_another_location_to_those_who_have_it(platform):
    page = platform.get("/inventory/", person="usr_mia", params={"location_id": "loc_py"})
    assert "Supplies at Plymouth" in main_of(page)


def test_overview_of_a_foreign_location_is_not_found(platform):
    assert platform.get("/inventory/", person="usr_pat", params={"location_id": "loc_wx"}).status_code == 404


def test_list_shows_found_items_and_keeps_the_filters_in_its_form(platform):
    word = uuid4().hex
    item_id = add_item(platform, name=f"{word} swabs", category="antiseptics")
    query = {"search": word, "category": "antiseptics", "status": ""}
    main = main_of(platform.get("/inventory/items", person="usr_pat", params=query))
    assert f'href="/inventory/items/{item_id}"' in main
    assert f'value="{word}"' in main
    assert '<option value="antiseptics" selected>' in main
    assert "1 item<" in main


def test_list_has_pages_of_fifty(platform):
    word = uuid4().hex
    for number in range(51):
        add_item(platform, name=f"{word} {number:02d}")
    first = main_of(platform.get("/inventory/items", person="usr_pat", params={"search": word}))
    assert first.count("/inventory/items/") == 50
    assert f"search={word}&amp;page=2" in first


def test_item_shows_levels_lots_and_last_movements(platform):
    item_id = add_lot_tracked_item(platform, name="Traced item")
    add_stock(platform, item_id, 6, reorder_point=2, par_level=5, storage_place="Room 9, shelf 3")
    add_lot(platform, item_id, "SOON1", 6, expires_on=day(30))
    main = main_of(platform.get(f"/inventory/items/{item_id}", person="usr_pat"))
    for text in ("Traced item", "Room 9, shelf 3", "SOON1", day(30), "Expires soon", "+6", "Sam Specimen"):
        assert text in main


def test_names_are_shown_as_text(platform):
    item_id = add_item(platform, name="<b>Bold</b> & co")
    main = main_of(platform.get(f"/inventory/items/{item_id}", person="usr_pat"))
    assert "<b>Bold" not in main
    assert "&lt;b&gt;Bold&lt;/b&gt; &amp; co" in main


def test_unknown_item_is_an_error_page(platform):
    page = platform.get("/inventory/items/no-such-item", person="usr_pat")
    assert page.status_code == 404
    assert "There is no such item." in page.text


def test_wrong_filter_is_an_error_page(platform):
    assert platform.get("/inventory/items", person="usr_pat", params={"page": "x"}).status_code == 400


def test_place_is_chosen_only_by_those_who_have_several(platform):
    assert 'name="location_id"' not in main_of(platform.get("/inventory/items", person="usr_pat"))
    main = main_of(platform.get("/inventory/items", person="usr_tia"))
    assert (
        main.count("<option") - main_of(platform.get("/inventory/items", person="usr_pat")).count("<option")
        == 2
    )
    assert '<option value="loc_wx" selected>Wixom</option>' in main
