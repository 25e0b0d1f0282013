"""QR codes, read back by a reader that is not the one that wrote them."""

import io

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from ganger.qr import printed_qr_png, printed_qr_svg, qr_svg

LINK = "https://handouts.gangerdermatology.com/qr/7K3MQ9XW2P"
TWO_CM_AT_300_DPI = 236


def picture(pixels=TWO_CM_AT_300_DPI):
    return Image.open(io.BytesIO(printed_qr_png(LINK, pixels))).convert("L")


def texts(image):
    return [found.text for found in zxingcpp.read_barcodes(image)]


@pytest.mark.parametrize("pixels", [TWO_CM_AT_300_DPI, 300])
def test_a_printed_code_is_read_at_2_cm_and_1_in(pixels):
    image = picture(pixels)
    assert max(image.size) <= pixels
    assert texts(image) == [LINK]


@pytest.mark.parametrize("corner", [(0.3, 0.35), (0.55, 0.3), (0.4, 0.55), (0.6, 0.6)])
def test_a_code_is_read_when_a_tenth_of_it_is_gone(corner):
    image = picture()
    side = image.size[0]
    spot = 0.316 * side * 37 / 45  # a tenth of the area within the quiet zone
    x, y = (place * side for place in corner)
    ImageDraw.Draw(image).rectangle((x, y, x + spot, y + spot), 255)
    assert texts(image) == [LINK]


def test_markup_holds_the_code_as_modules_alone():
    assert LINK not in printed_qr_svg(LINK)
    assert "viewBox" in printed_qr_svg(LINK)
    assert 'width="' in qr_svg(LINK)
