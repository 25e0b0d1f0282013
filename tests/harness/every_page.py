"""Every page of the platform, from the route tables and what tests/harness/pages.py says of them."""

from collections.abc import Iterator

from tests.harness.page_cases import PageCase, Sample
from tests.harness.pages import NO_PAGES, SAMPLES, STATES
from tools.paths import ROOT
from tools.registry import Kind, Worker, load_registry
from tools.routes import routes_of

_REGISTRY = load_registry()
# Answers to programs, to browsers that ask again, and streams.
_FOR_PROGRAMS = ("/api/", "/live/", "/health")


def page_routes(worker: Worker) -> Iterator[str]:
    """The paths of the worker's GET routes that could be pages, as its table has them."""
    for route in routes_of(ROOT, _REGISTRY, worker, "development"):
        if route.method == "GET" and not any(part in route.path + "/" for part in _FOR_PROGRAMS):
            yield route.path


def missing_samples() -> list[str]:
    """What nobody has said how to open, and what is said of no route."""
    found = []
    for worker in _served():
        listed, routes = SAMPLES.get(worker.id, {}), set(page_routes(worker))
        known = {*listed, *NO_PAGES.get(worker.id, {})}
        found += [f"{worker.id}: {path} has no sample" for path in routes - known if "{" in path]
        found += [f"{worker.id}: {path} is no page route" for path in known - routes]
    return sorted(found)


def all_pages() -> list[PageCase]:
    """Every page of every app in service, and the states."""
    cases = []
    for worker in _served():
        mount = (worker.mount or "").rstrip("/")
        listed, none = SAMPLES.get(worker.id, {}), NO_PAGES.get(worker.id, {})
        cases += [
            PageCase(mount + path, listed.get(path, Sample()))
            for path in page_routes(worker)
            if path not in none
        ]
    return [*cases, *STATES]


def _served() -> list[Worker]:
    return [worker for worker in _REGISTRY.of_kind(Kind.STAFF, Kind.SERVICE) if worker.in_service]
