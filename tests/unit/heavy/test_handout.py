"""Handouts as PDFs, opened by readers that are not ours."""

from datetime import date
from io import BytesIO

import pypdf
import pypdfium2
import pytest

from ganger.contracts.heavy import HandoutHeader
from ganger.documents import Document, Shape, read_document
from service_workers.heavy.errors import PdfTooLarge
from service_workers.heavy.pdf import handout
from service_workers.heavy.pdf.handout import handout_pdf
from tests.harness.handouts import CODE, codes_on, make_block, make_document, make_handout, page_texts

LETTER = (612, 792)
MARGIN = 54


@pytest.fixture
def draw(faces):
    """Draw a handout of these documents."""

    def made(*documents: Document, **changes: object):
        handout = make_handout(documents or (make_document(),), **changes)
        return handout_pdf(handout, tuple(read_document(each) for each in handout.documents), faces)

    return made


def reader_of(content):
    return pypdf.PdfReader(BytesIO(content), strict=True)


def sizes_of(content):
    """Text -> the sizes in which it is set, over all pages."""
    found: dict[str, set[float]] = {}

    def note(text, _matrix, _place, _font, size):
        for word in text.split():
            found.setdefault(word, set()).add(round(size, 1))

    for page in reader_of(content).pages:
        page.extract_text(visitor_text=note)
    return found


def elements(content):
    """Every element of the tree of tags: its tag and its dictionary, in reading order."""

    def below(element):
        element = element.get_object()
        if "/S" in element:
            yield element["/S"], element
        for kid in element.get("/K", []):
            yield from below(kid)

    return list(below(reader_of(content).trailer["/Root"]["/StructTreeRoot"]))


def ink_box(content, page):
    """Left, top, right and bottom of all that is drawn on a page, in points."""
    from PIL import ImageOps

    document = pypdfium2.PdfDocument(content)
    image = document[page].render(scale=2).to_pil().convert("L")
    document.close()
    return [each / 2 for each in ImageOps.invert(image).getbbox()]


def test_pages_are_letter_and_nothing_is_drawn_in_the_margins(draw):
    content = draw(make_document(pages=2)).content
    assert [tuple(map(float, page.mediabox[2:])) for page in reader_of(content).pages] == [LETTER] * 2
    for page in range(2):
        left, top, right, bottom = ink_box(content, page)
        assert left >= MARGIN - 1
        assert top >= MARGIN - 1
        assert right <= LETTER[0] - MARGIN + 1
        assert bottom <= LETTER[1] - MARGIN + 3  # the descenders of the footer


def test_titles_headings_and_body_have_their_sizes(draw):
    blocks = (make_block(Shape.HEADING, "Mornings"), make_block(Shape.TEXT, "Cleanse"),
              make_block(Shape.WARNING, "Pregnancy"), make_block(Shape.BULLETS, "Sunscreen"))  # fmt: skip
    sizes = sizes_of(draw(Document("Acne", blocks)).content)
    assert (sizes["Acne"], sizes["Mornings"]) == ({18.0}, {14.0})
    assert all(min(sizes[word]) >= 11 for word in ("Cleanse", "Pregnancy", "Sunscreen"))


def test_each_document_begins_a_page_and_a_break_begins_one(draw):
    broken = Document("Two", (make_block(Shape.TEXT, "before"), make_block(Shape.PAGE_BREAK),
                              make_block(Shape.TEXT, "after")))  # fmt: skip
    made = draw(Document("One", ()), broken)
    texts = page_texts(made.content)
    assert made.pages == len(texts) == 3
    assert ["One" in texts[0], "before" in texts[1], "after" in texts[2]] == [True] * 3


def test_a_break_at_the_head_of_a_page_leaves_no_empty_one(draw):
    breaks = (make_block(Shape.PAGE_BREAK), make_block(Shape.PAGE_BREAK))
    assert (
        draw(Document("One", (make_block(Shape.TEXT, "a"), *breaks, make_block(Shape.TEXT, "b")))).pages == 2
    )


def test_every_page_names_practice_patient_page_and_code(draw):
    for number, text in enumerate(page_texts(draw(make_document(pages=3)).content), start=1):
        for each in ("Ganger Dermatology", "734-555-0100", "Pat Example", "10000001", "01/10/2026",
                     f"Page {number} of 3", "7K3MQ-9XW2P"):  # fmt: skip
            assert each in text


def test_a_general_handout_names_nobody(draw):
    header = HandoutHeader(practice="Ganger Dermatology", address="1 Example St", phone="734-555-0100",
                           date_on=date(2026, 1, 10))  # fmt: skip
    (text,) = page_texts(draw(header=header).content)
    assert "MRN" not in text
    assert "01/10/2026" not in text


def test_the_code_on_the_first_page_leads_to_the_handout(draw):
    content = draw(make_document(pages=2)).content
    assert codes_on(content, 0) == [CODE.url]
    assert codes_on(content, 1) == []
    assert "Valid until 02/09/2026" in page_texts(content)[0]


def test_without_a_code_there_is_none(draw):
    content = draw(code=None).content
    assert codes_on(content, 0) == []
    assert "Valid until" not in page_texts(content)[0]


def test_a_spanish_handout_speaks_spanish_and_says_so(draw):
    content = draw(Document("Cuidado de la piel: ¿qué hago mañana?", ()), language="es").content
    (text,) = page_texts(content)
    assert "Cuidado de la piel: ¿qué hago mañana?" in text
    assert "Página 1 de 1" in text
    assert "Válido hasta 02/09/2026" in text
    assert reader_of(content).trailer["/Root"]["/Lang"] == "es-US"


def test_title_and_language_are_the_only_properties(draw):
    reader = reader_of(draw().content)
    assert dict(reader.metadata) == {"/Title": "Patient handout"}
    assert reader.xmp_metadata is None
    assert reader.trailer["/Root"]["/Lang"] == "en-US"


def test_markup_in_a_text_is_printed_as_it_is_typed(draw):
    (text,) = page_texts(draw(Document("One", (make_block(Shape.TEXT, "<b>x</b> (a) \\n"),))).content)
    assert "<b>x</b> (a) \\n" in text


def test_tags_say_what_each_part_is(draw):
    blocks = (make_block(Shape.HEADING, "Mornings"), make_block(Shape.TEXT, "Cleanse"),
              make_block(Shape.NUMBERS, "one", "two"), make_block(Shape.CHECKED, "gel"))  # fmt: skip
    found = elements(draw(Document("Acne", blocks)).content)
    names = [name for name, _ in found]
    assert names[0] == "/Document"
    assert names[names.index("/Sect") :] == [
        *("/Sect", "/H1", "/H2", "/P"),
        *("/L", "/LI", "/Lbl", "/LBody", "/LI", "/Lbl", "/LBody"),
        *("/L", "/LI", "/Lbl", "/LBody"),
    ]
    (figure,) = [element for name, element in found if name == "/Figure"]
    assert figure["/Alt"] == "QR code that opens this handout on a phone"


def test_every_mark_on_a_page_belongs_to_an_element_that_knows_of_it(draw):
    content = draw(make_document(pages=3)).content
    reader = reader_of(content)
    root = reader.trailer["/Root"]["/StructTreeRoot"]
    numbers = root["/ParentTree"]["/Nums"]
    assert numbers[::2] == [0, 1, 2]
    owned = {
        (kid["/Pg"].indirect_reference.idnum, kid["/MCID"])
        for _, element in elements(content)
        for kid in (each.get_object() for each in element.get("/K", []))
        if kid.get("/Type") == "/MCR"
    }
    marks = {
        (page.indirect_reference.idnum, mark)
        for page, owners in zip(reader.pages, numbers[1::2], strict=True)
        for mark in range(len(owners.get_object()))
    }
    assert owned == marks


def test_the_faces_are_embedded_in_part_and_the_same_handout_is_the_same_file(draw):
    one, other = draw(), draw()
    assert one.content == other.content
    fonts = reader_of(one.content).pages[0]["/Resources"]["/Font"]
    for font in fonts.values():
        inner = font.get_object()["/DescendantFonts"][0].get_object()
        assert inner["/BaseFont"].startswith("/GANGER+AtkinsonHyperlegibleNext-")
        assert inner["/FontDescriptor"]["/FontFile2"].get_data()[:4] == b"\x00\x01\x00\x00"


def test_a_heading_stands_on_the_page_of_what_it_is_about(draw):
    for lines in range(20, 40):
        blocks = (make_block(Shape.TEXT, *["x"] * lines), make_block(Shape.HEADING, "Evenings"),
                  make_block(Shape.TEXT, "Moisturize"))  # fmt: skip
        for text in page_texts(draw(Document("Skin", blocks)).content):
            assert ("Evenings" in text) == ("Moisturize" in text)


def test_a_heading_as_long_as_a_block_may_be_goes_on_on_the_next_page(draw):
    content = draw(Document("Skin", (make_block(Shape.HEADING, "Word " * 800),))).content
    assert sum(text.count("Word") for text in page_texts(content)) == 800
    for page in range(len(page_texts(content))):
        assert ink_box(content, page)[3] <= LETTER[1] - MARGIN + 3


def test_more_than_forty_pages_are_refused(draw):
    assert draw(make_document(pages=40)).pages == 40
    with pytest.raises(PdfTooLarge) as refusal:
        draw(make_document(pages=41))
    assert refusal.value.details == {"max_pages": 40}


def test_more_bytes_than_a_handout_may_have_are_refused(draw, monkeypatch):
    monkeypatch.setattr(handout, "MAX_PDF_BYTES", 20_000)
    with pytest.raises(PdfTooLarge):
        draw()
