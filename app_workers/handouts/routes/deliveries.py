"""Sending packets: by text message and e-mail."""

from http import HTTPStatus

from app_workers.handouts.models.deliveries import DeliveryStart, Underway
from app_workers.handouts.permissions import GIVE
from app_workers.handouts.routes.packets import packet_page
from app_workers.handouts.sending import end_link, send_again, send_packet
from app_workers.handouts.store.packets import find_packet
from app_workers.handouts.store.sending import find_underway
from ganger.context import Context
from ganger.errors import AppError, ValidationFailed
from ganger.http import Json, Response
from ganger.routing import Route

_SAID = "The message is on its way."


async def post_delivery(ctx: Context) -> Json[Underway]:
    """Send a packet."""
    packet = await find_packet(ctx.db, ctx.scope, ctx.params["packet_id"])
    return _accepted(ctx, await send_packet(ctx, packet, await ctx.parse(DeliveryStart)))


async def post_retry(ctx: Context) -> Json[Underway]:
    """Send anew what failed."""
    return _accepted(ctx, await _again(ctx))


async def post_revoke_link(ctx: Context) -> Json[Underway]:
    """Let the link of one delivery open nothing any more."""
    outcome = await end_link(ctx, await _delivery(ctx))
    if isinstance(outcome, AppError):
        raise outcome
    return ctx.json(outcome)


async def post_send_form(ctx: Context) -> Response:
    """Send a packet from its page."""
    packet = await find_packet(ctx.db, ctx.scope, ctx.params["packet_id"])
    typed = {name: value.strip() for name, value in (await ctx.request.form()).items()}
    asked: dict[str, object] = {
        "channel": typed.get("channel", ""),
        "destination": typed.get("phone" if typed.get("channel") == "sms" else "email", ""),
        "destination_confirmed": "destination_confirmed" in typed,
    }
    if typed.get("consent"):
        asked["consent"] = {"consented": True, "method": typed["consent"]}
    try:
        outcome = await send_packet(ctx, packet, DeliveryStart.checked(asked))
    except ValidationFailed as refusal:
        outcome = refusal
    if isinstance(outcome, AppError):
        return await packet_page(ctx, packet, outcome, typed)
    return ctx.redirect(f"/packets/{packet.id}", _SAID)


async def post_retry_form(ctx: Context) -> Response:
    """Send anew what failed, from the page of its packet or from the first one."""
    from_today = (await ctx.request.form()).get("from") == "today"
    outcome = await _again(ctx)
    if isinstance(outcome, AppError):
        return await _page(ctx, outcome)
    return ctx.redirect("/" if from_today else f"/packets/{outcome.handout_id}", _SAID)


async def post_revoke_link_form(ctx: Context) -> Response:
    """The same for one link, from the page of its packet."""
    outcome = await end_link(ctx, await _delivery(ctx))
    if isinstance(outcome, AppError):
        return await _page(ctx, outcome)
    return ctx.redirect(f"/packets/{outcome.handout_id}", "The link of that message opens nothing any more.")


async def _delivery(ctx: Context) -> Underway:
    return await find_underway(ctx.db, ctx.scope, ctx.params["delivery_id"])


async def _page(ctx: Context, refusal: AppError) -> Response:
    """The page of the packet whose message nothing was done with."""
    packet_id = (await _delivery(ctx)).handout_id
    return await packet_page(ctx, await find_packet(ctx.db, ctx.scope, packet_id), refusal)


async def _again(ctx: Context) -> Underway | AppError:
    delivery = await _delivery(ctx)
    return await send_again(ctx, await find_packet(ctx.db, ctx.scope, delivery.handout_id), delivery)


def _accepted(ctx: Context, outcome: Underway | AppError) -> Json[Underway]:
    if isinstance(outcome, AppError):
        raise outcome
    return ctx.json(outcome, HTTPStatus.ACCEPTED)


ROUTES = (
    Route("POST", "/packets/{packet_id}/deliveries", post_send_form, GIVE),
    Route("POST", "/deliveries/{delivery_id}/retry", post_retry_form, GIVE),
    Route("POST", "/deliveries/{delivery_id}/revoke-link", post_revoke_link_form, GIVE),
    Route("POST", "/api/v1/packets/{packet_id}/deliveries", post_delivery, GIVE),
    Route("POST", "/api/v1/deliveries/{delivery_id}/retry", post_retry, GIVE),
    Route("POST", "/api/v1/deliveries/{delivery_id}/revoke-link", post_revoke_link, GIVE),
)
