"""Photos of items and documents of safety sheets, on the real runtime."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.platform.inventory.factories import add_item, assert_error
from tests.platform.inventory.test_count_pages import hidden, open_page

pytestmark = pytest.mark.runtime

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 40
PDF = b"%PDF-1.7 an example"


def send(platform, page, field, name, content, person="usr_mia"):
    address = f"{page}/{field}"
    fields = hidden(open_page(platform, page, "usr_mia"), address)
    return platform.post(address, person=person, data=fields, files={field: (name, content)})


def address_of(platform, page, field, person="usr_pat"):
    text = open_page(platform, page, person).text
    return f"{page}/{field}/" + text.partition(f"{page}/{field}/")[2].partition('"')[0]


def sweep(platform):
    at = (datetime.now(UTC) + timedelta(hours=2)).replace(minute=17)
    assert platform.local.scheduled("inventory", "* * * * *", at) == "ok"


def test_a_photo_is_shown_where_its_item_is_and_replaced_and_removed(platform):
    item_id = add_item(platform, name="Photographed")
    page = f"/inventory/items/{item_id}"
    assert send(platform, page, "photo", "front.png", PNG).headers["location"] == page
    first = address_of(platform, page, "photo")
    shown = platform.get(first, person="usr_wes")
    assert (shown.status_code, shown.headers["content-type"], shown.content) == (200, "image/png", PNG)
    assert shown.headers["cache-control"] == "private, max-age=31536000, immutable"
    (item,) = platform.rows("SELECT sku FROM inventory_items WHERE id = ?", item_id)
    assert f'src="{first}"' in open_page(platform, f"/inventory/scan?code={item['sku']}").text
    assert send(platform, page, "photo", "side.png", PNG + b"2").status_code == 303
    assert platform.get(first, person="usr_pat").status_code == 404
    second = address_of(platform, page, "photo")
    gone = platform.post(
        f"{page}/photo/remove",
        person="usr_mia",
        data=hidden(open_page(platform, page, "usr_mia"), f"{page}/photo/remove"),
    )
    assert (gone.status_code, platform.get(second, person="usr_pat").status_code) == (303, 404)
    sweep(platform)
    ids = [address.rpartition("/")[2] for address in (first, second)]
    for upload_id in ids:
        assert platform.rows("SELECT id FROM file_uploads WHERE id = ?", upload_id) == []
    told = platform.rows("SELECT action FROM audit_logs WHERE record_id IN (?, ?, ?)", item_id, *ids)
    found = [row["action"].removeprefix("inventory:") for row in told]
    assert (found.count("change-photo"), found.count("upload"), found.count("remove-upload")) == (3, 2, 2)


def test_what_is_no_photo_is_refused_and_the_page_says_so(platform):
    page = f"/inventory/items/{add_item(platform)}"
    for name, content in (("scan.png", b"<svg onload=alert(1)>"), ("sheet.pdf", PDF), ("photo.jpg", PNG)):
        answer = send(platform, page, "photo", name, content)
        assert (answer.status_code, 'href="#photo-photo"' in answer.text) == (415, True)
    large = send(platform, page, "photo", "large.png", PNG + bytes(5 * 1_048_576))
    assert (large.status_code, "at most 5 MB" in large.text) == (413, True)
    assert send(platform, page, "photo", "", b"").status_code == 400
    assert "<img" not in open_page(platform, page).text


def test_only_who_keeps_the_catalogue_gives_files_and_a_page_that_is_outdated_changes_nothing(platform):
    page = f"/inventory/items/{add_item(platform)}"
    assert send(platform, page, "photo", "front.png", PNG, "usr_pat").status_code == 403
    assert "Upload" not in open_page(platform, page).text
    old = platform.post(
        f"{page}/photo", person="usr_mia", data={"version": "99"}, files={"photo": ("a.png", PNG)}
    )
    assert (old.status_code, "Somebody changed this item" in old.text) == (409, True)
    other = f"/inventory/items/{add_item(platform)}"
    assert send(platform, other, "photo", "front.png", PNG).status_code == 303
    stolen = address_of(platform, other, "photo").replace(other, page)
    assert_error(
        platform.get(stolen, person="usr_pat", headers={"accept": "application/json"}), 404, "NOT_FOUND"
    )


def test_the_document_of_a_sheet_opens_in_the_browser(platform):
    (sheet, *_) = platform.rows("SELECT id FROM safety_sheets")
    page = f"/inventory/safety/{sheet['id']}"
    assert send(platform, page, "document", "front.png", PNG).status_code == 415
    assert send(platform, page, "document", "sheet.pdf", PDF).status_code == 303
    assert "Open document" in open_page(platform, page).text
    shown = platform.get(address_of(platform, page, "document"), person="usr_wes")
    assert (shown.status_code, shown.headers["content-type"], shown.content) == (200, "application/pdf", PDF)
    assert shown.headers["content-disposition"] == "inline"
    fields = hidden(open_page(platform, page, "usr_mia"), f"{page}/document/remove")
    assert platform.post(f"{page}/document/remove", person="usr_mia", data=fields).status_code == 303
    assert "Open document" not in open_page(platform, page).text
