"""The catalogue, as a page and for programs."""

from app_workers.showcase import labels
from app_workers.showcase.domain.catalogue import (
    MANIFESTS,
    Entry,
    Manifest,
    entries,
    found,
    manifest_plain,
)
from app_workers.showcase.models import CatalogueQuery
from app_workers.showcase.rendering import states_alone
from app_workers.showcase.routes.samples import layout_html
from app_workers.showcase.routes.viewing import manifest_of, view_page
from app_workers.showcase.store import newest_reviews
from ganger.context import Context, Listed, items
from ganger.http import Json, Response
from ganger.ui.manifest import Component


async def get_catalogue_page(ctx: Context) -> Response:
    """Show the components by group."""
    asked = ctx.query(CatalogueQuery)
    listed = await all_entries(ctx)
    return view_page(
        ctx,
        "catalogue.html",
        asked,
        page_title="Components",
        labels=labels,
        asked=asked,
        listed=found(listed, asked),
        total=len(listed),
    )


async def get_components(ctx: Context) -> Json[Listed[Entry]]:
    """List the components."""
    asked = ctx.query(CatalogueQuery)
    listed = found(await all_entries(ctx), asked)
    start = (asked.page - 1) * asked.limit
    return ctx.json(items(listed[start : start + asked.limit], asked.page, asked.limit, len(listed)))


async def get_component(ctx: Context) -> Json[dict[str, object]]:
    """Return a component's manifest with the markup of its examples."""
    manifest = manifest_of(ctx)
    return ctx.json(manifest_plain(manifest, _htmls(ctx, manifest)))


async def all_entries(ctx: Context) -> list[Entry]:
    """Every component with how it stands today."""
    return entries(await newest_reviews(ctx.db, MANIFESTS), ctx.today)


def _htmls(ctx: Context, manifest: Manifest) -> list[str]:
    if isinstance(manifest, Component):
        return list(states_alone(ctx.pages, manifest.slug))
    return [layout_html(ctx, state) for state in manifest.examples]
