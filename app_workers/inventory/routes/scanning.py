"""Scanning: the page with camera and field, and the look-up for programs."""

from http import HTTPStatus

from app_workers.inventory import labels
from app_workers.inventory.domain.levels import lot_condition
from app_workers.inventory.domain.scanning import MAX_CODE, parse_scan
from app_workers.inventory.errors import BarcodeUnknown
from app_workers.inventory.models.counts import CountSession, CountStatus
from app_workers.inventory.models.scanning import ScanHit, ScanPageQuery, ScanQuery
from app_workers.inventory.permissions import COUNT, MANAGE_CATALOG, USE, VIEW
from app_workers.inventory.routes.kept import kept_scanned
from app_workers.inventory.routes.places import chosen_place
from app_workers.inventory.routes.rights import changes_allowed
from app_workers.inventory.store.counts import open_counts
from app_workers.inventory.store.levels import levels_of, lots_of
from app_workers.inventory.store.recent_scans import note_scan, recent_scans
from app_workers.inventory.store.scanning import count_unmatched, unmatched_of
from ganger.camera import with_camera
from ganger.context import Context
from ganger.errors import ValidationFailed
from ganger.http import Json, Response
from ganger.permissions import is_allowed
from ganger.routing import Route
from ganger.scope import Scope


async def get_scan_page(ctx: Context) -> Response:
    """Show the field for a code and, after a scan, what it leads to."""
    asked = ctx.query(ScanPageQuery)
    place = chosen_place(ctx, asked.location_id)
    outcome = await _look_up(ctx, place, asked.code) if asked.code else None
    hit = outcome if isinstance(outcome, ScanHit) else None
    if asked.code and not ctx.request.is_ahead:
        await note_scan(
            ctx.db, place, ctx.now, parse_scan(asked.code), asked.code, hit.item.id if hit else None
        )
    is_unknown = isinstance(outcome, BarcodeUnknown)
    unknown = await unmatched_of(ctx.db, parse_scan(asked.code or "").barcode) if is_unknown else None
    page = ctx.page(
        "scan.html",
        HTTPStatus.NOT_FOUND if is_unknown else HTTPStatus.OK,
        page_title=hit.item.name if hit else "Scan",
        labels=labels,
        location=place.locations[0],
        code=asked.code,
        hit=hit,
        recent=await recent_scans(ctx.db, place),
        lots=[(lot, lot_condition(lot, ctx.today)) for lot in hit.lots] if hit else [],
        place_names={location.id: location.name for location in place.locations},
        unknown=unknown,
        may_suggest=is_allowed(ctx.user, USE),
        changes_allowed=changes_allowed(ctx),
        counts=await _counts_under_way(ctx, place) if hit else [],
        may_manage=is_allowed(ctx.user, MANAGE_CATALOG),
    )
    return with_camera(page)


async def get_scan(ctx: Context) -> Json[ScanHit]:
    """Return what a code leads to; one that leads nowhere is counted."""
    asked = ctx.query(ScanQuery)
    outcome = await _look_up(ctx, chosen_place(ctx, asked.location_id), asked.code)
    if isinstance(outcome, BarcodeUnknown):
        raise outcome
    return ctx.json(outcome)


async def _counts_under_way(ctx: Context, place: Scope) -> list[CountSession]:
    """The counts into which the person may scan there."""
    if not is_allowed(ctx.user, COUNT):
        return []
    sessions = await open_counts(ctx.db, place)
    return [session for session in sessions if session.status is CountStatus.IN_PROGRESS]


async def _look_up(ctx: Context, place: Scope, code: str) -> ScanHit | BarcodeUnknown:
    parsed = parse_scan(code)
    if not 1 <= len(parsed.barcode) <= MAX_CODE:
        raise ValidationFailed({"code": "is no barcode"})
    try:
        found = await kept_scanned(ctx, parsed, code)
    except BarcodeUnknown as unknown:
        await count_unmatched(ctx.db, place, ctx.actor, parsed, code)
        return unknown
    item = found.item
    levels = await levels_of(ctx.db, place, item.id, ctx.today)
    lots = await lots_of(ctx.db, place, item.id)
    stock = levels[0] if levels else None
    return ScanHit(item=item, units_per_scan=found.units_per_scan, stock=stock, lots=lots, parsed=parsed)


ROUTES = (
    Route("GET", "/scan", get_scan_page, VIEW),
    Route("GET", "/api/v1/scan", get_scan, VIEW),
)
