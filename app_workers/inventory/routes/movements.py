"""The ledger: its page, for programs and as a file."""

import asyncio

from app_workers.inventory import labels
from app_workers.inventory.models.ledger import (
    ListedMovement,
    Movement,
    MovementFileQuery,
    MovementQuery,
    ReasonCode,
)
from app_workers.inventory.permissions import VIEW
from app_workers.inventory.routes.downloads import Cells, csv_file, dollars
from app_workers.inventory.store.movements import listed_movements, movements_in
from app_workers.inventory.store.people import other_colleagues
from ganger.context import Context, Feed
from ganger.downloads import MAX_LINES, Format
from ganger.exports import count_export
from ganger.http import File, Json, Response
from ganger.routing import Route

_HEADER = (
    "Time (UTC)", "Item", "SKU", "Location", "Lot", "Type", "Change", "Before", "After", "Unit cost",
    "Reason", "Note", "Person", "Witness",
)  # fmt: skip


async def get_movements_page(ctx: Context) -> Response:
    """Show what has moved, newest first."""
    asked = ctx.query(MovementQuery)
    scope = ctx.scope.at(asked.location_id) if asked.location_id else ctx.scope
    movements, people = await asyncio.gather(
        listed_movements(ctx.db, scope, asked), other_colleagues(ctx.db, ctx.user.id)
    )
    return ctx.page(
        "movements.html",
        page_title="Movements",
        labels=labels,
        asked=asked,
        movements=movements[: asked.limit],
        people={ctx.user.id: ctx.user.name} | {each.id: each.name for each in people},
        place_names={location.id: location.name for location in scope.locations},
        older=movements[asked.limit - 1].id if len(movements) > asked.limit else None,
        query_string=ctx.request.query_string,
    )


async def get_movements(ctx: Context) -> Json[Feed[Movement]] | File:
    """List movements, newest first."""
    asked = ctx.query(MovementFileQuery)
    scope = ctx.scope.at(asked.location_id) if asked.location_id else ctx.scope
    if asked.format is Format.CSV:
        await count_export(ctx)
        everything = asked.model_copy(update={"cursor": None, "limit": MAX_LINES})
        lines = await listed_movements(ctx.db, scope, everything)
        places = {location.id: location.name for location in scope.locations}
        return await csv_file(ctx, scope, "movements", _HEADER, (_cells(line, places) for line in lines))
    movements, next_cursor = await movements_in(ctx.db, scope, asked)
    return ctx.json({"items": movements, "next_cursor": next_cursor})


def _cells(line: ListedMovement, places: dict[str, str]) -> Cells:
    return [
        line.created_at,
        line.item_name,
        line.sku,
        places[line.location_id],
        line.lot_number,
        labels.MOVEMENT_TYPES[line.movement_type],
        line.quantity_change,
        line.previous_quantity,
        line.new_quantity,
        dollars(line.unit_cost_cents),
        labels.REASONS[ReasonCode(line.reason_code)] if line.reason_code else None,
        line.note,
        line.user_name,
        line.witness_name,
    ]


ROUTES = (
    Route("GET", "/movements", get_movements_page, VIEW),
    Route("GET", "/api/v1/movements", get_movements, VIEW),
)
