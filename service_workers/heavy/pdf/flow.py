"""Blocks of a document as rows, and rows on pages.

Rows that belong together stand in one `Group`, which no page parts: the first two and the last two lines of a
paragraph. A heading keeps the group after it on its page.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ganger.documents import Block, Document, Entry, Run, Shape
from service_workers.heavy.pdf.faces import Faces
from service_workers.heavy.pdf.sheets import WIDTH, Element, Sheets
from service_workers.heavy.pdf.wrapping import Line, lines_of

MARGIN = 54.0  # 0.75 in
TITLE, HEADING, BODY = 18.0, 14.0, 11.5  # points
_LEADING = 1.35  # distance of baselines by size
_INDENT = 20.0
_PADDING = 9.0  # inside of a frame
_AFTER_FRAME = 4.0
_BAR = 3.0
_HEADING_ROWS = 6  # a longer heading is set like a paragraph


@dataclass(frozen=True)
class Style:
    """How the text of a block is set."""

    size: float
    before: float  # points above each of its entries
    x: float = MARGIN
    width: float = WIDTH - 2 * MARGIN


@dataclass(frozen=True, eq=False)
class Frame:
    """What surrounds rows: a border all around, or a bar to their left."""

    has_border: bool


@dataclass(frozen=True)
class Row:
    """One line of text of an element, with the sign before it if it begins an item."""

    element: Element
    line: Line
    style: Style
    label: tuple[Element, Line | None] | None = None  # None in place of a line is a tick in a box

    @property
    def height(self) -> float:
        """From its top to the next row."""
        return self.style.size * _LEADING


@dataclass(frozen=True)
class Group:
    """Rows that stay together on a page."""

    rows: tuple[Row, ...]
    before: float = 0.0
    frame: Frame | None = None
    keeps_next: bool = False

    @property
    def height(self) -> float:
        """Of its rows, without what is above them."""
        return sum(row.height for row in self.rows)


_LISTS = {Shape.BULLETS: "Disc", Shape.NUMBERS: "Decimal", Shape.CHECKED: "None"}


def turn() -> Group:
    """What makes the next group begin a page."""
    return Group(())


def groups_of(document: Document, parent: Element, faces: Faces) -> Iterator[Group]:
    """The title and the blocks of a document, below a new part of the tree."""
    part = parent.add("Sect")
    title = Style(TITLE, 0.0)
    yield from _heading(part.add("H1"), (Run(document.title, is_bold=True),), title, faces)
    for block in document.blocks:
        yield from _block(block, part, faces)


class Flow:
    """Sets groups on pages, the first of which has been turned already."""

    def __init__(self, sheets: Sheets, first_top: float, top: float, bottom: float) -> None:
        """Rows begin at `top` of a page, on the first at `first_top`, and end at `bottom`."""
        self._sheets = sheets
        self._y = first_top
        self._top = top
        self._bottom = bottom
        self._is_at_top = True
        self._frame: Frame | None = None
        self._frame_top = 0.0

    def set(self, groups: list[Group]) -> None:
        """Set these after those before them."""
        for number, group in enumerate(groups):
            if group.frame is not self._frame:
                self._end_frame(gap=_AFTER_FRAME)
            if not group.rows:
                if not self._is_at_top:
                    self._turn()
                continue
            if self._y + self._needed(groups, number) > self._bottom and not self._is_at_top:
                self._turn()
            self._set(group)
        self._end_frame()

    def _needed(self, groups: list[Group], number: int) -> float:
        """Room for a group and for those that it must not be parted from."""
        needed = 0.0
        for group in groups[number:]:
            needed += group.before + group.height + (2 * _PADDING if group.frame else 0.0)
            if not group.keeps_next:
                break
        return needed

    def _turn(self) -> None:
        frame = self._frame
        self._end_frame()
        self._sheets.turn()
        self._y, self._is_at_top = self._top, True
        if frame is not None:
            self._begin_frame(frame)

    def _set(self, group: Group) -> None:
        if not self._is_at_top:
            self._y += group.before
        if group.frame is not None and self._frame is None:
            self._begin_frame(group.frame)
        self._is_at_top = False
        for row in group.rows:
            size = row.style.size
            baseline = self._y + row.height - size * (_LEADING - 1) / 2 - size * 0.22
            if row.label is not None:
                self._label(row, baseline)
            self._sheets.text(row.element, row.line, row.style.x, baseline, size)
            self._y += row.height

    def _label(self, row: Row, baseline: float) -> None:
        assert row.label is not None  # noqa: S101 - asked before
        element, line = row.label
        x, size = row.style.x - _INDENT, row.style.size
        if line is not None:
            self._sheets.text(element, line, x, baseline, size)
            return
        side = size * 0.75
        left, top = x + 0.5, baseline - side
        right, base = left + side, baseline
        edges = [(left, top), (right, top), (right, base), (left, base), (left, top), (right, top)]
        self._sheets.path(element, edges, 0.8)
        tick = [(left + side * 0.2, base - side * 0.45), (left + side * 0.42, base - side * 0.2)]
        self._sheets.path(element, [*tick, (left + side * 0.82, base - side * 0.8)], 1.4)

    def _begin_frame(self, frame: Frame) -> None:
        self._frame, self._frame_top = frame, self._y
        self._y += _PADDING if frame.has_border else 0.0

    def _end_frame(self, gap: float = 0.0) -> None:
        frame, self._frame = self._frame, None
        if frame is None or self._y <= self._frame_top + _PADDING:
            return
        if frame.has_border:
            self._y += _PADDING
            height = self._y - self._frame_top
            self._sheets.frame(MARGIN, self._frame_top, WIDTH - 2 * MARGIN, height, 1.5)
        else:
            self._sheets.fill("Layout", [(MARGIN, self._frame_top, _BAR, self._y - self._frame_top)])
        self._y += gap


def _block(block: Block, part: Element, faces: Faces) -> Iterator[Group]:
    match block.shape:
        case Shape.PAGE_BREAK:
            yield turn()
        case Shape.HEADING:
            for entry in block.entries:
                bold = tuple(Run(run.text, is_bold=True) for run in entry)
                yield from _heading(part.add("H2"), bold, Style(HEADING, 14.0), faces)
        case Shape.TEXT:
            yield from _paragraphs(block.entries, part, Style(BODY, 6.0), faces)
        case Shape.EMPHASIS:
            style = Style(BODY + 1, 6.0, MARGIN + _INDENT, WIDTH - 2 * MARGIN - _INDENT)
            yield from _framed(block.entries, part.add("Div"), style, faces, Frame(has_border=False))
        case Shape.WARNING:
            style = Style(BODY, 6.0, MARGIN + _PADDING, WIDTH - 2 * (MARGIN + _PADDING))
            yield from _framed(
                block.entries, part.add("Div", T="Warning"), style, faces, Frame(has_border=True)
            )
        case Shape.BULLETS | Shape.NUMBERS | Shape.CHECKED:
            yield from _list(block, part, faces)


def _heading(element: Element, entry: Entry, style: Style, faces: Faces) -> Iterator[Group]:
    rows = _rows(element, entry, style, faces)
    if len(rows) > _HEADING_ROWS:
        yield from _parted(rows, style.before)
    else:
        yield Group(rows, style.before, keeps_next=True)


def _paragraphs(entries: Iterable[Entry], part: Element, style: Style, faces: Faces) -> Iterator[Group]:
    for entry in entries:
        yield from _parted(_rows(part.add("P"), entry, style, faces), style.before)


def _framed(
    entries: Iterable[Entry], part: Element, style: Style, faces: Faces, frame: Frame
) -> Iterator[Group]:
    for number, entry in enumerate(entries):
        before = style.before if number else style.before + 4
        yield from _parted(_rows(part.add("P"), entry, style, faces), before, frame)


def _list(block: Block, part: Element, faces: Faces) -> Iterator[Group]:
    whole = part.add("L", A=f"<</O /List /ListNumbering /{_LISTS[block.shape]}>>")
    style = Style(BODY, 4.0, MARGIN + _INDENT, WIDTH - 2 * MARGIN - _INDENT)
    for number, entry in enumerate(block.entries, start=1):
        item = whole.add("LI")
        if block.shape is Shape.CHECKED:
            sign = None
            label = item.add("Lbl", ActualText="\u2611")
        else:
            text = f"{number}." if block.shape is Shape.NUMBERS else "•"
            (sign,) = lines_of([Run(text)], faces, style.size, _INDENT * 2)
            label = item.add("Lbl")
        first, *others = _rows(item.add("LBody"), entry, style, faces)
        labelled = Row(first.element, first.line, style, (label, sign))
        yield from _parted((labelled, *others), style.before)


def _rows(element: Element, entry: Entry, style: Style, faces: Faces) -> tuple[Row, ...]:
    return tuple(Row(element, line, style) for line in lines_of(entry, faces, style.size, style.width))


def _parted(rows: tuple[Row, ...], before: float, frame: Frame | None = None) -> Iterator[Group]:
    """Rows in groups: neither the first line nor the last one stands alone on a page."""
    if len(rows) <= 3:
        yield Group(rows, before, frame)
        return
    yield Group(rows[:2], before, frame)
    for row in rows[2:-2]:
        yield Group((row,), 0.0, frame)
    yield Group(rows[-2:], 0.0, frame)
