"""Examples as a page shows them: in its place, or in a frame of their own where they are a page."""

from dataclasses import dataclass
from urllib.parse import urlencode

from markupsafe import Markup

from app_workers.showcase.domain.catalogue import Manifest
from app_workers.showcase.domain.typed import typed_of_example
from app_workers.showcase.models import Theme
from app_workers.showcase.rendering import states_of
from ganger.context import Context
from ganger.identity import Location, Person
from ganger.ui.manifest import Component, Example, State

# Who is signed in where a layout is shown.
_SOMEBODY = Person(
    "usr_example",
    "Pat Example",
    "pat.example@example.test",
    "staff",
    (),
    (Location("loc_example", "Plymouth"),),
    "ses_example",
)


@dataclass(frozen=True, slots=True)
class Sample:
    """One example; what takes a page of its own has the document of a frame of that many pixels in height.

    `play` is the query of its playground, where it is a single call.
    """

    title: str
    call: str
    markup: Markup
    document: str
    frame_px: int
    play: str = ""


def samples_of(ctx: Context, manifest: Manifest, theme: Theme) -> list[Sample]:
    """The examples of a component in their order."""
    if not isinstance(manifest, Component):
        return [_layout_sample(ctx, state, theme) for state in manifest.examples]
    markups = states_of(ctx.pages, manifest.slug)
    return [
        _sample(ctx, manifest, example, markup, theme)
        for example, markup in zip(manifest.examples, markups, strict=True)
    ]


def document(ctx: Context, title: str, markup: Markup, theme: Theme) -> str:
    """A document of its own for a frame, which holds nothing but this markup."""
    values = {"title": title, "markup": markup, "theme": theme.value, "nonce": ctx.nonce}
    return ctx.pages.render("sample.html", values)


def layout_html(ctx: Context, state: State) -> str:
    """The page that a layout makes of its state, for a fictional person."""
    context = {
        "app": ctx.worker,
        "apps": ctx.pages.apps_of(_SOMEBODY),
        "flash": None,
        "here": ctx.here,
        "nonce": ctx.nonce,
        "page_title": state.title.capitalize(),
        "person": _SOMEBODY,
        "request_id": "example",
    }
    return ctx.pages.render(state.template, context | dict(state.context))


def _sample(ctx: Context, component: Component, example: Example, markup: Markup, theme: Theme) -> Sample:
    typed = typed_of_example(component, example)
    framed = document(ctx, example.title, markup, theme) if example.frame_px else ""
    return Sample(example.title, example.call, markup, framed, example.frame_px, urlencode(typed or {}))


def _layout_sample(ctx: Context, state: State, theme: Theme) -> Sample:
    page = layout_html(ctx, state)
    if theme is not Theme.SYSTEM:
        # Said in the document alone: what is shown of the call is what a page says.
        page = page.replace('<html lang="en"', f'<html lang="en" data-theme="{theme}"', 1)
    return Sample(state.title, state.call, Markup(""), page, state.frame_px)
