"""A new app: what is written, and that it passes the checks as it stands."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools.new import NewProblem, new_app
from tools.new.texts import in_service, with_routes
from tools.paths import ROOT
from tools.registry import parse_registry


def say_nothing(_: str) -> None:
    pass


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the repository as git and the present changes have it."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],  # noqa: S607 - git itself
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        source, target = ROOT / name, tmp_path / name
        if source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    # What mypy knows of the same sources, if it has looked at them; it compares before it believes.
    if (ROOT / ".mypy_cache").is_dir():
        shutil.copytree(ROOT / ".mypy_cache", tmp_path / ".mypy_cache")
    (tmp_path / "node_modules").symlink_to((ROOT / "node_modules").resolve())
    return tmp_path


def run(tree: Path, *command: str) -> None:
    environment = os.environ | {"PYTHONPATH": str(tree)}
    done = subprocess.run(  # noqa: S603 - our own tools
        [sys.executable, "-m", *command],
        cwd=tree,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


def test_it_passes_every_check_at_once(tree):
    """One with a role above the lowest, and one whose id sorts behind all others."""
    new_app(tree, "meds", say_nothing)
    new_app(tree, "status", say_nothing)
    run(tree, "tools.cli", "check")
    run(tree, "pytest", "-q", "-p", "no:cacheprovider", "tests/unit/tools/test_security_documents.py")


def test_it_is_in_service_and_nothing_else_changes():
    text = (ROOT / "platform.toml").read_text()
    before, after = parse_registry(text), parse_registry(in_service(text, "meds"))
    changed = [worker for worker in before.workers if before.workers[worker] != after.workers[worker]]
    assert changed == ["meds"]
    assert after.workers["meds"].in_service


def test_its_permission_stands_in_its_place_by_name():
    table = with_routes((ROOT / "permissions.toml").read_text(), "meds", ["superadmin"])
    names = [line.split('"')[1] for line in table.splitlines() if line.startswith('"') and "roles = " in line]
    assert names == sorted(names)


@pytest.mark.parametrize(
    ("worker_id", "why"),
    [
        ("nonsense", "has no staff app nonsense"),
        ("auth", "has no staff app auth"),
        ("inventory", "is in service already"),
    ],
)
def test_what_cannot_be_made_is_told_and_nothing_is_written(tmp_path, worker_id, why):
    shutil.copyfile(ROOT / "platform.toml", tmp_path / "platform.toml")
    with pytest.raises(NewProblem, match=why):
        new_app(tmp_path, worker_id, say_nothing)
    assert [path.name for path in tmp_path.iterdir()] == ["platform.toml"]
