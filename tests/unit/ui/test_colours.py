"""Contrast of the colour tokens by WCAG 2.1, in the light and the dark scheme."""

import gzip
import re

import pytest

from ganger.ui.colours import colour, contrast, tokens_of
from tests.unit.ui.factories import TEMPLATES, UI

CRITICAL = (TEMPLATES / "ui" / "critical.css").read_text()
TOKENS = tokens_of(CRITICAL)
TONES = ("primary", "success", "warning", "danger")
GROUNDS = ("page", "surface")

TEXT_PAIRS = [
    *((text, ground) for text in ("text", "muted", "off", "link") for ground in (*GROUNDS, "sunken")),
    *(("on-fill", fill) for fill in ("fill", "fill-hover", "danger-fill", "danger-fill-hover")),
    *((f"{tone}-text", ground) for tone in TONES for ground in (*GROUNDS, f"{tone}-tint")),
    *(("text", f"{tone}-tint") for tone in TONES),
]
EDGE_PAIRS = [
    (edge, ground) for edge in ("control-line", "focus", "fill", "danger-text") for ground in GROUNDS
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_is_readable_on_its_ground(text, ground, scheme):
    assert contrast(colour(TOKENS, text, scheme), colour(TOKENS, ground, scheme)) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGE_PAIRS)
def test_edges_of_controls_and_focus_are_visible(edge, ground, scheme):
    assert contrast(colour(TOKENS, edge, scheme), colour(TOKENS, ground, scheme)) >= 3


@pytest.mark.parametrize(
    ("token", "value", "ratio"),
    [
        ("primary-600", "#2563eb", 5.17),
        ("primary-700", "#1d4ed8", 6.70),
        ("success-600", "#16a34a", 3.30),
        ("success-700", "#15803d", 5.02),
        ("accent-600", "#9333ea", 5.38),
        ("warning-600", "#d97706", 3.19),
        ("warning-700", "#b45309", 5.02),
        ("danger-600", "#dc2626", 4.83),
        ("neutral-400", "#94a3b8", 2.56),
        ("neutral-500", "#64748b", 4.76),
        ("neutral-600", "#475569", 7.58),
        ("neutral-900", "#0f172a", 17.85),
    ],
)
def test_palette_has_its_values_and_contrast_on_white(token, value, ratio):
    """Rule 7 of the component showcase."""
    assert colour(TOKENS, token, "light") == value
    assert round(contrast(value, "#ffffff"), 2) == ratio


def test_styles_use_no_token_that_is_not_there():
    known = set(re.findall(r"--([a-z0-9-]+):", CRITICAL))
    used = set(re.findall(r"var\(--([a-z0-9-]+)\)", CRITICAL + (UI / "static" / "ui.css").read_text()))
    assert used <= known


def test_initials_are_readable_on_every_avatar():
    grounds = re.findall(r"\.avatar-tone-\d \{ background: (#\w{6})", (UI / "static" / "ui.css").read_text())
    assert len(grounds) == 6
    assert all(contrast("#ffffff", ground) >= 4.5 for ground in grounds)


def test_styles_stay_small():
    assert len((UI / "static" / "ui.css").read_bytes()) <= 25 * 1024


@pytest.mark.parametrize("module", sorted((UI / "static").glob("*.js")), ids=lambda path: path.stem)
def test_modules_stay_small_on_the_wire(module):
    assert len(gzip.compress(module.read_bytes())) <= 3 * 1024
