"""The tokens of the style sheet and the contrast of colours."""

import pytest

from app_workers.showcase.domain.tokens import measured
from app_workers.showcase.errors import InvalidColor
from app_workers.showcase.rendering import tokens
from tests.unit.showcase.factories import make_pages
from tests.unit.ui.test_colours import CRITICAL

TOKENS = tokens(make_pages())


def test_contrast_of_two_colours():
    """Worked example 6."""
    blue, green = measured("#2563eb", "#ffffff"), measured("#16a34a", "#ffffff")
    assert (blue.ratio, blue.aa_text, blue.aaa_text) == (5.17, True, False)
    assert (green.ratio, green.aa_text, green.aa_large) == (3.30, False, True)


@pytest.mark.parametrize(("fg", "bg", "field"), [("blue", "#ffffff", "fg"), ("#ffffff", "#fff", "bg")])
def test_a_colour_is_six_digits(fg, bg, field):
    """Worked example 6, its last part."""
    with pytest.raises(InvalidColor) as refusal:
        measured(fg, bg)
    assert refusal.value.details == {"field": field}


def test_a_bound_is_held_against_the_ratio_before_it_is_rounded():
    near = measured("#777777", "#ffffff")
    assert near.ratio == 4.48 and not near.aa_text


@pytest.mark.parametrize(
    ("name", "rgb", "ratio"),
    [("primary-600", "#2563eb", 5.17), ("warning-600", "#d97706", 3.19), ("neutral-400", "#94a3b8", 2.56)],
)
def test_the_palette_is_shown_with_its_contrast_on_white(name, rgb, ratio):
    (swatch,) = (each for each in TOKENS.palette if each.name == name)
    assert (swatch.hex, swatch.on_white) == (rgb, ratio)


def test_every_token_of_the_style_sheet_is_in_one_group():
    groups = [TOKENS.palette, TOKENS.roles]
    named = [each.name for group in groups for each in group]
    named += [
        name for group in (TOKENS.sizes, TOKENS.spaces, TOKENS.shapes, TOKENS.shadows) for name, _ in group
    ]
    declared = [line.partition(":")[0] for line in CRITICAL.partition("}")[0].split("--")[1:]]
    written = {name for name in declared if not name.endswith(")")}
    assert len(named) == len(set(named))
    assert set(named) == {name for name in written if f"--{name}: " in CRITICAL}


def test_text_colours_are_readable_in_both_schemes():
    for role in TOKENS.roles:
        if role.name in ("text", "muted", "off", "link") or role.name.endswith("-text"):
            assert min(role.light_on_surface, role.dark_on_surface) >= 4.5, role
