"""The tokens of the style sheet, and how well one colour is seen on another. Pure rules."""

import re
from collections.abc import Mapping

_TOKEN = re.compile(r"--([a-z0-9-]+): ([^;]+);")
_VAR = re.compile(r"var\(--([a-z0-9-]+)\)")
_SCHEMES = re.compile(r"light-dark\(([^,]+), ([^,]+)\)")
_HEX = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)


def tokens_of(css: str) -> dict[str, str]:
    """The values that the first block of a style sheet gives its custom properties, as they are written."""
    return dict(_TOKEN.findall(css.partition("}")[0]))


def is_colour(text: str) -> bool:
    """Whether a text is a colour as #rrggbb."""
    return _HEX.fullmatch(text) is not None


def colour(tokens: Mapping[str, str], name: str, scheme: str) -> str | None:
    """The #rrggbb of a token in the scheme `light` or `dark`; None for one that is no colour."""
    value = tokens[name]
    pair = _SCHEMES.fullmatch(value)
    if pair:
        value = pair[1] if scheme == "light" else pair[2]
    other = _VAR.fullmatch(value)
    if other:
        return colour(tokens, other[1], scheme)
    return value if is_colour(value) else None


def luminance(rgb: str) -> float:
    """Relative luminance of #rrggbb. Source: WCAG 2.1, relative luminance."""
    channels = [int(rgb[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours as #rrggbb, from 1 to 21. Source: WCAG 2.1, contrast ratio."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)
