"""The inventory worker's crons."""

from datetime import UTC, datetime
from typing import Any

from app_workers.inventory.checks import check_ledger, scan_alerts
from ganger.db import DatabaseError
from ganger.edge import ApplicationEntrypoint, environment, services
from ganger.log import log_exception, log_security

# By the crons of wrangler/inventory.jsonc, in UTC.
_JOBS = {"0 6 * * *": check_ledger, "0 10 * * *": scan_alerts}


class ScheduledEntrypoint(ApplicationEntrypoint):
    """A worker that also checks its ledger and scans for alerts, every day."""

    async def scheduled(self, controller: Any, _env: Any, _ctx: Any) -> None:
        """Do what is due.

        Nothing is raised: the runtime would log the text of the exception.
        """
        try:
            database = services(environment()).database
            if database is None:
                raise DatabaseError("This worker has no database.")
            job = _JOBS[controller.cron]
            await job(database, datetime.fromtimestamp(controller.scheduledTime / 1000, UTC))
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told by type and place alone
            log_exception(error, request_id="inventory-cron")
            log_security("daily check failed")
