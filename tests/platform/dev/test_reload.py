"""`ganger dev` while sources change. Each test leaves a platform that serves sound sources."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.harness.ports import free_port
from tests.platform.dev.command import READY, Dev

pytestmark = pytest.mark.runtime

GREETING = "app_workers/management/domain/greeting.py"
TEMPLATE = "app_workers/management/templates/launcher.html"


@contextmanager
def edited(dev: Dev, name: str, old: str, new: str) -> Iterator[None]:
    """A source with a part replaced, and afterwards as it was."""
    source = dev.tree / name
    sound = source.read_text()
    assert old in sound
    source.write_text(sound.replace(old, new))
    try:
        yield
    finally:
        source.write_text(sound)


def built_from(dev: Dev) -> str:
    """What the portal's built folder says that it was made from."""
    stamp = json.loads((dev.tree / "build" / "management" / ".ganger-build.json").read_text())
    return str(stamp["inputs"])


def wait_until_looked_at(dev: Dev, before: str) -> None:
    """Wait until the build has taken up a file's new time of change."""
    while built_from(dev) == before:
        assert dev.process.poll() is None


def test_ready_names_every_host_and_each_answers(dev):
    assert dev.saw(READY).startswith(f"Ready on http://localhost:{dev.port} ")
    assert dev.saw("Patient Handouts: ").endswith(f"http://handouts.localhost:{dev.port}")
    assert dev.get("/health").json()["router"] == "staff-portal"
    assert "Your visit handouts" in dev.get("/", host="handouts.localhost").text
    assert "Patient Check-in" in dev.get("/", host="kiosk.localhost").text


def test_a_demo_person_can_sign_in(dev):
    assert "Pat" in dev.get("/", dev.sign_in()).text


def test_a_change_that_alters_nothing_restarts_nothing(dev):
    seen, before, running = len(dev.lines), built_from(dev), dev.children()
    os.utime(dev.tree / GREETING)
    wait_until_looked_at(dev, before)
    before = built_from(dev)
    # The second look begins only after all that the first one led to.
    os.utime(dev.tree / GREETING)
    wait_until_looked_at(dev, before)
    assert dev.children() == running
    assert dev.lines[seen:] == []


def test_a_source_that_does_not_build_leaves_the_platform_running(dev):
    seen, running = len(dev.lines), dev.children()
    with edited(dev, TEMPLATE, "{% endblock %}", "{% endbloc %}"):
        assert "launcher.html" in dev.saw("Not reloaded: ", after=seen)
        assert "Good " in dev.get("/", dev.sign_in()).text
        seen = len(dev.lines)
    dev.saw("What runs is again what the sources say.", after=seen)
    assert dev.children() == running


def test_a_worker_that_does_not_start_leaves_the_platform_as_it_was_and_the_next_change_is_served(dev):
    seen = len(dev.lines)
    with edited(dev, GREETING, "def greeting", "oops\n\n\ndef greeting"):
        assert "ganger-staff-management does not start" in dev.saw("Not reloaded: ", after=seen)
        assert any("NameError: name 'oops' is not defined" in line for line in dev.lines[seen:])
        assert "Good " in dev.get("/", dev.sign_in()).text
        seen = len(dev.lines)
    dev.saw("What runs is again what the sources say.", after=seen)
    seen = len(dev.lines)
    with edited(dev, GREETING, "Good ", "Splendid "):
        dev.saw("Reloaded", after=seen)
        assert "Splendid " in dev.get("/", dev.sign_in()).text
        built = [line for line in dev.lines[seen:] if line.startswith("Built")]
        assert built == ["Built management for development."]
        seen = len(dev.lines)
    dev.saw("Reloaded", after=seen)
    assert "Good " in dev.get("/", dev.sign_in()).text


def test_a_taken_port_is_named(dev, tmp_path):
    with Dev(dev.tree, [f"--state={tmp_path}"], port=dev.port) as second:
        assert second.wait() == 1
    assert second.lines == [
        f"ganger: Port {dev.port} is taken by another program. End that one, or choose a port with --port."
    ]


def test_a_state_folder_in_use_is_left_alone(dev):
    state = next(part for part in dev.arguments if part.startswith("--state="))
    with Dev(dev.tree, [state, "--fresh"], port=free_port()) as second:
        assert second.wait() == 1
    assert "Another `ganger dev` uses" in second.lines[0]
    assert Path(state.removeprefix("--state="), "d1").is_dir()
