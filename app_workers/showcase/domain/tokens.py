"""The tokens of the style sheet, in the groups in which a page shows them."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from app_workers.showcase.errors import InvalidColor
from ganger.ui.colours import colour, contrast, is_colour

WHITE = "#ffffff"
AA_TEXT, AA_LARGE, AAA_TEXT = 4.5, 3.0, 7.0
_PALETTE = ("primary", "success", "accent", "warning", "danger", "neutral")
_SIZES = ("xs", "sm", "md", "lg", "xl", "xxl")


@dataclass(frozen=True, slots=True)
class Swatch:
    """A colour of the palette; `on_white` is its contrast on white, rounded to 2 decimals."""

    name: str
    hex: str
    on_white: float
    use: str


@dataclass(frozen=True, slots=True)
class Role:
    """A colour by what it is for, in each scheme, with its contrast on the surface of that scheme."""

    name: str
    light: str
    light_on_surface: float
    dark: str
    dark_on_surface: float


@dataclass(frozen=True, slots=True)
class Contrast:
    """How a colour is seen on another; large is from 24 px, or 18.66 px bold."""

    ratio: float
    aa_text: bool
    aa_large: bool
    aaa_text: bool

    def plain(self) -> dict[str, object]:
        """The JSON values."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Tokens:
    """All tokens; those that are no colours as name and value."""

    palette: tuple[Swatch, ...]
    roles: tuple[Role, ...]
    sizes: tuple[tuple[str, str], ...]
    spaces: tuple[tuple[str, str], ...]
    shapes: tuple[tuple[str, str], ...]
    shadows: tuple[tuple[str, str], ...]

    def plain(self) -> dict[str, object]:
        """The JSON values."""
        return asdict(self)


def measured(foreground: str, background: str) -> Contrast:
    """The contrast of two colours; bounds are held against the ratio before it is rounded.

    Raises:
        InvalidColor: one is not written as #rrggbb.
    """
    for field, value in (("fg", foreground), ("bg", background)):
        if not is_colour(value):
            raise InvalidColor("A colour is written as #rrggbb.", field=field)
    ratio = contrast(foreground, background)
    return Contrast(round(ratio, 2), ratio >= AA_TEXT, ratio >= AA_LARGE, ratio >= AAA_TEXT)


def grouped(tokens: Mapping[str, str]) -> Tokens:
    """The tokens of the style sheet by group."""
    palette = [
        name for name in tokens if name.rpartition("-")[2].isdecimal() and name.split("-")[0] in _PALETTE
    ]
    roles = [name for name in tokens if name not in palette and colour(tokens, name, "light")]
    spaces = [name for name in tokens if name[0] == "s" and name[1:].isdecimal()]
    return Tokens(
        tuple(_swatch(tokens, name) for name in palette),
        tuple(_role(tokens, name) for name in roles),
        tuple((name, tokens[name]) for name in _SIZES),
        tuple((name, tokens[name]) for name in spaces),
        tuple((name, tokens[name]) for name in ("radius", "target", "width")),
        tuple((name, tokens[name]) for name in tokens if name.startswith("shadow-")),
    )


def _swatch(tokens: Mapping[str, str], name: str) -> Swatch:
    rgb = tokens[name]
    ratio = contrast(rgb, WHITE)
    use = "decoration, disabled"
    if ratio >= AA_LARGE:
        use = "text, filled controls" if ratio >= AA_TEXT else "borders, large text"
    return Swatch(name, rgb, round(ratio, 2), use)


def _role(tokens: Mapping[str, str], name: str) -> Role:
    return Role(name, *_in_scheme(tokens, name, "light"), *_in_scheme(tokens, name, "dark"))


def _in_scheme(tokens: Mapping[str, str], name: str, scheme: str) -> tuple[str, float]:
    rgb, surface = (colour(tokens, each, scheme) or WHITE for each in (name, "surface"))
    return rgb, round(contrast(rgb, surface), 2)
