"""The worker's cron: Monday's list of components to review."""

from datetime import UTC, datetime
from typing import Any

from app_workers.showcase.domain.reviews import is_list_time
from app_workers.showcase.monday import send_list
from ganger import catalogue
from ganger.db import DatabaseError
from ganger.edge import ApplicationEntrypoint, environment, services
from ganger.log import log_exception


class ListEntrypoint(ApplicationEntrypoint):
    """A worker that also tells on Mondays what is to be reviewed."""

    async def scheduled(self, controller: Any, _env: Any, _ctx: Any) -> None:
        """Send the list, if this cron is the one that fits the clinics' clock.

        Nothing is raised: the runtime would log the text of the exception.
        """
        now = datetime.fromtimestamp(controller.scheduledTime / 1000, UTC)
        if not is_list_time(now):
            return
        try:
            database = services(environment()).database
            if database is None:
                raise DatabaseError("This worker has no database.")
            await send_list(database, now, f"{catalogue.WORKER.mount}/reviews")
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told by type and place alone
            log_exception(error, request_id="showcase-list")
