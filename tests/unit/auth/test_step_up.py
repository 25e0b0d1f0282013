"""What happens to a request for something that asks for a second factor first."""

import asyncio
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from jinja2 import FileSystemLoader

from ganger.app import Application
from ganger.context import Services
from ganger.headers import STAFF_HEADERS
from ganger.http import Request, json_response
from ganger.identity import Location, Person
from ganger.pages import Pages
from ganger.permissions import Permission, Role
from ganger.platform import WorkerInfo
from ganger.routing import Route

NOW = datetime(2026, 11, 22, tzinfo=UTC)
TEMPLATES = Path(__file__).parents[3] / "ganger" / "ui" / "templates"
EXPORT = Permission("inventory:export", Role.STAFF, needs_step_up=True)
PAT = Person("usr_pat", "Pat", "pat@example.test", "staff", (), (Location("loc_aa", "Ann Arbor"),), "ses_1")
INVENTORY = WorkerInfo(
    id="inventory",
    kind="staff",
    name="ganger-inventory-staff",
    title="Inventory",
    purpose="Count.",
    in_service=True,
    busy=False,
    group="core",
    mount="/inventory",
    host=None,
    binding="INVENTORY",
)


async def answer_done(ctx):
    return json_response("done")


ROUTES = tuple(
    Route(method, path, answer_done, EXPORT)
    for path in ("/export", "/api/v1/export")
    for method in ("GET", "POST")
)


def ask(method="GET", path="/inventory/export", person=PAT, query=""):
    pages = Pages(FileSystemLoader([TEMPLATES]), (), defaultdict(str))
    application = Application(INVENTORY, ROUTES, pages, STAFF_HEADERS)
    request = Request(method, path, query, {"accept": "text/html", "sec-fetch-site": "same-origin"})
    return asyncio.run(application.respond(request, "req_1", person, Services(clock=lambda: NOW)))


def stepped_up(seconds):
    return replace(PAT, stepped_up_until=int(NOW.timestamp()) + seconds)


def test_a_person_is_sent_to_confirm_and_comes_back_to_the_same_page():
    answer = ask(query="month=2026-10&all=1")
    assert answer.status == 303
    assert answer.headers["location"] == "/auth/step-up?to=/inventory/export%3Fmonth%3D2026-10%26all%3D1"


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_program_is_told(method):
    answer = ask(method, "/inventory/api/v1/export")
    assert answer.status == 403
    assert '"code":"STEP_UP_REQUIRED"' in answer.body


def test_a_posted_form_is_refused_with_a_page_since_it_cannot_be_sent_again():
    answer = ask("POST")
    assert answer.status == 403
    assert "STEP_UP_REQUIRED" in answer.body


def test_within_the_ten_minutes_the_handler_answers():
    assert ask(person=stepped_up(1)).body == '"done"'


def test_after_them_it_is_asked_for_again():
    assert ask(person=stepped_up(-1)).status == 303
