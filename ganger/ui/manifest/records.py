"""What a manifest says about a component."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import takewhile

from ganger.ui.calls import Call, Piece, literal, text_of

_BY_PLACE = 2  # arguments that are written without their names


class Group(StrEnum):
    """The part of the catalogue that a component stands in."""

    ACTIONS = "Actions"
    FORMS = "Forms"
    DATA = "Data"
    FEEDBACK = "Feedback"
    NAVIGATION = "Navigation"
    LAYOUT = "Layout"
    BRAND = "Brand"


class Kind(StrEnum):
    """What a parameter holds."""

    TEXT = "text"
    VALUE = "text or number"
    NUMBER = "number"
    WHOLE = "whole number"
    FLAG = "true or false"
    CHOICE = "one of a list"
    RECORD = "record"
    LIST = "list of records"
    ATTRS = "attributes"
    MARKUP = "output of a component"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: its default as it is written in a template, and what it takes.

    A parameter with `allowed` takes these values only; of another, `sample` is one that it takes. Without a
    `default` the call has to give it. `fields` are those of a record, or of each record of a list; a list
    without fields holds any. `most` bounds a number.
    """

    name: str
    default: str | None = None
    allowed: tuple[object, ...] = ()
    sample: object = None
    kind: Kind = Kind.TEXT
    fields: "tuple[Parameter, ...]" = ()
    most: int = 1_000_000

    @property
    def values(self) -> tuple[object, ...]:
        """Values that the component takes: all that are allowed, or the sample."""
        return self.allowed or (self.sample,)

    @property
    def is_required(self) -> bool:
        """Whether the call has to give it."""
        return self.default is None


@dataclass(frozen=True, slots=True)
class Example:
    """One state of a component; `pieces` say in calls how it is made.

    `frame_px` is the height of a frame for what takes a page of its own: what takes focus or moves away when
    the page comes, or holds its heading. 0 for all others.
    """

    title: str
    pieces: tuple[Piece, ...]
    frame_px: int = 0

    @property
    def call(self) -> str:
        """The template text that shows it; `ui` is the library."""
        return text_of(self.pieces)


@dataclass(frozen=True, slots=True)
class Component:
    """One component; `keys` are those it answers to, `block` the content of a call block that it needs."""

    slug: str
    title: str
    group: Group
    purpose: str
    template: str
    params: tuple[Parameter, ...]
    examples: tuple[Example, ...]
    rules: tuple[str, ...]
    do: str
    dont: str
    keys: Mapping[str, str] = field(default_factory=dict)
    version: str = "1.0.0"
    block: tuple[Piece, ...] | None = None

    @property
    def macro(self) -> str:
        """The name by which templates call it."""
        return self.slug.replace("-", "_")

    def call(self, given: Mapping[str, object]) -> Call:
        """The call with these parameters in the component's order.

        By place stand the first one, and the second where a call always has it; the others by name.
        """
        ordered = [each.name for each in self.params if each.name in given]
        ordered += [name for name in given if name not in ordered]
        first = [
            each.name for number, each in enumerate(self.params[:_BY_PLACE]) if not number or each.is_required
        ]
        by_place = list(takewhile(lambda name: name in given, first))
        named = {name: given[name] for name in ordered if name not in by_place}
        return Call(self.macro, tuple(given[name] for name in by_place), named, self.block)


@dataclass(frozen=True, slots=True)
class State:
    """One state of a layout: what it is given in the page's context besides the kernel's own."""

    title: str
    context: Mapping[str, object]
    template: str
    frame_px: int = 320

    @property
    def call(self) -> str:
        """The text with which a page begins that shows it."""
        given = (f"{{% set {name} = {literal(value)} %}}" for name, value in self.context.items())
        return f'{"".join(given)}{{% extends "{self.template}" %}}'


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout that a page extends, and what it needs in the page's context besides the kernel's own."""

    slug: str
    title: str
    group: Group
    purpose: str
    template: str
    params: tuple[Parameter, ...]
    examples: tuple[State, ...]
    rules: tuple[str, ...]
    do: str
    dont: str
    keys: Mapping[str, str] = field(default_factory=dict)
    version: str = "1.0.0"


def example(title: str, *pieces: Piece, frame_px: int = 0) -> Example:
    """A state, in the order in which its pieces stand."""
    return Example(title, pieces, frame_px)


def required(name: str, sample: object, kind: Kind = Kind.TEXT) -> Parameter:
    """A parameter without a default."""
    return Parameter(name, None, (), sample, kind)


def text(name: str, sample: object = "Text", default: str | None = "none") -> Parameter:
    """A text that may be left out."""
    return Parameter(name, default, (), sample)


def value(name: str, sample: object, default: str | None = "none") -> Parameter:
    """A text or a number."""
    return Parameter(name, default, (), sample, Kind.VALUE)


def number(
    name: str, sample: int, default: str | None = "none", kind: Kind = Kind.WHOLE, most: int = 1_000_000
) -> Parameter:
    """A number, whole unless it says otherwise."""
    return Parameter(name, default, (), sample, kind, most=most)


def flag(name: str, default: str = "false") -> Parameter:
    """What is on or off."""
    return Parameter(name, default, (False, True), kind=Kind.FLAG)


def choice(name: str, default: object, *allowed: object) -> Parameter:
    """A parameter with a closed list of values."""
    return Parameter(name, literal(default), allowed, kind=Kind.CHOICE)


def record(name: str, sample: object, *fields: Parameter) -> Parameter:
    """A record that may be left out."""
    return Parameter(name, "none", (), sample, Kind.RECORD, fields)


def records(name: str, sample: object, *fields: Parameter, default: str | None = None) -> Parameter:
    """A list of records."""
    return Parameter(name, default, (), sample, Kind.LIST, fields)


def markup(name: str) -> Parameter:
    """Output of another component."""
    return Parameter(name, '""', (), "", Kind.MARKUP)


ATTRS = Parameter("attrs", "{}", (), {"data-row": "1"}, Kind.ATTRS)
ID = text("id", "d")
SIZE = choice("size", "md", "sm", "md", "lg")
