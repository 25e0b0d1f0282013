"""What a patient says of messages, recorded on the page of their packet."""

from app_workers.handouts.consents import record_consent
from app_workers.handouts.models.consents import ConsentStart
from app_workers.handouts.packet_errors import CommunicationUnavailable
from app_workers.handouts.permissions import GIVE
from app_workers.handouts.routes.packets import packet_page
from app_workers.handouts.store.packets import find_packet
from ganger.context import Context
from ganger.errors import ValidationFailed
from ganger.http import Response
from ganger.routing import Route


async def post_consent_form(ctx: Context) -> Response:
    """Record what the patient of a packet says of messages on a channel."""
    packet = await find_packet(ctx.db, ctx.scope, ctx.params["packet_id"])
    typed = await ctx.request.form()
    try:
        asked = ConsentStart.checked(typed | {"mrn": packet.patient_mrn})
        await record_consent(ctx, asked, packet.location_id)
    except (ValidationFailed, CommunicationUnavailable) as refusal:
        return await packet_page(ctx, packet, refusal, typed)
    return ctx.redirect(f"/packets/{packet.id}", "What the patient said is recorded.")


ROUTES = (Route("POST", "/packets/{packet_id}/consents", post_consent_form, GIVE),)
