"""The catalogue: which manifests there are, and what a search finds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from app_workers.showcase.domain.reviews import ReviewState, state_of
from app_workers.showcase.models import CatalogueQuery, Review
from ganger.ui.manifest import COMPONENTS, LAYOUTS, Component, Example, Group, Layout, Parameter, State

Manifest = Component | Layout
MANIFESTS: Mapping[str, Manifest] = {each.slug: each for each in (*COMPONENTS, *LAYOUTS)}


class EntryLine(TypedDict):
    """A component as a line of a list."""

    slug: str
    title: str
    group: str
    purpose: str
    version: str
    review: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A component with how it stands."""

    manifest: Manifest
    state: ReviewState
    newest: Review | None

    def plain(self) -> EntryLine:
        """The JSON values, as a line of a list."""
        return {
            "slug": self.manifest.slug,
            "title": self.manifest.title,
            "group": self.manifest.group,
            "purpose": self.manifest.purpose,
            "version": self.manifest.version,
            "review": self.state.words,
        }


def entries(newest: Mapping[str, Review], today: date) -> list[Entry]:
    """Every component with how it stands, in the order of groups.

    Args:
        newest: the newest review of each component that has one.
    """
    listed = sorted(MANIFESTS.values(), key=lambda each: list(Group).index(each.group))
    return [
        Entry(each, state_of(each.version, newest.get(each.slug), today), newest.get(each.slug))
        for each in listed
    ]


def found(listed: Iterable[Entry], asked: CatalogueQuery) -> list[Entry]:
    """Those that are asked for: by words in name or purpose, by group, by how they stand."""
    words = (asked.search or "").casefold().split()
    return [
        entry
        for entry in listed
        if asked.group in (None, entry.manifest.group)
        and asked.review in (None, entry.state.standing)
        and all(word in _said(entry.manifest) for word in words)
    ]


def parameters_plain(fields: Iterable[Parameter]) -> list[dict[str, object]]:
    """Parameters as JSON values."""
    return [
        {
            "name": field.name,
            "kind": field.kind,
            "default": field.default,
            "required": field.is_required,
            "allowed": list(field.allowed),
            "fields": parameters_plain(field.fields),
        }
        for field in fields
    ]


def manifest_plain(manifest: Manifest, htmls: Iterable[str]) -> dict[str, object]:
    """A manifest as JSON values.

    Args:
        htmls: the markup of its examples, in their order.
    """
    examples: tuple[Example | State, ...] = manifest.examples
    shown = zip(examples, htmls, strict=True)
    return {
        "slug": manifest.slug,
        "title": manifest.title,
        "group": manifest.group,
        "version": manifest.version,
        "purpose": manifest.purpose,
        "params": parameters_plain(manifest.params),
        "rules": list(manifest.rules),
        "keys": dict(manifest.keys),
        "do": manifest.do,
        "dont": manifest.dont,
        "examples": [{"title": each.title, "call": each.call, "html": html} for each, html in shown],
    }


def _said(manifest: Manifest) -> str:
    return f"{manifest.slug} {manifest.title} {manifest.purpose}".casefold()
