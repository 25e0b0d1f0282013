"""Shelf labels as they come out of the printer, read by an independent reader."""

from uuid import uuid4

import pypdfium2
import pytest
import zxingcpp

from tests.platform.inventory.factories import add_barcode, add_item

pytestmark = [pytest.mark.browser, pytest.mark.runtime]


def printed(page):
    """What the codes on the first sheet say, at 300 dots per inch, by the kind of code."""
    document = pypdfium2.PdfDocument(page.pdf())
    try:
        image = document[0].render(scale=300 / 72).to_pil()
    finally:
        document.close()
    return sorted((found.format.name, found.text) for found in zxingcpp.read_barcodes(image))


def test_labels_are_read_back_by_an_independent_reader(platform, new_page):
    word, code = uuid4().hex, "00099999000023"
    with_code, without = add_item(platform, name=f"{word} a"), add_item(platform, name=f"{word} b")
    platform.run("DELETE FROM inventory_barcodes WHERE barcode = ?", code)
    add_barcode(platform, with_code, code)
    (sku,) = (row["sku"] for row in platform.rows("SELECT sku FROM inventory_items WHERE id = ?", without))
    page = new_page("usr_pat")
    page.goto(f"/inventory/labels?search={word}")
    found = printed(page)
    assert {text for _, text in found} == {code, code[1:], sku}
    assert [kind for kind, _ in found].count("QRCode") == 2
    for text, item_id in ((code, with_code), (code[1:], with_code), (sku, without)):
        hit = platform.get("/inventory/api/v1/scan", "usr_pat", params={"code": text})
        assert hit.json()["item"]["id"] == item_id
