"""`ganger dev` from one run to the next: what it keeps, and that it leaves nothing behind."""

import signal
import time
from pathlib import Path

import pytest

from ganger.session import Session, seal_session, unseal_session
from ganger.tokens import KeyRing
from tests.harness.ports import free_port
from tests.platform.dev.command import READY, Dev, copy_of_sources, is_alive
from tools.local.keys import development_vars

pytestmark = pytest.mark.runtime


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sources of their own."""
    return copy_of_sources(tmp_path_factory.mktemp("tree"))


def stale(cookie: str) -> str:
    """The same session with claims so old that the router must look it up in the database."""
    ring = KeyRing.parse(development_vars()["SESSION_KEYS"])
    session = unseal_session(ring, cookie, time.time())
    assert session is not None
    return seal_session(ring, Session(session.person, fresh_until=0, ends_at=session.ends_at))


def end(dev: Dev, sign: signal.Signals) -> None:
    """End the command, which leaves no process of its own."""
    children = dev.children()
    assert len(children) >= 2  # Node and workerd
    dev.process.send_signal(sign)
    assert dev.wait() == 0
    assert dev.lines[-1] == "Ended."
    assert [pid for pid in children if is_alive(pid)] == []


def test_data_outlives_a_run_until_it_is_dropped(tree, tmp_path):
    state = f"--state={tmp_path / 'state'}"
    with Dev(tree, ["management", state]) as first:
        first.saw(READY)
        cookie = stale(first.sign_in())
        assert first.get("/", cookie).status_code == 200
        end(first, signal.SIGTERM)
    with Dev(tree, ["management", state]) as second:
        second.saw(READY)
        assert second.get("/", cookie).status_code == 200
        end(second, signal.SIGINT)
    with Dev(tree, ["management", state, "--fresh"]) as third:
        third.saw("Wrote the demo data")
        third.saw(READY)
        assert third.get("/", cookie).status_code == 303


def test_a_run_that_begins_with_a_broken_source_starts_once_it_is_mended(tree, tmp_path):
    source = tree / "app_workers" / "management" / "worker.py"
    sound = source.read_text()
    source.write_text(f"{sound}\noops\n")
    with Dev(tree, ["management", f"--state={tmp_path / 'state'}"]) as dev:
        assert "ganger-staff-management does not start" in dev.saw("Not started: ")
        source.write_text(sound)
        dev.saw(READY)
        assert dev.get("/health").status_code == 200


def test_an_unknown_app_is_answered_with_the_known_ones(tree):
    with Dev(tree, ["nonsense"], port=free_port()) as dev:
        assert dev.wait() == 1
    assert dev.lines[0].startswith("ganger: No such worker: nonsense. Known: router, management, inventory,")


@pytest.mark.parametrize("option", [[], ["--fresh"]], ids=["kept", "fresh"])
def test_a_folder_with_foreign_files_is_refused_and_left_as_it_is(tree, tmp_path, option):
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Pat")
    with Dev(tree, [f"--state={tmp_path}", *option]) as dev:
        assert dev.wait() == 1
    assert dev.lines == [
        f"ganger: {tmp_path} holds other things than our data. Choose another folder with --state."
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
