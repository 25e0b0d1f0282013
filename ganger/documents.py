"""Documents: text that is ready to be shown to a person or put on paper, as plain values.

Whoever makes a document resolves it: no blank is left to fill and no condition to test. It goes as JSON from
the app that made it to the worker that draws a PDF and to the site that shows it, so this is standard library
only; `ganger.document_html` shows a document on a page.

As JSON a document is `{"title": "…", "blocks": [block, …]}` and a block
`{"shape": "text", "entries": [[["Use it ", false], ["twice", true]], …]}`: entries of runs, each a text and
whether it is bold.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Shape(StrEnum):
    """What a block is, and what its entries are."""

    HEADING = "heading"  # one entry
    TEXT = "text"  # a paragraph each
    EMPHASIS = "emphasis"  # paragraphs that stand out
    WARNING = "warning"  # paragraphs in a bordered box
    BULLETS = "bullets"  # an item each
    NUMBERS = "numbers"  # an item each, numbered from 1
    CHECKED = "checked"  # a chosen item each, with a tick
    PAGE_BREAK = "page_break"  # none; what follows begins a new page


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one weight. A newline in it is a line break; everything else stands for itself."""

    text: str
    is_bold: bool = False


Entry = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a document."""

    shape: Shape
    entries: tuple[Entry, ...] = ()

    def plain(self) -> dict[str, Any]:
        """The block as JSON values."""
        entries = [[[run.text, run.is_bold] for run in entry] for entry in self.entries]
        return {"shape": self.shape.value, "entries": entries}


@dataclass(frozen=True, slots=True)
class Document:
    """A titled document; in a packet each begins a page."""

    title: str
    blocks: tuple[Block, ...]

    def plain(self) -> dict[str, Any]:
        """The document as JSON values."""
        return {"title": self.title, "blocks": [block.plain() for block in self.blocks]}


def read_document(value: Mapping[str, Any]) -> Document:
    """The document that `plain` wrote."""
    return Document(str(value["title"]), read_blocks(value["blocks"]))


def read_blocks(value: Sequence[Mapping[str, Any]]) -> tuple[Block, ...]:
    """The blocks that `plain` wrote."""
    return tuple(
        Block(Shape(block["shape"]), tuple(_entry(entry) for entry in block["entries"])) for block in value
    )


def text_of(entry: Iterable[Run]) -> str:
    """What an entry says, without weights."""
    return "".join(run.text for run in entry)


def _entry(value: Iterable[Sequence[Any]]) -> Entry:
    return tuple(Run(str(text), bool(is_bold)) for text, is_bold in value)
