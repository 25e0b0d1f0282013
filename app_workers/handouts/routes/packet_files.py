"""The PDF of a packet, and a packet as it stands once its PDF was asked after."""

from app_workers.handouts.models.packets import Packet, PacketStatus
from app_workers.handouts.packet_errors import NotReady
from app_workers.handouts.pdfs import settle
from app_workers.handouts.permissions import GIVE
from app_workers.handouts.routes.seen import note_packet_seen
from app_workers.handouts.store.files import object_key_of
from app_workers.handouts.store.packets import find_packet
from ganger.context import Context
from ganger.http import File
from ganger.routing import Route


async def current(ctx: Context) -> Packet:
    """The packet of the address; one that is being made, or lacks its file, is asked after first."""
    packet = await find_packet(ctx.db, ctx.scope, ctx.params["packet_id"])
    lacks_file = packet.status is PacketStatus.READY and packet.pdf_upload_id is None
    if packet.status is not PacketStatus.QUEUED and not lacks_file:
        return packet
    settled = await settle(ctx, ctx.scope, packet)
    # Somebody else has just written down how it stands.
    return settled if isinstance(settled, Packet) else await find_packet(ctx.db, ctx.scope, packet.id)


async def get_pdf(ctx: Context) -> File:
    """Send the PDF, to be shown by the browser."""
    packet = await current(ctx)
    if packet.pdf_upload_id is None:
        raise NotReady("This packet has no PDF yet.")
    await note_packet_seen(ctx, packet)
    found = await ctx.objects.open(await object_key_of(ctx.db, ctx.scope, packet.pdf_upload_id))
    headers = {
        "content-type": "application/pdf",
        "content-length": str(found.size_bytes),
        "content-disposition": 'inline; filename="handout.pdf"',
    }
    return File(headers=headers, stream=found.stream)


ROUTES = (
    Route("GET", "/packets/{packet_id}/pdf", get_pdf, GIVE),
    Route("GET", "/api/v1/packets/{packet_id}/pdf", get_pdf, GIVE),
)
