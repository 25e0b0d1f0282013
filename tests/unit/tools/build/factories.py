"""A small tree with one worker of each kind, of which a test changes what matters to it."""

from collections.abc import Iterable
from pathlib import Path

from tools.build.build import BuiltWorker, build_project
from tools.build.environments import Environment
from tools.build.project import Project
from tools.registry import Registry, Worker, parse_registry

BUDGETS = "\n".join(
    f"[budgets.{kind}]\nown_kb = 1\ntotal_kb = 1\ncpu_ms = 1"
    for kind in ("router", "staff", "patient", "service")
)

REGISTRY = f"""
[platform]
title = "Example Practice"
staff_host = "staff.example.test"
time_zone = "America/Detroit"
compatibility_date = "2026-11-01"

{BUDGETS}

[workers.router]
kind = "router"
name = "ganger-router"
title = "Router"
purpose = "Hands on."
in_service = true

[workers.portal]
kind = "staff"
name = "ganger-portal"
title = "Portal"
purpose = "Starts apps."
mount = "/"
group = "core"
category = "core"
in_service = true
python = ["jinja2"]

[workers.stock-room]
kind = "staff"
name = "ganger-stock-room"
title = "Stock's room"
purpose = "Counts."
mount = "/stock"
group = "core"
category = "operations"
in_service = false
python = ["jinja2"]
secrets = ["STOCK_KEY"]

[workers.leaflets]
kind = "patient"
name = "ganger-leaflets"
title = "Leaflets"
purpose = "Shows leaflets."
host = "leaflets.example.test"
group = "patient"
in_service = true

[workers.auth]
kind = "service"
name = "ganger-auth"
title = "Identity"
purpose = "Signs in."
in_service = true
secrets = ["STOCK_KEY"]
"""

ENTRY = (
    "from workers import WorkerEntrypoint\n\n__all__ = ['Default']\n\n\nclass Default(WorkerEntrypoint):\n"
)
ENTRY += "    pass\n"

FILES = {
    "wrangler/base.jsonc": '{"compatibility_flags": ["python_workers"]} // all',
    "wrangler/environments.jsonc": """{
        "development": {"suffix": "", "domain": "localhost", "rate_limits": 10, "is_local": true},
        "staging": {"suffix": "-staging", "domain": null, "rate_limits": 20, "is_local": false},
        "production": {"suffix": "", "domain": null, "rate_limits": 30, "is_local": false},
    }""",
    "wrangler/router.jsonc": "{}",
    "wrangler/portal.jsonc": "{}",
    "wrangler/stock-room.jsonc": '{"d1_databases": [{"binding": "DB", "database_name": "ganger-platform"}]}',
    "wrangler/leaflets.jsonc": "{}",
    "wrangler/auth.jsonc": "{}",
    "ganger/__init__.py": "",
    "ganger/platform.py": "class WorkerInfo: ...\n",
    "ganger/unused.py": "",
    "ganger/ui/templates/ui/page.html": "<title>{{ title }}</title>",
    "ganger/ui/static/ui.css": "p {}",
    "router_worker/__init__.py": "",
    "router_worker/worker.py": "__all__ = ['on_fetch']\n\n\ndef on_fetch(request, env, ctx): ...\n",
    "app_workers/__init__.py": "",
    "app_workers/portal/__init__.py": "",
    "app_workers/portal/worker.py": ENTRY,
    "app_workers/stock_room/__init__.py": "",
    "app_workers/stock_room/worker.py": ENTRY,
    "app_workers/stock_room/templates/count.html": '{% extends "ui/page.html" %}',
    "app_workers/stock_room/static/count.js": "let n = 0",
    "app_workers/stock_room/migrations/0001_create_lots.sql": "CREATE TABLE lots (id TEXT);",
    "patient_workers/leaflets/worker.py": ENTRY,
    "service_workers/auth/worker.py": ENTRY,
    "distributions/jinja2/jinja2/__init__.py": "",
    "distributions/jinja2/jinja2/py.typed": "",
    "distributions/jinja2/jinja2-3.1.6.dist-info/METADATA": "",
    "distributions/workers-runtime-sdk/workers/__init__.py": "class WorkerEntrypoint: ...\n",
}


def make_registry() -> Registry:
    return parse_registry(REGISTRY)


def make_environment(**changes: object) -> Environment:
    facts = {"name": "production", "suffix": "", "domain": None, "rate_limits": 30, "is_local": False}
    return Environment.model_validate(facts | changes)


def make_project(root: Path, **changes: str | None) -> Project:
    """Write the tree, in which `**{path: text}` changes a file and None leaves it out."""
    for path, text in (FILES | changes).items():
        if text is not None:
            write(root / path, text)
    distributions = root / "distributions"
    return Project(root, make_registry(), _requirements, distributions.__truediv__, _description)


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def built(project: Project, worker_id: str, environment: str = "production", **secrets: str) -> BuiltWorker:
    (worker,) = build_project(project, [worker_id], environment, lambda line: None, secrets)
    return worker


def names_in(folder: Path) -> set[str]:
    """Paths of all files below a folder."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def _description(worker: Worker, _environment: Environment) -> str | None:
    return "{}" if worker.id == "stock-room" else None


def _requirements(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(names))
