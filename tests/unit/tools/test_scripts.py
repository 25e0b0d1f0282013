"""The npm scripts: one to deploy each worker, by the name that it has without `ganger-`."""

import json

from tools.cli import parser
from tools.paths import ROOT
from tools.registry import load_registry

SCRIPTS = json.loads((ROOT / "package.json").read_text())["scripts"]
GANGER = ".venv/bin/ganger "


def test_every_worker_has_its_own():
    expected = {
        f"deploy:{worker.deploy_name}": f"{GANGER}deploy --env production {worker.id}"
        for worker in load_registry().workers.values()
    }
    found = {name: script for name, script in SCRIPTS.items() if name.startswith("deploy:")}
    del found["deploy:platform"]
    assert found == expected


def test_each_is_a_command_line_that_the_tool_takes():
    for script in SCRIPTS.values():
        if script.startswith(GANGER):
            words = script.removeprefix(GANGER).split()
            parser().parse_args([*words, *(["https://staff.example.test"] if words == ["health"] else [])])
