"""A document as markup: everything in it is escaped, and only its shapes become elements."""

from collections.abc import Iterable
from html import escape

from ganger.documents import Block, Entry, Run, Shape

_LISTS = {Shape.BULLETS: "ul", Shape.NUMBERS: "ol", Shape.CHECKED: "ul"}


def blocks_html(blocks: Iterable[Block], heading_level: int = 2) -> str:
    """The markup of a document's blocks, to stand inside an element of the page.

    Classes: `document-emphasis`, `document-warning`, `document-checked` and `document-break`.

    Args:
        heading_level: of the document's headings, below that of its title.
    """
    return "".join(_block(block, heading_level) for block in blocks)


def _block(block: Block, level: int) -> str:
    match block.shape:
        case Shape.HEADING:
            return "".join(f"<h{level}>{_runs(entry)}</h{level}>" for entry in block.entries)
        case Shape.PAGE_BREAK:
            return '<hr class="document-break">'
        case Shape.TEXT:
            return _paragraphs(block.entries)
        case Shape.EMPHASIS | Shape.WARNING:
            return f'<div class="document-{block.shape.value}">{_paragraphs(block.entries)}</div>'
        case Shape.BULLETS | Shape.NUMBERS | Shape.CHECKED:
            return _list(block)


def _list(block: Block) -> str:
    name = _LISTS[block.shape]
    mark = ' class="document-checked"' if block.shape is Shape.CHECKED else ""
    return f"<{name}{mark}>{''.join(f'<li>{_runs(entry)}</li>' for entry in block.entries)}</{name}>"


def _paragraphs(entries: Iterable[Entry]) -> str:
    return "".join(f"<p>{_runs(entry)}</p>" for entry in entries)


def _runs(entry: Iterable[Run]) -> str:
    return "".join(f"<strong>{_text(run)}</strong>" if run.is_bold else _text(run) for run in entry)


def _text(run: Run) -> str:
    return escape(run.text).replace("\n", "<br>")
