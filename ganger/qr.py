"""QR codes as SVG markup and as PNG, always dark on light with the quiet zone that readers need."""

from io import BytesIO

import segno
from markupsafe import Markup

_SCALE = 4  # pixels a module on a screen
# A quarter of the code may be unreadable. At 2 cm, an address of 60 characters has modules of 0.44 mm then,
# above the 0.35 mm that phones need; the next level would come close to that.
_SMALL_PRINT = "q"


def qr_svg(text: str) -> Markup:
    """The code of a text for a screen, in every colour scheme; free of styles."""
    return _markup(segno.make(text, micro=False, error="m"), omitsize=False)


def printed_qr_svg(text: str) -> Markup:
    """The code of a text for paper, from 2 cm on; its size is the page's affair."""
    return _markup(_for_paper(text), omitsize=True)


def printed_qr_png(text: str, pixels: int) -> bytes:
    """The same as a picture, as large as whole modules allow within so many pixels a side."""
    code = _for_paper(text)
    file = BytesIO()
    code.save(file, kind="png", scale=max(1, pixels // code.symbol_size()[0]))
    return file.getvalue()


def _for_paper(text: str) -> segno.QRCode:
    # boost_error is off, so that a short text does not get modules that are too small.
    return segno.make_qr(text, error=_SMALL_PRINT, boost_error=False)


def _markup(code: segno.QRCode, *, omitsize: bool) -> Markup:
    # The markup is segno's own, made of numbers alone: the text is in it only as modules.
    return Markup(code.svg_inline(scale=_SCALE, dark="#000", light="#fff", omitsize=omitsize))  # noqa: S704
