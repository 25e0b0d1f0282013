"""The pipeline's workflows: well formed, with no more rights than they need, and true to the registry."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tools.build.environments import environment_named
from tools.build.jsonc import read_jsonc
from tools.paths import ROOT
from tools.registry import load_registry

WORKFLOWS = ROOT / ".github" / "workflows"
BIN = Path(sys.executable).parent


def lint(*command: str) -> None:
    done = subprocess.run(  # noqa: S603 - our own tools
        [BIN / command[0], *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_actionlint_finds_nothing():
    lint("actionlint", *(str(path) for path in WORKFLOWS.glob("*.yml")))


def test_zizmor_finds_nothing():
    lint("zizmor", "--offline", "--quiet", ".github")


def test_every_foreign_action_is_pinned_by_hash():
    used = re.findall(
        r"uses: (?!\./)(\S+)", "\n".join(path.read_text() for path in ROOT.glob(".github/**/*.yml"))
    )
    assert used
    assert all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", action) for action in used), used


@pytest.mark.parametrize("name", ["staging", "production"])
def test_the_router_is_asked_at_the_host_that_it_is_deployed_to(name):
    environment = environment_named(name, read_jsonc(ROOT / "wrangler" / "environments.jsonc"))
    host = environment.host(load_registry().platform.staff_host)
    text = (WORKFLOWS / "deliver.yml").read_text()
    assert f"environment: {name}\n      url: https://{host}\n" in text
