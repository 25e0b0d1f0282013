"""Requests, people and applications for tests of the kernel on CPython."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from jinja2 import DictLoader

from ganger.app import Application
from ganger.context import Services
from ganger.headers import STAFF_HEADERS
from ganger.http import Request, Response
from ganger.identity import Location, Person
from ganger.pages import Pages
from ganger.platform import WorkerInfo
from ganger.routing import Route

NOW = datetime(2026, 11, 22, 14, 3, 7, 120_000, tzinfo=UTC)
PAGE = {"accept": "text/html", "sec-fetch-site": "same-origin"}
_TEMPLATES = {
    "ui/error.html": "{{ status }} {{ error_code }} {{ message }} {{ request_id }}",
    "hello.html": "{{ greeting }} {{ flash.text if flash }}",
}


def make_worker(**changes: object) -> WorkerInfo:
    worker = WorkerInfo(
        id="inventory",
        kind="staff",
        name="ganger-inventory-staff",
        title="Medical Supply Inventory",
        purpose="Count supplies.",
        in_service=True,
        busy=True,
        group="core",
        mount="/inventory",
        host=None,
        binding="INVENTORY",
    )
    return replace(worker, **changes)


def make_person(**changes: object) -> Person:
    person = Person(
        id="usr_pat",
        name="Pat Example",
        email="pat@example.test",
        role="staff",
        permissions=(),
        locations=(Location("loc_aa", "Ann Arbor"),),
        session_id="ses_1",
    )
    return replace(person, **changes)


def make_request(
    method: str = "GET", path: str = "/inventory/items", body: bytes = b"", **facts: object
) -> Request:
    async def read_body(_limit: int) -> bytes:
        return body

    headers = facts.pop("headers", PAGE)
    assert isinstance(headers, Mapping)
    return Request(method, path, str(facts.pop("query_string", "")), headers, read_body)


def respond(
    routes: list[Route], request: Request, person: Person | None = None, worker: WorkerInfo | None = None
) -> Response:
    """What an application of these routes answers."""
    pages = Pages(DictLoader(_TEMPLATES), (), {})
    application = Application(worker or make_worker(), routes, pages, STAFF_HEADERS)
    return asyncio.run(application.respond(request, "req_1", person, Services(lambda: NOW)))
