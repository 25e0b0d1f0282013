"""Documents as JSON and as markup."""

import json

from ganger.document_html import blocks_html
from ganger.documents import Block, Document, Run, Shape, read_document

ENTRY = ((Run("a < b"), Run("&", is_bold=True)),)


def test_a_document_is_the_same_after_a_way_as_json():
    document = Document("Care", tuple(Block(shape, ENTRY) for shape in Shape))
    assert read_document(json.loads(json.dumps(document.plain()))) == document


def test_markup_holds_nothing_of_the_text():
    shown = blocks_html([Block(shape, ENTRY) for shape in Shape], heading_level=3)
    assert shown.count("a &lt; b<strong>&amp;</strong>") == len(Shape) - 1
    assert "<h3>" in shown
