"""What the router asks over its service binding, and the keys of this worker."""

from workers import WorkerEntrypoint

from ganger.clock import system_clock
from ganger.db import DatabaseError
from ganger.edge import environment, services
from ganger.log import log, log_exception
from ganger.tokens import KeyRing
from service_workers.auth.renewal import REQUEST_ID, UNAVAILABLE, Question, renewal
from service_workers.auth.signing import Signer


def signing() -> Signer:
    """What signs sessions; known only while a request runs."""
    bindings = environment()
    return Signer(KeyRing.parse(bindings.SESSION_KEYS), int(bindings.SESSION_FRESH_S))


class Sessions(WorkerEntrypoint):
    """Sessions, for the router alone."""

    async def renew(self, cookie: str, address: str) -> dict[str, str]:
        """Answer with a fresh cookie for a stale one; see `renewal` for the values.

        Nothing is raised: an exception would cross the binding as the text of its traceback.

        Args:
            address: where the request came from; empty if that is not known.
        """
        try:
            database = services(environment()).database
            if database is None:
                raise DatabaseError("This worker has no database.")
            return await renewal(database, signing(), Question(cookie, address or None), system_clock())
        except DatabaseError:
            log("error", "session_renewal_unavailable")
        except Exception as error:  # noqa: BLE001 - whatever it is, the router gets a value
            log_exception(error, REQUEST_ID)
        return UNAVAILABLE
