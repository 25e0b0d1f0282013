"""The inventory worker's crons."""

from datetime import UTC, datetime
from typing import Any

from app_workers.inventory.checks import check_ledger
from ganger.db import DatabaseError
from ganger.edge import ApplicationEntrypoint, environment, services
from ganger.log import log_exception, log_security


class ScheduledEntrypoint(ApplicationEntrypoint):
    """A worker that also checks its ledger, every day."""

    async def scheduled(self, controller: Any, _env: Any, _ctx: Any) -> None:
        """Check the ledger.

        Nothing is raised: the runtime would log the text of the exception.
        """
        try:
            database = services(environment()).database
            if database is None:
                raise DatabaseError("This worker has no database.")
            await check_ledger(database, datetime.fromtimestamp(controller.scheduledTime / 1000, UTC))
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told by type and place alone
            log_exception(error, request_id="ledger-check")
            log_security("ledger not checked")
