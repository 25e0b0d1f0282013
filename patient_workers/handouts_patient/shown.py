"""A packet as the page shows it: its documents, each as markup."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from ganger.document_html import blocks_html
from ganger.documents import read_document


@dataclass(frozen=True, slots=True)
class ShownDocument:
    """One handout; `body` is markup."""

    title: str
    language: str
    body: Markup


@dataclass(frozen=True, slots=True)
class ShownPacket:
    """A packet and whom to ask about it."""

    location: str
    phone: str
    documents: Sequence[ShownDocument]


def shown_packet(value: Mapping[str, Any]) -> ShownPacket:
    """The packet that the handouts app answered with."""
    return ShownPacket(
        value["location"],
        value["phone"],
        [_document(each) for each in value["documents"]],
    )


def _document(value: Mapping[str, Any]) -> ShownDocument:
    document = read_document(value)
    markup = Markup(blocks_html(document.blocks, 3))  # noqa: S704 - made of escaped text alone
    return ShownDocument(document.title, value.get("language", "en"), markup)
