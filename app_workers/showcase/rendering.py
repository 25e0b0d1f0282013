"""Markup of components: the states of the catalogue, and what the playground asks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from jinja2 import TemplateRuntimeError
from markupsafe import Markup

from app_workers.showcase.domain.params import BY_SLUG, checked_call
from app_workers.showcase.domain.tokens import Tokens, grouped
from app_workers.showcase.errors import InvalidParameter
from ganger.pages import Pages
from ganger.ui.calls import Macro, Piece, markup_of
from ganger.ui.colours import tokens_of
from ganger.ui.environment import counted_ids
from ganger.ui.manifest import Component
from ganger.ui.rules import ComponentError


@dataclass(frozen=True, slots=True)
class Rendered:
    """Markup, and the call of a template that renders to it."""

    html: Markup
    call: str


@cache  # for as long as the worker is this release
def states_of(pages: Pages, slug: str) -> tuple[Markup, ...]:
    """The markup of every example in their order; their ids are those of one page."""
    with counted_ids():
        return tuple(markup_of(pages.library, example.pieces) for example in BY_SLUG[slug].examples)


@cache
def states_alone(pages: Pages, slug: str) -> tuple[Markup, ...]:
    """The markup of every example by itself, as its call renders alone."""
    return tuple(_alone(pages.library, example.pieces) for example in BY_SLUG[slug].examples)


@cache
def tokens(pages: Pages) -> Tokens:
    """The tokens of the style sheet that every page carries."""
    return grouped(tokens_of(pages.render("ui/critical.css", {})))


def played(library: Mapping[str, Macro], component: Component, given: Mapping[str, object]) -> Rendered:
    """What the component makes of these parameters.

    Raises:
        ParamsTooLarge: more was given than is rendered.
        InvalidParameter: the component takes no such parameter or value.
    """
    asked = checked_call(component, given)
    try:
        return Rendered(_alone(library, (asked,)), asked.text)
    except ComponentError as error:
        # A component may hand a value on to another, as a button its icon.
        is_own = error.component == component.macro
        name = error.parameter if is_own else f"{error.component}.{error.parameter}"
        raise InvalidParameter(name, error.allowed) from error
    except TemplateRuntimeError as error:
        # A record lacks what another parameter names, as a row its column's key.
        raise InvalidParameter("records", ("the fields that the other parameters name",)) from error


def _alone(library: Mapping[str, Macro], pieces: tuple[Piece, ...]) -> Markup:
    """The markup of these pieces, with ids counted from 1."""
    with counted_ids():
        return markup_of(library, pieces)
