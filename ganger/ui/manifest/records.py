"""What a manifest says about a component."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Group(StrEnum):
    """The part of the catalogue that a component stands in."""

    ACTIONS = "Actions"
    FORMS = "Forms"
    DATA = "Data"
    FEEDBACK = "Feedback"
    NAVIGATION = "Navigation"
    LAYOUT = "Layout"
    BRAND = "Brand"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: its default as it is written in a template, and what it takes.

    A parameter with `allowed` takes these values only; of another, `sample` is one that it takes. Without a
    `default` the call has to give it.
    """

    name: str
    default: str | None = None
    allowed: tuple[object, ...] = ()
    sample: object = None

    @property
    def values(self) -> tuple[object, ...]:
        """Values that the component takes: all that are allowed, or the sample."""
        return self.allowed or (self.sample,)


@dataclass(frozen=True, slots=True)
class Example:
    """One state of a component as the template text that shows it; `ui` is the library."""

    title: str
    call: str


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
    keys: Mapping[str, str] = field(default_factory=dict)
    version: str = "1.0.0"
    block: str | None = None

    @property
    def macro(self) -> str:
        """The name by which templates call it."""
        return self.slug.replace("-", "_")


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout that a page extends, and what it needs in the page's context besides the kernel's own."""

    slug: str
    title: str
    group: Group
    purpose: str
    template: str
    context: tuple[Parameter, ...]
    rules: tuple[str, ...]
    version: str = "1.0.0"


def required(name: str, sample: object, *allowed: object) -> Parameter:
    """A parameter without a default."""
    return Parameter(name, None, allowed, sample)


def text(name: str, sample: object = "Text") -> Parameter:
    """A parameter that may be left out."""
    return Parameter(name, "none", (), sample)


def flag(name: str) -> Parameter:
    """A parameter that is off unless it is set."""
    return Parameter(name, "false", (False, True))


def choice(name: str, default: object, *allowed: object) -> Parameter:
    """A parameter with a closed list of values."""
    written = f'"{default}"' if isinstance(default, str) else str(default).lower()
    return Parameter(name, written, allowed)


ATTRS = Parameter("attrs", "{}", (), {"data-row": "1"})
ID = text("id", "d")
SIZE = choice("size", "md", "sm", "md", "lg")
