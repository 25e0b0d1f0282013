"""Handouts for tests, and PDFs as independent readers see them."""

from datetime import date
from io import BytesIO
from typing import Any

import pypdf
import pypdfium2
import zxingcpp

from ganger.contracts.heavy import Handout, HandoutCode, HandoutHeader
from ganger.documents import Block, Document, Run, Shape

CODE = HandoutCode(
    code="7K3MQ9XW2P",
    url="https://handouts.gangerdermatology.com/qr/7K3MQ9XW2P",
    valid_until=date(2026, 2, 9),
)


def make_block(shape: Shape, *texts: str) -> Block:
    """A block whose entries are plain text."""
    return Block(shape, tuple((Run(text),) for text in texts))


def make_document(title: str = "Sun protection (demo)", pages: int = 1) -> Document:
    """A document of as many pages."""
    text = "Reapply every 2 hours and look for shade from 10 AM to 4 PM. " * 2
    blocks = [make_block(Shape.HEADING, "Outdoors"), make_block(Shape.TEXT, *[text] * 4)]
    more = [make_block(Shape.PAGE_BREAK), make_block(Shape.BULLETS, *[text] * 6)]
    return Document(title, (*blocks, *more * (pages - 1)))


def make_handout(documents: tuple[Document, ...] = (make_document(),), **changes: Any) -> Handout:
    """A handout of Pat Example."""
    header = HandoutHeader(
        practice="Ganger Dermatology",
        address="1979 Example Parkway, Ann Arbor, MI 48104",
        phone="734-555-0100",
        patient_name="Pat Example",
        patient_mrn="10000001",
        date_on=date(2026, 1, 10),
    )
    values = {"documents": tuple(each.plain() for each in documents), "header": header, "code": CODE}
    return Handout(**(values | changes))


def page_texts(content: bytes) -> list[str]:
    """What stands on each page, as pypdf reads it."""
    reader = pypdf.PdfReader(BytesIO(content), strict=True)
    return [page.extract_text() for page in reader.pages]


def codes_on(content: bytes, page: int) -> list[str]:
    """What the QR codes on a page (from 0) say, drawn by PDFium at 150 dots per inch and read by ZXing."""
    document = pypdfium2.PdfDocument(content)
    try:
        image = document[page].render(scale=150 / 72).to_pil()
    finally:
        document.close()
    return [found.text for found in zxingcpp.read_barcodes(image)]
