"""`ganger new app`: put a registered app into service, with one page and all that the checks ask for."""

from collections.abc import Callable
from pathlib import Path
from string import Template

from ganger.permissions import Role
from tools.new.texts import in_service, with_routes, with_worker_row
from tools.registry import Kind, Worker, parse_registry

Say = Callable[[str], None]

_SOURCES = Path(__file__).with_name("app")
# A text of `app/` -> where it goes; `$module` is the app's Python name.
_FILES = {
    "worker.py.txt": "app_workers/$module/worker.py",
    "routes.py.txt": "app_workers/$module/routes.py",
    "permissions.py.txt": "app_workers/$module/permissions.py",
    "layout.html.txt": "app_workers/$module/templates/$module.html",
    "overview.html.txt": "app_workers/$module/templates/overview.html",
    "README.md.txt": "app_workers/$module/README.md",
    "test_pages.py.txt": "tests/platform/$module/test_pages.py",
}


class NewProblem(Exception):
    """The app cannot be made; the message says why."""


def new_app(root: Path, worker_id: str, say: Say) -> int:
    """Make the app's first page and say what to do next.

    Args:
        root: the repository.
    Raises:
        NewProblem: the registry has no such staff app, or it is in service already.
    """
    registry_file = root / "platform.toml"
    text = registry_file.read_text()
    worker = parse_registry(text).workers.get(worker_id)
    if worker is None or worker.kind is not Kind.STAFF:
        raise NewProblem(f"platform.toml has no staff app {worker_id}: give it a table there first.")
    if worker.in_service:
        raise NewProblem(f"{worker.title} is in service already.")
    facts = _facts(worker)
    for source, target in _FILES.items():
        file = root / Template(target).substitute(facts)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(Template((_SOURCES / source).read_text()).substitute(facts))
    registry_file.write_text(in_service(text, worker_id))
    _rewrite(root / "permissions.toml", lambda table: with_routes(table, worker_id, _roles(worker)))
    _rewrite(root / "docs" / "security.md", lambda page: with_worker_row(page, worker_id))
    say(f"{worker.title} is in service with one page. `make dev ARGS={worker_id}` shows it.")
    return 0


def _facts(worker: Worker) -> dict[str, str]:
    lowest = Role(worker.min_role)
    return {
        "id": worker.id,
        "module": worker.package.rpartition(".")[2],
        "package": worker.package,
        "name": worker.name,
        "title": worker.title,
        "purpose": worker.purpose,
        "mount": str(worker.mount),
        "role": lowest.name,
        "lowest": lowest.value,
    }


def _roles(worker: Worker) -> list[str]:
    ranks = [role.value for role in Role]
    return ranks[ranks.index(worker.min_role) :]


def _rewrite(file: Path, change: Callable[[str], str]) -> None:
    file.write_text(change(file.read_text()))
