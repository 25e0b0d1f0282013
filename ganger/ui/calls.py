"""A call of a component as data: from it comes the text that a template would hold, and the markup.

The catalogue stores its examples so, and the playground makes one of what was typed: both show a text whose
render is exactly the markup beside it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from markupsafe import Markup, escape


class Key:
    """Where a call block says the key that it is called with, as the panels of tabs are."""


KEY = Key()


@dataclass(frozen=True, slots=True)
class Call:
    """One call: arguments by place and by name, JSON values or calls; `block` stands in a call block."""

    macro: str
    args: tuple[object, ...] = ()
    named: Mapping[str, object] = field(default_factory=dict)
    block: "tuple[Piece, ...] | None" = None

    @property
    def expression(self) -> str:
        """The call as it stands in an expression."""
        given = [literal(value) for value in self.args]
        given += [f"{name}={literal(value)}" for name, value in self.named.items()]
        return f"ui.{self.macro}({', '.join(given)})"

    @property
    def text(self) -> str:
        """The call as a template holds it."""
        if self.block is None:
            return f"{{{{ {self.expression} }}}}"
        takes = "(key)" if KEY in self.block else ""
        return f"{{% call{takes} {self.expression} %}}{text_of(self.block)}{{% endcall %}}"


Piece = Call | Key | str  # a text is markup as a template holds it


class Macro(Protocol):
    """A component as a function."""

    def __call__(self, *args: object, **named: object) -> str:
        """The markup; ComponentError for what it does not take."""
        ...


def call(macro: str, *args: object, block: tuple[Piece, ...] | str | None = None, **named: object) -> Call:
    """A call as the manifests write it."""
    return Call(macro, args, named, (block,) if isinstance(block, str) else block)


def literal(value: object) -> str:
    """A JSON value, or a call, as an expression of a template.

    Raises:
        TypeError: the value is neither.
    """
    match value:
        case None:
            return "none"
        case bool():
            return "true" if value else "false"
        case Call():
            return value.expression
        case str() | int() | float():
            # Jinja reads the escapes of JSON as JSON does; letters beyond ASCII stand as they are.
            return json.dumps(value, ensure_ascii=False)
        case list() | tuple():
            return f"[{', '.join(literal(each) for each in value)}]"
        case Mapping():
            return f"{{{', '.join(f'{literal(name)}: {literal(each)}' for name, each in value.items())}}}"
    raise TypeError(f"{type(value).__name__} cannot stand in a template")


def text_of(pieces: tuple[Piece, ...]) -> str:
    """The template text of these pieces in a row."""
    return "".join(_text(piece) for piece in pieces)


def markup_of(library: Mapping[str, Macro], pieces: tuple[Piece, ...], key: str = "") -> Markup:
    """What the text of these pieces renders to.

    Args:
        library: the components by name; ids are counted, so this runs inside `counted_ids`.
    Raises:
        ComponentError: a component was called with what it does not take.
    """
    return Markup("").join(_markup(library, piece, key) for piece in pieces)


def _text(piece: Piece) -> str:
    match piece:
        case Call():
            return piece.text
        case Key():
            return "{{ key }}"
    return piece


def _markup(library: Mapping[str, Macro], piece: Piece, key: str) -> Markup:
    match piece:
        case Call():
            return _called(library, piece)
        case Key():
            return escape(key)
    return Markup(piece)  # noqa: S704 - markup that stands in the source


def _called(library: Mapping[str, Macro], asked: Call) -> Markup:
    named = {name: _value(library, value) for name, value in asked.named.items()}
    block = asked.block
    if block is not None:
        named["caller"] = lambda key="": markup_of(library, block, key)
    args = [_value(library, value) for value in asked.args]
    return Markup(library[asked.macro](*args, **named))  # noqa: S704 - the output of a component


def _value(library: Mapping[str, Macro], value: object) -> object:
    return _called(library, value) if isinstance(value, Call) else value
