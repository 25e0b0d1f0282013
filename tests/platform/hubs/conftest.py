"""The hubs among the workers that they need, with stand-ins for the services that they call."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import httpx
import pytest

from ganger.db import Row, Statement, Value
from tests.harness import calls
from tests.harness.calls import binding, calling_app
from tests.harness.ports import free_port
from tools.build import build
from tools.build.jsonc import read_jsonc
from tools.local import LocalPlatform, Settings
from tools.local.demo import seed
from tools.local.keys import development_vars
from tools.local.providers import Providers
from tools.paths import ROOT
from tools.runtime import ensure_runtime

CRON = "* * * * *"
_ANSWERS_WITHIN_S = 0.4
_WAITS_S = 20
_numbers = count(1)


@dataclass
class Hubs:
    """The running hubs, an app that calls them, and the services that they call."""

    local: LocalPlatform
    url: str
    app: str
    providers: Providers

    def call(self, method: str, asked: object, entrypoint: str = "Communication") -> Any:
        """Let the app call a method."""
        return calls.ask(self.app, entrypoint, method, asked)

    def send(self, **changes: object) -> Any:
        """Let the app send a text message, or an e-mail if it is to an address."""
        asked = make_message(**changes)
        return self.call("send_email" if "@" in str(asked["to"]) else "send_sms", asked)

    def run(self, later: timedelta = timedelta()) -> datetime:
        """Fire the minute's cron as if it were that much later."""
        at = datetime.now(UTC) + later
        assert self.local.scheduled("hubs", CRON, at) == "ok"
        return at

    def states(self, *message_ids: str) -> list[str]:
        """The states of messages in the outbox."""
        rows = self.rows("SELECT id, status FROM hub_messages")
        found = {row["id"]: str(row["status"]) for row in rows}
        return [found[message_id] for message_id in message_ids]

    def until(self, is_so: Callable[[], bool]) -> None:
        """Wait until something is so."""
        ends_at = time.monotonic() + _WAITS_S
        while not is_so():
            assert time.monotonic() < ends_at, "It did not become so."
            time.sleep(0.05)

    def health(self) -> dict[str, Any]:
        """What the hubs say of the providers."""
        return dict(httpx.get(f"{self.local.addresses()['hubs']}/health/providers").json()["providers"])

    def rows(self, sql: str, *values: Value) -> list[Row]:
        """The rows of one statement on the database."""
        return self.local.batch([Statement(sql, values)])[0]


def make_message(**changes: object) -> dict[str, object]:
    """A message that is accepted."""
    number = next(_numbers)
    return {
        "key": f"packet-{number:06d}",
        "kind": "handouts-ready",
        "to": f"+1734555{number:04d}",
        "record_id": f"pkt_{number}",
        "location_id": "loc_aa",
        "mrn": None,
        "is_consented": True,
        "link": f"https://handouts.example.test/view/token{number:06d}",
        "valid_hours": 72,
        "expires_in_s": 86_400,
    } | changes


@pytest.fixture(scope="package")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hubs]:
    """One platform for all tests of the hubs. Providers are given up after a short while."""
    port, folder = free_port(), tmp_path_factory.mktemp("hubs")
    with Providers(development_vars(), f"http://127.0.0.1:{port}") as providers:
        built = build(["router", "auth", "hubs"], "development", print, development_vars())
        bindings = [binding(name) for name in ("Communication", "Ehr", "Payments")]
        # The one that the last leads to does not run.
        workers = [*built, calling_app(folder, [*bindings, binding("Away", "heavy")])]
        variables = {"hubs": providers.variables | {"RESILIENCE": _hasty()}}
        settings = Settings(port, variables=variables, is_breakable=True)
        with LocalPlatform(ensure_runtime(print), workers, settings, print) as local:
            url = local.start()
            local.migrate()
            seed(local, next(each.worker for each in built if each.worker.id == "auth"), datetime.now(UTC))
            yield Hubs(local, url, local.addresses()[calls.APP], providers)


def _hasty() -> dict[str, object]:
    """The configured rules, with providers that nobody waits for long."""
    rules = read_jsonc(ROOT / "wrangler" / "hubs.jsonc")["vars"]["RESILIENCE"]
    return {name: each | {"timeout_s": _ANSWERS_WITHIN_S} for name, each in rules.items()}


@pytest.fixture
def hubs(running: Hubs) -> Iterator[Hubs]:
    """The same, with services that are in order again after the test."""
    yield running
    running.local.break_ways({})
    outside = running.providers
    for service in (outside.sms, outside.email, outside.ehr, outside.payments):
        service.recover()
