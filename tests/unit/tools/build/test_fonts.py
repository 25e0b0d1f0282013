"""Faces that a worker embeds, reduced by the build."""

import zlib
from base64 import b64decode
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont

from tools.build.errors import BuildError
from tools.build.fonts import font_sources, fonts_text, reduced
from tools.paths import NODE_MODULES, ROOT

HEAVY = ROOT / "service_workers" / "heavy"


@pytest.fixture(scope="module")
def sources():
    return font_sources(HEAVY, NODE_MODULES)


def test_a_worker_that_declares_no_faces_has_none():
    assert font_sources(ROOT / "service_workers" / "auth", NODE_MODULES) == {}


def test_a_face_that_is_not_installed_stops_the_build(tmp_path):
    with pytest.raises(BuildError, match="npm install"):
        font_sources(HEAVY, tmp_path)


def test_both_weights_have_the_same_characters_and_those_of_spanish(sources):
    regular, bold = (set(reduced(sources[name])["glyphs"]) for name in ("regular", "bold"))
    assert regular == bold
    assert set(map(ord, "áéíóúüñÁÉÍÓÚÜÑ¿¡ªº«»–“”•€½°")) <= regular


def test_the_reduced_file_is_a_small_truetype_file_with_the_glyphs_that_it_names(sources):
    facts = reduced(sources["regular"])
    content = zlib.decompress(b64decode(facts["file"]))
    assert len(content) == facts["size"] < 30_000
    with TTFont(BytesIO(content)) as font:
        assert {"glyf", "loca", "hmtx", "head", "hhea", "maxp"} <= set(font.keys())
        assert font["maxp"].numGlyphs > max(glyph for glyph, _ in facts["glyphs"].values())


def test_two_builds_are_alike(sources):
    once = fonts_text(sources)
    reduced.cache_clear()
    assert fonts_text(sources) == once
