"""The playground: a component with parameters of one's own choice."""

import asyncio
from datetime import timedelta
from http import HTTPStatus

from markupsafe import Markup

from app_workers.showcase.domain.params import BY_SLUG
from app_workers.showcase.domain.typed import controls_of, read_params, start_of
from app_workers.showcase.errors import InvalidParameter, RenderTimeout, UnknownComponent
from app_workers.showcase.models import RenderedMarkup, RenderRequest
from app_workers.showcase.rendering import Rendered, played
from app_workers.showcase.routes.samples import document
from app_workers.showcase.routes.viewing import view_of, view_page
from ganger.context import Context
from ganger.errors import AppError, NotFound
from ganger.http import Json, Response
from ganger.ui.manifest import Component

RENDERS_WITHIN = timedelta(milliseconds=200)


async def get_playground_page(ctx: Context) -> Response:
    """Show a component as the address says; its form writes that address."""
    component = BY_SLUG.get(ctx.params["slug"])
    if component is None:
        raise NotFound("There is no playground for this.")
    view, typed = view_of(ctx.request.query)
    typed = typed or start_of(component)
    refusal: AppError | None = None
    try:
        shown: Rendered | None = await _render(ctx, component, read_params(component, typed))
    except AppError as error:
        shown, refusal = None, error
    html = shown.html if shown else Markup("")
    return view_page(
        ctx,
        "playground.html",
        view,
        refusal.status if refusal else HTTPStatus.OK,
        page_title=f"{component.title} playground",
        manifest=component,
        controls=controls_of(component, typed),
        shown=shown,
        refusal=refusal,
        wrong=refusal.name.partition(".")[0].partition("[")[0]
        if isinstance(refusal, InvalidParameter)
        else "",
        document=document(ctx, "Result", html, view.theme),
    )


async def post_render(ctx: Context) -> Json[RenderedMarkup]:
    """Return what a component makes of parameters, and the call that says so."""
    asked = await ctx.parse(RenderRequest)
    component = BY_SLUG.get(asked.component)
    if component is None:
        raise UnknownComponent("There is no such component.")
    shown = await _render(ctx, component, asked.params)
    return ctx.json({"html": shown.html, "call": shown.call})


async def _render(ctx: Context, component: Component, params: dict[str, object]) -> Rendered:
    """Render within the bounds of `domain.params`, which keep it short, and refuse what took too long."""
    library = ctx.pages.library  # what a worker's first render loads is not the caller's
    started = ctx.services.clock()
    shown = played(library, component, params)
    # A worker's clock stands still while it computes; it goes on once the worker has waited.
    await asyncio.sleep(0)
    if ctx.services.clock() - started > RENDERS_WITHIN:
        raise RenderTimeout("Rendering this took too long. Try fewer parameters.")
    return shown
