"""The pictures that the documents show."""

import re

from tools.paths import ROOT
from tools.screenshots import PICTURES, size_problems


def test_the_pictures_are_there_and_small():
    assert size_problems() == []


def test_every_picture_that_a_document_shows_is_taken_by_the_command():
    shown = set()
    for document in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        shown |= set(re.findall(r"images/([\w-]+)\.png", document.read_text()))
    assert shown <= {picture.name for picture in PICTURES}
    assert len(shown) >= 3
