"""What is looked at by the clock: whether the ledger holds, what has expired, which counts were left."""

from datetime import datetime

from app_workers.inventory.store.alerts import refresh_alerts
from app_workers.inventory.store.count_leftovers import cancel_left_counts
from app_workers.inventory.store.people import everywhere
from app_workers.inventory.store.reconciling import differences
from ganger.alerts import notify_superadmins
from ganger.audit import Actor, audit_row
from ganger.db import Database
from ganger.log import log, log_security

_SHOWN = 20


async def scan_alerts(db: Database, now: datetime) -> None:
    """Open and close alerts everywhere: dates pass without anybody changing stock.

    Raises:
        DatabaseError: the database is not there.
    """
    await refresh_alerts(db, await everywhere(db), now)
    log("info", "alerts scanned")


async def end_left_counts(db: Database, now: datetime) -> None:
    """Cancel the spot counts that nobody goes on with.

    Raises:
        DatabaseError: the database is not there.
    """
    await cancel_left_counts(db, await everywhere(db), now)


async def check_ledger(db: Database, now: datetime) -> None:
    """Compare what is on hand with the sum of its movements and lots; tell of what differs.

    Raises:
        DatabaseError: the database is not there.
    """
    found = await differences(db)
    if not found:
        log("info", "ledger checked")
        return
    log_security("ledger does not hold", count=len(found))
    actor = Actor("system", "ledger-check", None, now)
    fields = {"count": len(found), "first": [each.plain() for each in found[:_SHOWN]]}
    title = f"The supply ledger does not hold in {len(found)} places: run `ganger inventory reconcile`"
    await db.batch(
        [
            audit_row(actor, "inventory:mismatch", "inventory_ledger", "all", None, fields),
            notify_superadmins(now, title),
        ]
    )
