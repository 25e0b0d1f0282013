"""Reading codes with a camera where the browser has no detector of its own, as Debian's Chromium has none.

The camera is Chromium's stand-in, which shows a film that the test makes.
"""

from uuid import uuid4

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from tests.browser.conftest import WIDTHS, new_context
from tests.platform.inventory.factories import add_barcode, add_item, add_lot_tracked_item, add_stock
from tools.chromium import ARGUMENTS, PROGRAM

pytestmark = [pytest.mark.browser, pytest.mark.runtime]

WIDTH, HEIGHT = 640, 480


def film(path, code, kind):
    """A film of one picture, a code on grey paper, as raw video (YUV4MPEG2)."""
    drawn = memoryview(zxingcpp.write_barcode_to_image(zxingcpp.create_barcode(code, kind), scale=3))
    rows, columns = drawn.shape
    paper = Image.new("L", (WIDTH, HEIGHT), 200)
    label = Image.frombytes("L", (columns, rows), drawn.tobytes())
    paper.paste(label, ((WIDTH - columns) // 2, (HEIGHT - rows) // 2))
    frame = b"FRAME\n" + paper.tobytes() + b"\x80" * (WIDTH * HEIGHT // 2)
    path.write_bytes(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420jpeg\n".encode() + frame * 2)


@pytest.fixture
def filming(chromium, platform, tmp_path):
    """Open the phone of somebody whose camera sees the code: `filming(code, kind)`."""
    browsers = []

    def open_page(code, kind):
        film(tmp_path / "film.y4m", code, kind)
        camera = (
            "--use-fake-device-for-media-stream",
            "--use-fake-ui-for-media-stream",
            f"--use-file-for-fake-video-capture={tmp_path / 'film.y4m'}",
        )
        browser = chromium.browser_type.launch(executable_path=PROGRAM, args=[*ARGUMENTS, *camera])
        browsers.append(browser)
        size = {"width": WIDTHS["phone"], "height": 900}
        return new_context(browser, platform, "usr_pat", viewport=size).new_page()

    yield open_page
    for browser in browsers:
        browser.close()


def new_product_code():
    """A GTIN-13 of the practice's own number space, with its check digit."""
    digits = f"200{uuid4().int % 10**9:09d}"
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return digits + str(-total % 10)


def test_a_product_code_is_read_and_stands_among_the_last_scans(platform, filming):
    item_id, code = add_item(platform, name="Filmed gauze"), new_product_code()
    add_stock(platform, item_id, 9)
    add_barcode(platform, item_id, f"0{code}")
    page = filming(code, zxingcpp.BarcodeFormat.EAN13)
    page.goto("/inventory/scan")
    loaded = page.evaluate("performance.getEntriesByType('resource').map((each) => each.name)")
    assert not [name for name in loaded if "zxing" in name], "the reader is loaded when it is needed"
    page.get_by_role("button", name="Use camera").click()
    expect(page.get_by_role("heading", name="Filmed gauze")).to_be_visible()
    page.goto("/inventory/scan")
    expect(page.get_by_role("table", name="Last scans").get_by_role("link").first).to_have_text(
        "Filmed gauze"
    )


def test_lot_and_expiry_date_of_a_data_matrix_code_come_along(platform, filming):
    item_id, code = add_lot_tracked_item(platform, name="Filmed vials"), new_product_code()
    add_barcode(platform, item_id, f"0{code}")
    page = filming(f"010{code}1727123110LOT42A", zxingcpp.BarcodeFormat.DataMatrix)
    page.goto("/inventory/scan")
    page.get_by_role("button", name="Use camera").click()
    expect(page.get_by_role("heading", name="Filmed vials")).to_be_visible()
    expect(page.get_by_text("LOT42A", exact=True)).to_be_visible()
    expect(page.get_by_text("2027-12-31")).to_be_visible()


def test_a_chart_number_begins_a_packet(filming):
    page = filming("10000001", zxingcpp.BarcodeFormat.Code128)
    page.goto("/handouts/new")
    page.get_by_role("button", name="Use camera").click()
    page.wait_for_url("**/handouts/generate/*")
    expect(page.get_by_role("heading", level=1)).to_have_text("Pat Example")


def test_a_code_that_stays_in_sight_is_counted_once(platform, filming):
    item_id, code = add_item(platform, name="Filmed tape"), new_product_code()
    add_stock(platform, item_id, 9)
    add_barcode(platform, item_id, f"0{code}")
    body = {"name": "Filmed count", "location_id": "loc_aa", "count_type": "spot"}
    count = platform.post("/inventory/api/v1/counts", "usr_pat", json=body).json()
    page = filming(code, zxingcpp.BarcodeFormat.EAN13)
    page.goto(f"/inventory/counts/{count['id']}")
    page.get_by_role("button", name="Use camera").click()
    expect(page.get_by_text("Filmed tape: 1 counted")).to_be_visible()
    page.wait_for_function(
        "(video) => video.getVideoPlaybackQuality().totalVideoFrames > 20",
        arg=page.locator("video").element_handle(),
    )
    (entry,) = platform.get(f"/inventory/api/v1/counts/{count['id']}", "usr_pat").json()["entries"]
    assert entry["counted_quantity"] == 1
