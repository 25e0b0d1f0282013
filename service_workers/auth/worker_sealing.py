"""The identity worker's cron: it owns the platform's tables, and alone holds the keys of the audit chain."""

from datetime import UTC, datetime
from typing import Any

from ganger.db import DatabaseError
from ganger.edge import ApplicationEntrypoint, environment, services
from ganger.log import log_exception, log_security
from ganger.tokens import KeyRing
from service_workers.auth.sealing import seal_audit_rows


class SealingEntrypoint(ApplicationEntrypoint):
    """A worker that also seals audit rows, every hour."""

    async def scheduled(self, controller: Any, _env: Any, _ctx: Any) -> None:
        """Seal what has come since the last time.

        Nothing is raised: the runtime would log the text of the exception.
        """
        try:
            bindings = environment()
            database = services(bindings).database
            if database is None:
                raise DatabaseError("This worker has no database.")
            now = datetime.fromtimestamp(controller.scheduledTime / 1000, UTC)
            await seal_audit_rows(database, KeyRing.parse(bindings.AUDIT_KEYS), now)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told by type and place alone
            log_exception(error, request_id="audit-sealing")
            log_security("audit not sealed")
