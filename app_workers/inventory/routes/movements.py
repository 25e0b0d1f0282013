"""The ledger."""

from app_workers.inventory.models.ledger import MovementQuery
from app_workers.inventory.permissions import VIEW
from app_workers.inventory.store.movements import movements_in
from ganger.context import Context
from ganger.http import Response
from ganger.routing import Route


async def get_movements(ctx: Context) -> Response:
    """List movements, newest first."""
    asked = ctx.query(MovementQuery)
    scope = ctx.scope.at(asked.location_id) if asked.location_id else ctx.scope
    movements, next_cursor = await movements_in(ctx.db, scope, asked)
    return ctx.json({"items": movements, "next_cursor": next_cursor})


ROUTES = (Route("GET", "/api/v1/movements", get_movements, VIEW),)
