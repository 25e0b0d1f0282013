"""The sign-in page of a bundle that no way to sign in is set up for, as production's is."""

import asyncio
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

from jinja2 import FileSystemLoader

from ganger.app import Application
from ganger.context import Services
from ganger.headers import STAFF_HEADERS
from ganger.http import Request
from ganger.identity import Location, Person
from ganger.pages import Pages
from ganger.platform import WorkerInfo
from service_workers.auth.oidc.routes import START, openid_method, openid_routes
from service_workers.auth.routes import routes

ROOT = Path(__file__).parents[3]
TEMPLATES = [ROOT / "ganger" / "ui" / "templates", ROOT / "service_workers" / "auth" / "templates"]
AUTH = WorkerInfo(
    id="auth",
    kind="service",
    name="ganger-auth",
    title="Identity",
    purpose="Sign-in.",
    in_service=True,
    busy=False,
    group=None,
    mount=None,
    host=None,
    binding="AUTH",
)
PAT = Person("usr_pat", "Pat", "pat@example.test", "staff", (), (Location("loc_aa", "Ann Arbor"),), "ses_1")
SERVICES = Services(clock=lambda: datetime(2026, 11, 22, tzinfo=UTC))


def get_sign_in(query="", person=None):
    pages = Pages(FileSystemLoader(TEMPLATES), (), defaultdict(str))
    application = Application(AUTH, routes(methods=()), pages, STAFF_HEADERS)
    request = Request("GET", "/auth/sign-in", query, {"accept": "text/html"})
    return asyncio.run(application.respond(request, "req_1", person, SERVICES))


def test_without_a_method_the_page_says_that_nobody_can_sign_in():
    page = get_sign_in()
    assert page.status == 503
    assert "Sign-in is not set up" in page.body
    assert "<form" not in page.body


def test_who_is_signed_in_is_sent_on_all_the_same():
    answer = get_sign_in("to=%2Finventory%3Fpage%3D2", PAT)
    assert (answer.status, answer.headers["location"]) == (303, "/inventory?page=2")


def test_who_is_signed_in_is_sent_nowhere_else():
    assert get_sign_in("to=https%3A%2F%2Fevil.test%2F", PAT).headers["location"] == "/"


def test_a_provider_that_is_not_configured_is_not_offered_and_leads_nowhere():
    def nothing():
        return None

    pages = Pages(FileSystemLoader(TEMPLATES), (), defaultdict(str))
    table = (*routes(methods=(openid_method(nothing),)), *openid_routes(nothing))
    application = Application(AUTH, table, pages, STAFF_HEADERS)
    ask = [Request("GET", path, "", {"accept": "text/html"}) for path in ("/auth/sign-in", START)]
    page, start = (asyncio.run(application.respond(each, "req_1", None, SERVICES)) for each in ask)
    assert (page.status, start.status) == (503, 404)
    assert "Sign-in is not set up" in page.body
