"""Counting: the page that a session is counted on, and the scans that it and programs send."""

from collections.abc import Mapping
from http import HTTPStatus
from uuid import uuid4

from pydantic import Field

from app_workers.inventory import labels
from app_workers.inventory.domain.counting import shows_expected
from app_workers.inventory.live import tell_count
from app_workers.inventory.models.answers import CountedScans
from app_workers.inventory.models.counts import CountStatus, NewScan, ScanBatch, ScanMode, ScanResult
from app_workers.inventory.permissions import COUNT, REVIEW_COUNTS
from app_workers.inventory.routes.counts import place_names, read_count
from app_workers.inventory.routes.forms import field_errors
from app_workers.inventory.store.count_scans import record_scans
from app_workers.inventory.store.counts import find_count
from ganger.camera import with_camera
from ganger.clock import iso_utc
from ganger.context import Context
from ganger.errors import AppError, ValidationFailed
from ganger.forms import read_form
from ganger.http import Json, Response
from ganger.permissions import is_allowed
from ganger.records import Record
from ganger.routing import Route


class CountPageQuery(Record):
    """What is to be counted next: an entry chosen by hand, or a code that was scanned before.

    `cancel` asks about cancelling.
    """

    entry: str | None = None
    barcode: str | None = Field(default=None, max_length=200)
    cancel: bool = False


async def get_count_page(ctx: Context) -> Response:
    """Show a session to those who count it."""
    asked = ctx.query(CountPageQuery)
    _, entries = await read_count(ctx)
    entry = next((each for each in entries if each.id == asked.entry), None)
    typed = {"barcode": entry.sku, "lot_number": entry.lot_number or "", "mode": "set"} if entry else {}
    if entry is None and asked.barcode:
        typed = {"barcode": asked.barcode}
    return await count_page(ctx, typed)


async def post_scan(ctx: Context) -> Response:
    """Count what the form says; if it cannot be, show it again as it was typed."""
    typed = await ctx.request.form()
    form = read_form(NewScan, typed | {"scanned_at": iso_utc(ctx.now), "manual": "true"})
    if form.record is None:
        return await count_page(ctx, form.values, ValidationFailed(form.errors))
    results = await _record(ctx, [form.record])
    if isinstance(results, AppError):
        return await count_page(ctx, form.values, results)
    (result,) = results
    if result.error is not None:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return await count_page(ctx, form.values, status=status, scan_error=result.error.message)
    return ctx.redirect(f"/counts/{ctx.params['count_id']}", *_message(result))


async def post_scans(ctx: Context) -> Json[CountedScans]:
    """Count scans in the order in which they stand; each is told what became of it."""
    results = await _record(ctx, (await ctx.parse(ScanBatch)).scans)
    if isinstance(results, AppError):
        raise results
    session = await find_count(ctx.db, ctx.scope, ctx.params["count_id"])
    return ctx.json({"results": results, "count": session})


async def count_page(
    ctx: Context,
    typed: Mapping[str, str],
    refusal: AppError | None = None,
    status: HTTPStatus = HTTPStatus.OK,
    scan_error: str | None = None,
) -> Response:
    """The page of a session with what was typed and why it was refused."""
    session, entries = await read_count(ctx)
    errors = {"barcode": scan_error} if scan_error else field_errors(refusal)
    may_review = is_allowed(ctx.person, REVIEW_COUNTS)
    page = ctx.page(
        "count.html",
        refusal.status if refusal else status,
        page_title=session.name,
        labels=labels,
        session=session,
        entries=entries,
        is_open=session.status is CountStatus.IN_PROGRESS,
        may_review=may_review,
        may_cancel=session.status in (CountStatus.IN_PROGRESS, CountStatus.SUBMITTED)
        and (may_review or session.started_by == ctx.user.id),
        shows_review=shows_expected(session, may_review=may_review),
        asks_cancel=ctx.query(CountPageQuery).cancel,
        place_names=place_names(ctx),
        typed=typed,
        shows_more=bool(errors or typed.get("lot_number") or typed.get("mode") == ScanMode.SET),
        errors=errors,
        refusal=refusal,
        client_ref=str(uuid4()),
    )
    return with_camera(page)


async def _record(ctx: Context, scans: list[NewScan]) -> list[ScanResult] | AppError:
    session = await find_count(ctx.db, ctx.scope, ctx.params["count_id"])
    place = ctx.scope.at(session.location_id)
    results = await record_scans(ctx.db, place, ctx.actor, session.id, scans)
    if not isinstance(results, AppError):
        changed = {each.entry.id: each.entry for each in results if each.entry and not each.duplicate}
        if changed:
            tell_count(ctx, await find_count(ctx.db, place, session.id), changed.values())
    return results


def _message(result: ScanResult) -> tuple[str, str]:
    """What the next page says, and its tone."""
    entry = result.entry
    if entry is None or result.duplicate:
        return "This was counted already; nothing was added.", "info"
    lot = f", lot {entry.lot_number}" if entry.lot_number else ""
    return f"{entry.item_name}{lot}: {entry.counted_quantity or 0:,} counted.", "success"


ROUTES = (
    Route("GET", "/counts/{count_id}", get_count_page, COUNT),
    Route("POST", "/counts/{count_id}", post_scan, COUNT),
    Route("POST", "/api/v1/counts/{count_id}/scans", post_scans, COUNT),
)
