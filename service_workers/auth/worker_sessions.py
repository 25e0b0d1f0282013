"""What the router asks over its service binding."""

from workers import WorkerEntrypoint

from ganger.clock import system_clock
from ganger.db import DatabaseError
from ganger.edge import environment, services
from ganger.log import log, log_exception
from ganger.tokens import KeyRing
from service_workers.auth.renewal import UNAVAILABLE, renewal


def session_keys() -> KeyRing:
    """The keys that sign sessions; known only while a request runs."""
    return KeyRing.parse(environment().SESSION_KEYS)


class Sessions(WorkerEntrypoint):
    """Sessions, for the router alone."""

    async def renew(self, cookie: str) -> dict[str, str]:
        """Answer with a fresh cookie for a stale one; see `renewal` for the values.

        Nothing is raised: an exception would cross the binding as the text of its traceback.
        """
        try:
            database = services(environment()).database
            if database is None:
                raise DatabaseError("This worker has no database.")
            return await renewal(database, session_keys(), cookie, system_clock())
        except DatabaseError:
            log("error", "session_renewal_unavailable")
        except Exception as error:  # noqa: BLE001 - whatever it is, the router gets a value
            log_exception(error, request_id="session-renewal")
        return UNAVAILABLE
