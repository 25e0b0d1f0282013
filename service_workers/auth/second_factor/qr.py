"""QR codes as SVG markup."""

import segno
from markupsafe import Markup

_SCALE = 4  # pixels a module


def qr_svg(text: str) -> Markup:
    """The code of a text, dark on light with its quiet zone, in every colour scheme; free of styles."""
    code = segno.make(text, micro=False, error="m")
    # The markup is segno's own, made of numbers alone: the text is in it only as modules.
    return Markup(code.svg_inline(scale=_SCALE, dark="#000", light="#fff", omitsize=False))  # noqa: S704
