"""What `ganger health` says of the platform."""

import socket

import pytest

from tools.deploy import platform_health
from tools.local.keys import development_vars

pytestmark = pytest.mark.runtime


def test_a_platform_whose_workers_all_answer_is_well(platform):
    said: list[str] = []
    assert platform_health(platform.url, development_vars()["MONITOR_TOKEN"], 0, said.append) == 0
    assert "inventory: healthy" in said[0]


def test_a_wrong_token_learns_nothing(platform):
    said: list[str] = []
    assert platform_health(platform.url, "wrong", 0, said.append) == 1
    assert said == [f"{platform.url} is not well: no report: 401"]


def test_a_platform_that_does_not_answer_is_not_well():
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    said: list[str] = []
    assert platform_health(f"http://127.0.0.1:{port}", "any", 0, said.append) == 1
    assert "no report" in said[0]
