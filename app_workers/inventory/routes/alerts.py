"""Open alerts: their list, and who looks after one."""

from app_workers.inventory import labels
from app_workers.inventory.live import tell_alerts
from app_workers.inventory.models.alerts import Alert, AlertQuery
from app_workers.inventory.permissions import USE, VIEW
from app_workers.inventory.store.alerts import acknowledge, alerts_in
from ganger.context import Context, Listed, items
from ganger.http import Json, Response
from ganger.routing import Route
from ganger.scope import Scope


async def get_alerts_page(ctx: Context) -> Response:
    """Show the open alerts, the most severe first."""
    asked = ctx.query(AlertQuery)
    listed, total = await alerts_in(ctx.db, _asked_scope(ctx, asked), asked)
    return ctx.page(
        "alerts.html",
        page_title="Alerts",
        labels=labels,
        asked=asked,
        listed=listed,
        total=total,
        place_names={location.id: location.name for location in ctx.scope.locations},
        url=f"{ctx.url('/alerts')}?{ctx.request.query_string}",
    )


async def get_alerts(ctx: Context) -> Json[Listed[Alert]]:
    """List the open alerts."""
    asked = ctx.query(AlertQuery)
    listed, total = await alerts_in(ctx.db, _asked_scope(ctx, asked), asked)
    return ctx.json(items(listed, asked.page, asked.limit, total))


async def post_acknowledge_form(ctx: Context) -> Response:
    """Note that the person looks after an alert."""
    alert = await _acknowledge(ctx)
    return ctx.redirect("/alerts", f"You look after {alert.item_name}.")


async def post_acknowledge(ctx: Context) -> Json[Alert]:
    """Note that the person looks after an alert."""
    return ctx.json(await _acknowledge(ctx))


async def _acknowledge(ctx: Context) -> Alert:
    alert = await acknowledge(ctx.db, ctx.scope, ctx.actor, ctx.params["alert_id"])
    places = [alert.location_id] if alert.location_id else ctx.scope.location_ids
    tell_alerts(ctx.live, places, ctx.now, acknowledged=1)
    return alert


def _asked_scope(ctx: Context, asked: AlertQuery) -> Scope:
    return ctx.scope.at(asked.location_id) if asked.location_id else ctx.scope


ROUTES = (
    Route("GET", "/alerts", get_alerts_page, VIEW),
    Route("POST", "/alerts/{alert_id}/acknowledge", post_acknowledge_form, USE),
    Route("GET", "/api/v1/alerts", get_alerts, VIEW),
    Route("POST", "/api/v1/alerts/{alert_id}/acknowledge", post_acknowledge, USE),
)
