"""What is looked at by the clock: the ledger, what has expired, left counts, what to reorder, mails."""

from datetime import datetime

from app_workers.inventory.live import tell_alerts
from app_workers.inventory.mailing import move_mails
from app_workers.inventory.store.alerts import refresh_alerts
from app_workers.inventory.store.count_leftovers import cancel_left_counts
from app_workers.inventory.store.files import remove_loose_files
from app_workers.inventory.store.people import everywhere
from app_workers.inventory.store.reconciling import differences
from app_workers.inventory.store.reorder import reorder_notices
from ganger.alerts import notify_superadmins
from ganger.audit import audit_row
from ganger.jobs import Job, Run, always, at_utc, hourly_at
from ganger.log import log, log_security

_SHOWN = 20


async def scan_alerts(run: Run) -> None:
    """Open and close alerts everywhere: dates pass without anybody changing stock."""
    scope = await everywhere(run.db)
    turned = await refresh_alerts(run.db, scope, run.at)
    tell_alerts(run.live, turned.places(scope.location_ids), run.at, **turned.counts)
    log("info", "alerts scanned")


async def end_left_counts(run: Run) -> None:
    """Cancel the spot counts that nobody goes on with."""
    await cancel_left_counts(run.db, await everywhere(run.db), run.at)


async def check_ledger(run: Run) -> None:
    """Compare what is on hand with the sum of its movements and lots; tell of what differs."""
    found = await differences(run.db)
    if not found:
        log("info", "ledger checked")
        return
    log_security("ledger does not hold", count=len(found))
    fields = {"count": len(found), "first": [each.plain() for each in found[:_SHOWN]]}
    title = f"The supply ledger does not hold in {len(found)} places: run `ganger inventory reconcile`"
    await run.db.batch(
        [
            audit_row(run.actor, "inventory:mismatch", "inventory_ledger", "all", None, fields),
            notify_superadmins(run.at, title),
        ]
    )


async def tell_reorders(run: Run) -> None:
    """Tell the managers of each location what is to be ordered for it."""
    notices = await reorder_notices(run.db, await everywhere(run.db), run.actor)
    if notices:
        await run.db.batch(notices)
    log("info", "reorders told", count=len(notices))


async def sweep_files(run: Run) -> None:
    """Remove the files that no item and no sheet has."""
    if run.services.objects is not None:
        scope = await everywhere(run.db)
        removed = await remove_loose_files(run.db, run.services.objects, scope, run.actor)
        log("info", "files removed", count=removed)


def _on_mondays(at: datetime) -> bool:
    return at.weekday() == 0 and at_utc(11)(at)


JOBS = (
    Job("check-ledger", at_utc(6), check_ledger),
    Job("scan-alerts", at_utc(10), scan_alerts),
    Job("tell-reorders", _on_mondays, tell_reorders),
    Job("end-left-counts", hourly_at(17), end_left_counts),
    Job("sweep-files", hourly_at(17), sweep_files),
    Job("move-mails", always, move_mails),
)
