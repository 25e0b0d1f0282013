"""The live topics: of a packet, of a location's packets, and of a PDF that is being drawn."""

from app_workers.handouts.live import location_of, packet_of, packet_topic
from app_workers.handouts.pdfs import drawing_job
from app_workers.handouts.permissions import GIVE
from app_workers.handouts.store.packets import find_packet
from ganger.context import Context
from ganger.contracts.heavy import job_topic
from ganger.errors import Unavailable
from ganger.http import Response
from ganger.live import join, join_one_of
from ganger.routing import Route


async def get_live(ctx: Context) -> Response:
    """Let the person into the topic of a packet at one of their locations, or of one of these."""
    packet_id = packet_of(ctx.params["topic"])
    if packet_id is not None:
        packet = await find_packet(ctx.db, ctx.scope, packet_id)
        return await join(ctx, packet_topic(packet.id))
    ctx.scope.at(location_of(ctx.params["topic"]))
    return await join(ctx, ctx.params["topic"])


async def get_drawing(ctx: Context) -> Response:
    """Let the person follow the PDF of a packet while it is drawn."""
    packet = await find_packet(ctx.db, ctx.scope, ctx.params["packet_id"])
    job = await drawing_job(ctx, ctx.scope, packet)
    if ctx.services.job_topics is None:
        raise Unavailable("This worker has no topics of jobs.")
    return await join_one_of(ctx, ctx.services.job_topics, job_topic(job.id))


ROUTES = (
    Route("GET", "/live/{topic}", get_live, GIVE),
    Route("GET", "/packets/{packet_id}/drawing", get_drawing, GIVE),
)
