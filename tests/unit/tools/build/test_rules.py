import pytest

from tests.unit.tools.build.factories import write
from tools.build.rules import import_problems, read_sources

STOCK = "app_workers/stock"


def test_imports_within_the_borders_are_no_problem():
    assert not import_problems(
        {
            "ganger/__init__.py": "",
            "ganger/edge.py": "import js\nfrom pyodide.ffi import to_js\nfrom workers import Response",
            "ganger/http.py": "import asyncio, json, pydantic",
            f"{STOCK}/worker.py": "import workers\nfrom app_workers.stock import routes",
            f"{STOCK}/worker_development.py": "import js",
            f"{STOCK}/store.py": "import js\nfrom ganger.d1 import D1Database",
            f"{STOCK}/routes.py": "import time\nfrom .domain.picking import pick",
            f"{STOCK}/domain/picking.py": "from datetime import time\nfrom ..models import Lot",
            "router_worker/worker.py": "import asyncio\nfrom ganger.edge import answer",
            "router_worker/forwarding.py": "import js",
        }
    )


@pytest.mark.parametrize(
    ("path", "text", "rule"),
    [
        (f"{STOCK}/routes.py", "import app_workers.kiosk.models", "no other worker"),
        (f"{STOCK}/routes.py", "from app_workers import kiosk", "no other worker"),
        (f"{STOCK}/routes.py", "from router_worker import mounts", "no other worker"),
        ("patient_workers/leaflets/worker.py", "import app_workers.stock.models", "no other worker"),
        ("router_worker/worker.py", "import service_workers.auth.worker", "no other worker"),
        ("ganger/http.py", "def f():\n    from app_workers.stock import models", "library imports no worker"),
        ("ganger/http.py", "import router_worker", "library imports no worker"),
        ("ganger/http.py", "import js", "runtime modules"),
        (f"{STOCK}/routes.py", "from pyodide.ffi import to_js", "runtime modules"),
        (f"{STOCK}/models.py", "import workers", "runtime modules"),
        (f"{STOCK}/domain/picking.py", "import js", "domain/"),
        (f"{STOCK}/domain/picking.py", "from ganger import d1", "domain/"),
        (f"{STOCK}/domain/picking.py", "import ganger.edge", "domain/"),
        (f"{STOCK}/domain/picking.py", "import asyncio", "domain/"),
        (f"{STOCK}/domain/picking.py", "import random", "domain/"),
        (f"{STOCK}/domain/picking.py", "from time import monotonic", "domain/"),
        (f"{STOCK}/domain/picking.py", "import secrets", "domain/"),
        (f"{STOCK}/domain/picking.py", "import httpx", "domain/"),
        (f"{STOCK}/domain/picking.py", "from urllib.request import urlopen", "domain/"),
        (f"{STOCK}/domain/picking.py", "from .. import store", "domain/"),
        (f"{STOCK}/domain/picking.py", "from app_workers.stock.routes import x", "domain/"),
        ("router_worker/worker.py", "import jinja2", "the router"),
    ],
)
def test_import_across_a_border_is_a_problem(path, text, rule):
    line = text.count("\n") + 1
    (problem,) = import_problems({path: text})
    assert problem.startswith(f"{path}:{line} imports ")
    assert rule in problem


def test_distribution_in_a_library_module_that_the_router_reaches_is_a_problem():
    sources = {
        "router_worker/worker.py": "from router_worker import proxy",
        "router_worker/proxy.py": "from ganger.http import Request",
        "ganger/__init__.py": "",
        "ganger/http.py": "import ganger.records",
        "ganger/records.py": "import pydantic",
        "ganger/other.py": "import pydantic",
    }
    (problem,) = import_problems(sources)
    assert problem.startswith("ganger/records.py:1 imports pydantic: the router")


def test_sources_are_those_of_library_and_workers(tmp_path):
    for path in ("ganger/http.py", f"{STOCK}/worker.py", f"{STOCK}/page.html", "tools/x.py", "build/y.py"):
        write(tmp_path / path, "# text")
    assert read_sources(tmp_path) == {"ganger/http.py": "# text", f"{STOCK}/worker.py": "# text"}
