"""What a patient says of messages, recorded on the page of their packet."""

from app_workers.handouts.consents import RECORDED, record_typed
from app_workers.handouts.permissions import GIVE
from app_workers.handouts.routes.packets import packet_page
from app_workers.handouts.store.packets import find_packet
from ganger.context import Context
from ganger.http import Response
from ganger.routing import Route


async def post_consent_form(ctx: Context) -> Response:
    """Record what the patient of a packet says of messages on a channel."""
    packet = await find_packet(ctx.db, ctx.scope, ctx.params["packet_id"])
    typed = await ctx.request.form()
    refusal = await record_typed(ctx, packet, typed)
    if refusal is not None:
        return await packet_page(ctx, packet, refusal, typed)
    return ctx.redirect(f"/packets/{packet.id}", RECORDED)


ROUTES = (Route("POST", "/packets/{packet_id}/consents", post_consent_form, GIVE),)
