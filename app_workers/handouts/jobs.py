"""What is done by the clock: PDFs and messages under way, and what is over."""

from datetime import timedelta

from app_workers.handouts.pdfs import settle
from app_workers.handouts.sending import follow_delivery, try_delivery
from app_workers.handouts.store.everywhere import everywhere
from app_workers.handouts.store.failures import failure_notices
from app_workers.handouts.store.outside import forget_tries
from app_workers.handouts.store.packets import queued_packets
from app_workers.handouts.store.patient_codes import delete_codes
from app_workers.handouts.store.retention import delete_links, delete_packets, drafts_before, packets_before
from app_workers.handouts.store.sending import due
from ganger.clock import clinic_date
from ganger.jobs import Job, Run, always, at_utc
from ganger.log import log

_AT_ONCE = 25  # in one run of a minute
_PER_DAY = 200
DRAFTS_KEPT = timedelta(hours=24)
LINKS_KEPT = timedelta(days=30)
PACKETS_KEPT = timedelta(days=7 * 365 + 2)  # seven years with their leap days


async def settle_packets(run: Run) -> None:
    """Ask after the PDFs that are being made."""
    scope = await everywhere(run.db)
    for packet in await queued_packets(run.db, scope, _AT_ONCE):
        await settle(run, scope, packet)


async def move_deliveries(run: Run) -> None:
    """Try the messages that the hub did not take, and ask after those that it took."""
    scope = await everywhere(run.db)
    for delivery in await due(run.db, scope, run.at, _AT_ONCE):
        if delivery.hub_message_id is None:
            await try_delivery(run, scope, delivery)
        else:
            await follow_delivery(run, scope, delivery)


async def tell_failures(run: Run) -> None:
    """Tell the managers of each location which messages did not arrive on the day before."""
    yesterday = clinic_date(run.at) - timedelta(days=1)
    notices = await failure_notices(run.db, await everywhere(run.db), yesterday, run.at)
    if notices:
        await run.db.batch(notices)


async def end_what_is_over(run: Run) -> None:
    """Delete drafts after a day, links and patient codes a month after their end, packets after 7 years."""
    scope = await everywhere(run.db)
    drafts = await drafts_before(run.db, scope, run.at - DRAFTS_KEPT, _PER_DAY)
    packets = await packets_before(run.db, scope, run.at - PACKETS_KEPT, _PER_DAY)
    keys = [each.object_key for each in packets if each.object_key is not None]
    if keys and run.services.objects is not None:
        # A file goes before its row, so that none is ever kept that no row knows of.
        await run.services.objects.delete(keys)
    await delete_packets(run.db, scope, run.actor, [*drafts, *packets])
    await delete_links(run.db, scope, run.at - LINKS_KEPT)
    await delete_codes(run.db, scope, run.at - LINKS_KEPT)
    await forget_tries(run.db, run.at - timedelta(hours=1))
    log("info", "packets ended", count=len(drafts) + len(packets))


JOBS = (
    Job("settle-packets", always, settle_packets),
    Job("move-deliveries", always, move_deliveries),
    Job("tell-failed-deliveries", at_utc(12), tell_failures),
    Job("end-packets", at_utc(7), end_what_is_over),
)
