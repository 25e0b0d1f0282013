"""The page of one component."""

from app_workers.showcase import labels
from app_workers.showcase.domain.reviews import state_of
from app_workers.showcase.live import topic_of
from app_workers.showcase.models import ReviewQuery, View
from app_workers.showcase.permissions import REVIEW
from app_workers.showcase.routes.samples import samples_of
from app_workers.showcase.routes.viewing import manifest_of, view_page
from app_workers.showcase.store import reviews_in
from ganger.context import Context
from ganger.http import Response
from ganger.permissions import is_allowed
from ganger.ui.manifest import Component

_SHOWN_REVIEWS = 5
_PORTRAIT = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><path fill="#0f766e" d="M0 0h40v40H0z"/>'
    '<circle cx="20" cy="15" r="7" fill="#ccfbf1"/><path fill="#ccfbf1" d="M6 40a14 14 0 0 1 28 0z"/></svg>'
)


async def get_component_page(ctx: Context) -> Response:
    """Show a component: its states, how it is called, what holds for it, and its reviews."""
    manifest, view = manifest_of(ctx), ctx.query(View)
    asked = ReviewQuery(component=manifest.slug, limit=_SHOWN_REVIEWS)
    reviews, total = await reviews_in(ctx.db, asked)
    return view_page(
        ctx,
        "component.html",
        view,
        page_title=manifest.title,
        labels=labels,
        manifest=manifest,
        samples=samples_of(ctx, manifest, view.theme),
        state=state_of(manifest.version, reviews[0] if reviews else None, ctx.today),
        reviews=reviews,
        total=total,
        can_play=isinstance(manifest, Component),
        can_review=is_allowed(ctx.person, REVIEW),
        topic=topic_of(ctx),
    )


async def get_portrait(_ctx: Context) -> Response:
    """Return the picture that the avatar's example shows."""
    return Response(_PORTRAIT, headers={"content-type": "image/svg+xml", "cache-control": "max-age=86400"})
