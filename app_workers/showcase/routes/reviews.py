"""The reviews, as a page, as a file and for programs."""

import asyncio

from app_workers.showcase import labels
from app_workers.showcase.domain.catalogue import MANIFESTS
from app_workers.showcase.models import Review, ReviewPageQuery, ReviewQuery, Standing
from app_workers.showcase.routes.catalogue import all_entries
from app_workers.showcase.routes.viewing import view_page
from app_workers.showcase.store import reviews_in
from ganger.context import Context, Listed, items
from ganger.http import Json, Response
from ganger.spreadsheets import CSV, csv_text
from ganger.uploads import as_attachment

_MOST_LINES = 5_000
_HEADER = ("component", "version", *labels.CHECKS, "result", "notes", "reviewer", "created_at")


async def get_reviews_page(ctx: Context) -> Response:
    """Show the reviews, and the components that have no pass that counts."""
    asked = ctx.query(ReviewPageQuery)
    (reviews, total), listed = await asyncio.gather(reviews_in(ctx.db, asked), all_entries(ctx))
    return view_page(
        ctx,
        "reviews.html",
        asked,
        page_title="Reviews",
        labels=labels,
        titles={slug: manifest.title for slug, manifest in MANIFESTS.items()},
        asked=asked,
        reviews=reviews,
        total=total,
        open_entries=[entry for entry in listed if entry.state.standing is not Standing.CURRENT],
    )


async def get_reviews(ctx: Context) -> Json[Listed[Review]]:
    """List the reviews, newest first."""
    asked = ctx.query(ReviewQuery)
    reviews, total = await reviews_in(ctx.db, asked)
    return ctx.json(items(reviews, asked.page, asked.limit, total))


async def get_reviews_csv(ctx: Context) -> Response:
    """Return the reviews that the filters find as a file for spreadsheets."""
    asked = ctx.query(ReviewQuery)
    reviews, _ = await reviews_in(ctx.db, asked.model_copy(update={"page": 1, "limit": _MOST_LINES}))
    headers = {"content-type": CSV, "content-disposition": as_attachment("component-reviews.csv")}
    return Response(csv_text(_HEADER, map(_cells, reviews)), headers=headers)


def _cells(review: Review) -> list[str]:
    checks = review.checks.plain()
    judged = [str(checks[name]) for name in labels.CHECKS]
    said = [review.notes or "", review.reviewer_name, review.created_at]
    return [review.component, review.version, *judged, review.result, *said]
