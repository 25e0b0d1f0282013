"""The inventory worker's crons."""

from datetime import UTC, datetime
from typing import Any

from app_workers.inventory.checks import check_ledger, end_left_counts, scan_alerts
from ganger.db import DatabaseError
from ganger.edge import ApplicationEntrypoint, environment, services
from ganger.log import log_exception, log_security

# By the crons of wrangler/inventory.jsonc, in UTC.
_JOBS = {"0 6 * * *": check_ledger, "0 10 * * *": scan_alerts, "17 * * * *": end_left_counts}


class ScheduledEntrypoint(ApplicationEntrypoint):
    """A worker that also checks its ledger, scans for alerts and ends counts that were left."""

    async def scheduled(self, controller: Any, _env: Any, _ctx: Any) -> None:
        """Do what is due.

        Nothing is raised: the runtime would log the text of the exception.
        """
        job = _JOBS[controller.cron]
        try:
            database = services(environment()).database
            if database is None:
                raise DatabaseError("This worker has no database.")
            await job(database, datetime.fromtimestamp(controller.scheduledTime / 1000, UTC))
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told by type and place alone
            log_exception(error, request_id="inventory-cron")
            log_security("job failed", code=job.__name__)
