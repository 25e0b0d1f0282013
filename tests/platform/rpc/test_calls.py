"""Calls between two workers on real workerd."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.harness import calls
from tests.harness.calls import binding, calling_app, with_entry
from tools.build import build
from tools.local import LocalPlatform, Settings
from tools.local.keys import development_vars
from tools.runtime import ensure_runtime

pytestmark = pytest.mark.runtime

_NUMBERS = Path(__file__).with_name("numbers_worker.py")


@pytest.fixture(scope="module")
def caller(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an app that calls a service; another that it is bound to is not running."""
    folder = tmp_path_factory.mktemp("rpc")
    (hubs,) = build(["hubs"], "development", print, development_vars())
    app = calling_app(folder, [binding("Numbers"), binding("Away", "heavy")])
    logged = []
    workers = [with_entry(hubs, folder, _NUMBERS), app]
    calls.change_config(workers[0], durable_objects={}, migrations=[])
    with LocalPlatform(ensure_runtime(print), workers, Settings(), logged.append) as local:
        local.start()
        yield local.addresses()[calls.APP]
        assert "Pat Example" not in str(logged)


def ask(caller, method, within_s=5.0, entrypoint="Numbers"):
    return calls.ask(caller, entrypoint, method, {"number": 7}, within_s)


def test_a_call_is_answered_and_knows_who_asks_and_how_long_they_wait(caller):
    answer = ask(caller, "tell", within_s=3.0)
    assert answer["asked"] == {"number": 7}
    assert answer["who"] == ["showcase", "visitor", None]
    assert 0 < answer["left_ms"] <= 3000


def test_a_refusal_crosses_as_code_and_details(caller):
    assert ask(caller, "refuse") == {"refused": "TOO_ODD", "details": {"number": 7}}


def test_a_defect_crosses_as_a_code_alone(caller):
    assert ask(caller, "fail") == {"refused": "INTERNAL_ERROR", "details": {}}


def test_a_method_that_is_not_there_is_malformed(caller):
    assert ask(caller, "no such")["refused"] == "MALFORMED"


def test_a_call_ends_when_its_time_is_over(caller):
    assert ask(caller, "wait", within_s=0.2)["refused"] == "DEADLINE_EXCEEDED"
    assert ask(caller, "tell", within_s=0.0)["refused"] == "DEADLINE_EXCEEDED"


def test_a_worker_that_is_away_or_not_bound_is_unavailable(caller):
    assert ask(caller, "tell", entrypoint="Away")["refused"] == "UNAVAILABLE"
    assert ask(caller, "tell", entrypoint="Nowhere")["refused"] == "UNAVAILABLE"
