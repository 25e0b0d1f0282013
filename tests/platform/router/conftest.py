"""The real router among stub workers."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import httpx
import pytest

from ganger.identity import Location, Person
from ganger.session import COOKIE, LIFETIME_S, Session, seal_session
from ganger.tokens import KeyRing
from tests.harness.log import Log
from tests.harness.stubs import router_among_stubs
from tools.local import LocalPlatform, Settings
from tools.local.keys import development_vars
from tools.runtime import ensure_runtime

ANSWER_WITHIN_MS = 3_000
FRESH_S = 300
PAT = Person(
    id="usr_pat",
    name="Pat Example",
    email="pat@example.test",
    role="staff",
    permissions=(),
    locations=(Location("loc_aa", "Ann Arbor"),),
    session_id="ses_1",
)


@dataclass
class Router:
    """The router, and what its workers have logged."""

    local: LocalPlatform
    url: str
    client: httpx.Client
    logged: Log = field(default_factory=Log)

    def get(self, path: str, cookie: str | None = None, **headers: str) -> httpx.Response:
        """GET with a session cookie; header names are written with underscores."""
        return self.send("GET", path, cookie, **headers)

    def send(
        self, method: str, path: str, cookie: str | None = None, content: object = None, **headers: str
    ) -> httpx.Response:
        """Send one request with a session cookie."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if cookie:
            sent["cookie"] = f"{COOKIE}={cookie}"
        return self.client.request(method, self.url + path, headers=sent, content=content)

    def tell_auth(self, **answer: object) -> None:
        """Set what the identity stub answers when it is asked to renew."""
        self.client.post(self.local.addresses()["auth"] + "/tell", json=answer)

    def renewals(self) -> int:
        """How often the identity stub was asked since it was last told."""
        asked: int = self.client.get(self.local.addresses()["auth"] + "/asked").json()["asked"]
        return asked

    def counts(self, app: str) -> dict[str, int]:
        """How many requests of each path an app stub has had."""
        counts: dict[str, int] = self.client.get(self.local.addresses()[app] + "/counts").json()
        return counts


def cookie_of(person: Person, now: float, fresh_s: int = FRESH_S) -> str:
    """The value of a session cookie as the identity worker would make it."""
    ring = KeyRing.parse(development_vars()["SESSION_KEYS"])
    return seal_session(ring, Session(person, int(now) + fresh_s, int(now) + LIFETIME_S))


@pytest.fixture(scope="package")
def router(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Router]:
    """The router with a short time limit for apps."""
    runtime = ensure_runtime(print)
    variables: dict[str, object] = {"ANSWER_WITHIN_MS": ANSWER_WITHIN_MS}
    workers = router_among_stubs(tmp_path_factory.mktemp("stubs"), variables)
    logged = Log()
    with (
        LocalPlatform(runtime, workers, Settings(), logged.append) as local,
        httpx.Client(timeout=60) as client,
    ):
        yield Router(local, local.start(), client, logged)
