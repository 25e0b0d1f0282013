"""Why a module is in a bundle, and which one grew."""

import re
import subprocess

import pytest

from tests.unit.tools.build.factories import ENTRY, REGISTRY, built, make_project, write
from tools.build import BuildError
from tools.sizes.modules import growth, import_chains, own_modules
from tools.sizes.sizes import grown, judge

WORKER = "app_workers/stock_room/worker.py"
FILES = {
    WORKER: f"from app_workers.stock_room import counting\n{ENTRY}",
    "app_workers/stock_room/counting.py": "from ganger import platform\n",
}


def test_a_module_is_explained_by_the_imports_that_lead_to_it(tmp_path):
    worker = built(make_project(tmp_path, **FILES), "stock-room")
    assert import_chains(worker.folder, worker.worker)["ganger.platform"] == (
        "stock_room_main",
        "app_workers.stock_room.worker",
        "app_workers.stock_room.counting",
        "ganger.platform",
    )


def test_modules_and_templates_stand_under_names_that_people_know(tmp_path):
    sizes = own_modules(built(make_project(tmp_path, **FILES), "stock-room").folder)
    assert {"app_workers.stock_room.worker", "template count.html", "stock_room_main"} <= set(sizes)
    assert all(size > 0 for size in sizes.values())


def test_what_grew_most_stands_first_and_what_stayed_is_left_out():
    now = {"grew": 300, "new": 500, "stayed": 10, "shrank": 5}
    before = {"grew": 100, "stayed": 10, "shrank": 50, "gone": 70}
    assert growth(now, before) == [("new", 500), ("grew", 200), ("shrank", -45), ("gone", -70)]


def committed(project):
    """Make the tree the only commit of a repository."""
    write(project.root / "platform.toml", REGISTRY)
    write(project.root / ".gitignore", "build\n")
    for command in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message", "first"]):
        who = ["-c", "user.name=Pat Example", "-c", "user.email=pat@example.test"]
        subprocess.run(["git", *who, *command], cwd=project.root, check=True)  # noqa: S603, S607 - git itself
    return project


def test_the_module_that_made_a_worker_30_kib_larger_is_named(tmp_path):
    project = committed(make_project(tmp_path, **FILES))
    digits = "".join(f"# {number * 7919 % 100_003:x}\n" for number in range(20_000))
    write(tmp_path / "app_workers/stock_room/counting.py", f"from ganger import platform\n{digits}")
    (largest, by), *others = grown(project, project.registry.workers["stock-room"], "HEAD")
    assert largest == "app_workers.stock_room.counting"
    assert by > 30 * 1024
    assert others == []


def test_a_worker_30_kib_over_its_budget_fails_the_check_with_its_excess_and_the_module_named(tmp_path):
    project = committed(make_project(tmp_path, **FILES))
    digits = "".join(f"# {number * 7919 % 100_003:x}\n" for number in range(20_000))
    write(tmp_path / "app_workers/stock_room/counting.py", f"from ganger import platform\n{digits}")
    said = []
    assert judge(project, ["stock-room"], "HEAD", said.append) == 1
    *_, verdict, worst = said
    excess = re.match(r"\nstock-room is ([\d.]+) KiB over\. What grew most since HEAD", verdict)
    assert float(excess[1]) > 30
    assert worst.endswith("  app_workers.stock_room.counting")


def test_a_commit_that_is_not_there_is_told(tmp_path):
    project = committed(make_project(tmp_path))
    with pytest.raises(BuildError, match="git archive"):
        grown(project, project.registry.workers["stock-room"], "nonsense")
