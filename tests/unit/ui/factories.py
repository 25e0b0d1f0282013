"""Rendered components and pages for the tests of the interface library."""

import re
from pathlib import Path
from types import SimpleNamespace

from jinja2 import FileSystemLoader

from ganger.ui.environment import make_environment

UI = Path(__file__).parents[3] / "ganger" / "ui"
TEMPLATES = UI / "templates"

_IMPORT = '{% import "ui/components.html" as ui %}'

environment = make_environment(FileSystemLoader(TEMPLATES))


def render(source: str, **values: object) -> str:
    """The markup of a template text that may use `ui`."""
    return environment.from_string(_IMPORT + source).render(values)


def make_app(**changes: object) -> SimpleNamespace:
    """A staff app as the registry describes it."""
    facts = {"id": "inventory", "title": "Medical Supply Inventory", "mount": "/inventory"}
    more = {"kind": "staff", "group": "core", "in_service": True, "purpose": "Stock by lot"}
    return SimpleNamespace(**(facts | more | changes))


def make_person(**changes: object) -> SimpleNamespace:
    """A signed-in person of two locations."""
    places = (SimpleNamespace(id="loc_py", name="Plymouth"), SimpleNamespace(id="loc_wx", name="Wixom"))
    facts = {"id": "usr_pat", "name": "Pat Example", "email": "pat@example.test", "role": "staff"}
    return SimpleNamespace(**(facts | {"locations": places, "location": places[0]} | changes))


def make_context(**changes: object) -> dict[str, object]:
    """What the kernel gives to every page."""
    closed = make_app(id="meds", title="Medication Authorization", mount="/meds", in_service=False)
    context = {
        "app": make_app(),
        "apps": (make_app(), closed),
        "asset": "/assets/{}".format,
        "flash": None,
        "here": "/inventory/items?status=low",
        "nonce": "n0nce",
        "page_title": "Stock",
        "person": make_person(),
        "request_id": "01TEST",
    }
    return context | changes


def render_error(status: int, **changes: object) -> str:
    """The error page of a status."""
    error = {"status": status, "error_code": "SOME_CODE", "message": "", "details": {}, "again": None}
    return environment.get_template("ui/error.html").render(make_context(**(error | changes)))


def ids_of(markup: str) -> list[str]:
    """Every id of the markup, in order."""
    return re.findall(r'\sid="([^"]*)"', markup)
