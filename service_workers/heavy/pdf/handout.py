"""A handout on paper: what stands above and below every page, the QR code on the first, and the documents.

The header of the first page is part of what is read aloud; repeated on the others, it is passed over.
"""

from dataclasses import dataclass
from datetime import date

from ganger.contracts.heavy import MAX_PAGES, MAX_PDF_BYTES, Handout, HandoutCode, HandoutHeader
from ganger.documents import Document, Run
from service_workers.heavy.errors import PdfTooLarge
from service_workers.heavy.models import Made
from service_workers.heavy.pdf.faces import Faces
from service_workers.heavy.pdf.file import pdf_of
from service_workers.heavy.pdf.flow import MARGIN, Flow, groups_of, turn
from service_workers.heavy.pdf.sheets import HEIGHT, WIDTH, Element, Sheets
from service_workers.heavy.pdf.wrapping import Line, lines_of

TITLE = "Patient handout"  # the only property besides the language
FILE_NAME = "handout.pdf"
QR_SIDE = 72.0  # 1 in
_SMALL = 10.0
_LEADING = 13.0
_BELOW_HEADER = 12.0
_QR_TEXT_WIDTH = 150.0
_FOOTER_BASELINE = HEIGHT - MARGIN
_BOTTOM = HEIGHT - MARGIN - 20.0


@dataclass(frozen=True)
class Words:
    """What a handout says by itself, in one language."""

    tag: str  # of the language (BCP 47)
    chart: str
    scan: str
    code: str
    valid_until: str
    page: str
    qr_code: str


WORDS = {
    "en": Words("en-US", "MRN", "Scan to read this on your phone.", "Code", "Valid until", "Page {} of {}",
                "QR code that opens this handout on a phone"),
    "es": Words("es-US", "N.º de expediente", "Escanee para leerlo en su teléfono.", "Código", "Válido hasta",
                "Página {} de {}", "Código QR que abre esta hoja en un teléfono"),
}  # fmt: skip


def handout_pdf(handout: Handout, documents: tuple[Document, ...], faces: Faces) -> Made:
    """Draw a handout.

    Raises:
        PdfTooLarge: it has more than MAX_PAGES pages or MAX_PDF_BYTES bytes.
    """
    words = WORDS[handout.language]
    sheets = Sheets(faces, MAX_PAGES)
    sheets.turn()
    sheet_header = _Header(sheets, handout.header, words)
    first_top = sheet_header.draw_first(handout.code)
    flow = Flow(sheets, first_top, sheet_header.height, _BOTTOM)
    for number, document in enumerate(documents):
        flow.set([*([turn()] if number else []), *groups_of(document, sheets.root, faces)])
    pages = len(sheets.pages)
    for number in range(pages):
        sheets.leaf_back(number)
        if number:
            sheet_header.repeat()
        _footer(sheets, words.page.format(number + 1, pages), handout.code)
    content = pdf_of(sheets, TITLE, words.tag)
    if len(content) > MAX_PDF_BYTES:
        raise PdfTooLarge("The handout has too many bytes.", bytes=len(content), max_bytes=MAX_PDF_BYTES)
    return Made(content, "application/pdf", FILE_NAME, pages)


def written(day: date) -> str:
    """A date as patients read it: MM/DD/YYYY."""
    return f"{day:%m/%d/%Y}"


class _Header:
    """The practice, and the patient of whom the handout is."""

    def __init__(self, sheets: Sheets, facts: HandoutHeader, words: Words) -> None:
        self._sheets = sheets
        self._words = words
        patient = _patient(facts, words)
        self._first = [(facts.practice, True), (facts.address, False), (facts.phone, False), *patient]
        self._later = [(facts.practice, True), (f"{facts.address} · {facts.phone}", False), *patient]
        self.height = self._end(self._lines(self._later, WIDTH - 2 * MARGIN))

    def draw_first(self, code: HandoutCode | None) -> float:
        """Draw it on the first page, with the QR code; returns where the text begins."""
        part = self._sheets.root.add("Div")
        room = WIDTH - 2 * MARGIN
        if code is None:
            lines = self._lines(self._later, room)
            self._draw([(part.add("P"), line) for line in lines])
            return self._rule(self._end(lines))
        lines = self._lines(self._first, room - QR_SIDE - _QR_TEXT_WIDTH - 24)
        self._draw([(part.add("P"), line) for line in lines])
        self._draw_code(part, code)
        return self._rule(max(self._end(lines), MARGIN + QR_SIDE + _BELOW_HEADER))

    def repeat(self) -> None:
        """Draw it on a later page."""
        lines = self._lines(self._later, WIDTH - 2 * MARGIN)
        self._draw([("Header", line) for line in lines])
        self._rule(self.height)

    def _draw_code(self, part: Element, code: HandoutCode) -> None:
        words, left = self._words, WIDTH - MARGIN - QR_SIDE
        texts = [(words.scan, False), (f"{words.code} {code.readable}", True),
                 (f"{words.valid_until} {written(code.valid_until)}", False)]  # fmt: skip
        x, number = left - _QR_TEXT_WIDTH - 8, 0
        for text, is_bold in texts:
            element = part.add("P")
            for line in lines_of([Run(text, is_bold)], self._sheets.faces, _SMALL, _QR_TEXT_WIDTH):
                number += 1
                self._sheets.text(element, line, x, MARGIN + number * _LEADING - 3, _SMALL)
        box = f"[{left:g} {HEIGHT - MARGIN - QR_SIDE:g} {left + QR_SIDE:g} {HEIGHT - MARGIN:g}]"
        figure = part.add("Figure", Alt=words.qr_code, A=f"<</O /Layout /Placement /Block /BBox {box}>>")
        self._sheets.fill(figure, qr_rectangles(code.url, left, MARGIN))

    def _lines(self, texts: list[tuple[str, bool]], width: float) -> list[Line]:
        faces = self._sheets.faces
        return [line for text, bold in texts for line in lines_of([Run(text, bold)], faces, _SMALL, width)]

    def _draw(self, lines: list[tuple[Element | str, Line]]) -> None:
        for number, (owner, line) in enumerate(lines, start=1):
            self._sheets.text(owner, line, MARGIN, MARGIN + number * _LEADING - 3, _SMALL)

    def _end(self, lines: list[Line]) -> float:
        return MARGIN + len(lines) * _LEADING + _BELOW_HEADER

    def _rule(self, top: float) -> float:
        """Draw the line that ends the header, and return where the text begins."""
        line = [(MARGIN, top - _BELOW_HEADER / 2), (WIDTH - MARGIN, top - _BELOW_HEADER / 2)]
        self._sheets.path("Layout", line, 0.5)
        return top + 4


def qr_rectangles(url: str, left: float, top: float) -> list[tuple[float, float, float, float]]:
    """The dark parts of a QR code of QR_SIDE: left, top, width and height of each."""
    # Imported here: a handout that is only printed has no code.
    import segno

    rows = [bytes(row) for row in segno.make(url, error="m", micro=False).matrix]
    side = QR_SIDE / len(rows)
    found = []
    for number, row in enumerate(rows):
        start = 0
        while (start := row.find(1, start)) >= 0:
            end = row.find(0, start)
            end = len(row) if end < 0 else end
            found.append((left + start * side, top + number * side, (end - start) * side, side))
            start = end
    return found


def _patient(facts: HandoutHeader, words: Words) -> list[tuple[str, bool]]:
    if facts.patient_name is None:
        return []
    chart = f" · {words.chart} {facts.patient_mrn}" if facts.patient_mrn else ""
    return [(f"{facts.patient_name}{chart} · {written(facts.date_on)}", False)]


def _footer(sheets: Sheets, page: str, code: HandoutCode | None) -> None:
    faces = sheets.faces
    if code is not None:
        (line,) = lines_of([Run(f"{code.readable} ")], faces, _SMALL, WIDTH)
        sheets.text("Footer", line, MARGIN, _FOOTER_BASELINE, _SMALL)
    (line,) = lines_of([Run(page)], faces, _SMALL, WIDTH)
    x = WIDTH - MARGIN - sum(piece.width for piece in line)
    sheets.text("Footer", line, x, _FOOTER_BASELINE, _SMALL)
