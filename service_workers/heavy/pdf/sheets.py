"""Pages with what stands on them, and the tree that says what it means: tagged PDF (ISO 32000-1, 14.8).

Places are points from the upper left corner of the page. Whatever is drawn belongs to an `Element` of the
tree, or is an artifact that a screen reader passes over.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from service_workers.heavy.errors import PdfTooLarge
from service_workers.heavy.pdf.faces import Faces
from service_workers.heavy.pdf.wrapping import Line

WIDTH, HEIGHT = 612.0, 792.0  # US Letter
REGULAR, BOLD = "F1", "F2"  # the names of the faces on a page


@dataclass(eq=False)
class Element:
    """A part of the tree: `P`, `H1`, `L` and the like, with what is drawn of it as (page, mark)."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    kids: list["Element | tuple[int, int]"] = field(default_factory=list)

    def add(self, tag: str, **attributes: str) -> "Element":
        """A new part at the end of this one; attributes are written as they are."""
        kid = Element(tag, attributes)
        self.kids.append(kid)
        return kid


@dataclass
class Sheet:
    """One page: what draws it, and the element of each of its marks."""

    drawn: list[str] = field(default_factory=list)
    marks: list[Element] = field(default_factory=list)
    open: Element | str | None = None  # whose marked content is being written


class Sheets:
    """The pages of one file, of which there are `max_pages` at most."""

    def __init__(self, faces: Faces, max_pages: int) -> None:
        self.faces = faces
        self._max_pages = max_pages
        self.pages: list[Sheet] = []
        self.root = Element("Document")
        self._number = -1

    def turn(self) -> None:
        """Begin a page, on which all is drawn from now on.

        Raises:
            PdfTooLarge: there are as many as there may be.
        """
        if len(self.pages) == self._max_pages:
            raise PdfTooLarge("There are too many pages.", max_pages=self._max_pages)
        self.pages.append(Sheet())
        self._number = len(self.pages) - 1

    def leaf_back(self, number: int) -> None:
        """Go back to a page (from 0), for what can only be said at the end."""
        self._number = number

    def close(self) -> None:
        """End what is open on each page."""
        for sheet in self.pages:
            _close(sheet)

    def text(self, owner: Element | str, line: Line, x: float, baseline: float, size: float) -> None:
        """Draw a line of text; `owner` is its element, or the kind of an artifact such as `Footer`."""
        sheet = self._marked(owner)
        sheet.drawn.append(f"BT 1 0 0 1 {x:.2f} {HEIGHT - baseline:.2f} Tm")
        for piece in line:
            name = BOLD if piece.is_bold else REGULAR
            encoded = self.faces.weight(piece.is_bold).encoded(piece.text)
            sheet.drawn.append(f"/{name} {size:g} Tf <{encoded}> Tj")
        sheet.drawn.append("ET")

    def frame(self, x: float, top: float, width: float, height: float, stroke: float) -> None:
        """Draw the border of a box."""
        y = HEIGHT - top - height
        self._marked("Layout").drawn.append(f"{stroke:g} w {x:.2f} {y:.2f} {width:.2f} {height:.2f} re S")

    def fill(self, owner: Element | str, rectangles: Iterable[tuple[float, float, float, float]]) -> None:
        """Draw black rectangles: left, top, width and height of each."""
        parts = (
            f"{x:.3f} {HEIGHT - top - high:.3f} {wide:.3f} {high:.3f} re" for x, top, wide, high in rectangles
        )
        self._marked(owner).drawn.append(f"{' '.join(parts)} f")

    def path(self, owner: Element | str, points: Sequence[tuple[float, float]], stroke: float) -> None:
        """Draw a line through points."""
        moves = (
            f"{x:.2f} {HEIGHT - top:.2f} {'l' if number else 'm'}" for number, (x, top) in enumerate(points)
        )
        self._marked(owner).drawn.append(f"{stroke:g} w {' '.join(moves)} S")

    def _marked(self, owner: Element | str) -> Sheet:
        """The current page, in the marked content of this owner."""
        sheet = self.pages[self._number]
        if sheet.open is owner or (isinstance(owner, str) and sheet.open == owner):
            return sheet
        _close(sheet)
        if isinstance(owner, str):
            sheet.drawn.append(_ARTIFACT[owner])
        else:
            mark = len(sheet.marks)
            sheet.marks.append(owner)
            owner.kids.append((self._number, mark))
            sheet.drawn.append(f"/{owner.tag} <</MCID {mark}>> BDC")
        sheet.open = owner
        return sheet


_ARTIFACT = {
    "Layout": "/Artifact <</Type /Layout>> BDC",
    "Header": "/Artifact <</Type /Pagination /Subtype /Header>> BDC",
    "Footer": "/Artifact <</Type /Pagination /Subtype /Footer>> BDC",
}


def _close(sheet: Sheet) -> None:
    if sheet.open is not None:
        sheet.drawn.append("EMC")
        sheet.open = None
