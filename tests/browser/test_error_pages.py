"""Pages of what fails, provoked on real workerd: each says what happened and leads on."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, Response, Route, expect

from tests.browser.conftest import assert_accessible, assert_fits, new_context, send_form, sign_in
from tests.harness.html import html_problems
from tests.harness.staff import StaffPortal
from tests.platform.security.conftest import changed_platform, in_production, with_limits
from tools.local.demo import seed
from tools.registry import load_registry

pytestmark = [pytest.mark.runtime, pytest.mark.browser]

ALLOWED = 6  # requests a minute
DESKTOP = {"width": 1280, "height": 900}
SMALLEST_PHONE = {"width": 320, "height": 700}


@pytest.fixture(scope="module")
def failing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StaffPortal]:
    """A portal that takes few requests, with an app that is not set up, and one that is not there at all."""
    changes = {"router": None, "auth": None, "management": with_limits(ALLOWED), "kiosk": in_production}
    with changed_platform(tmp_path_factory.mktemp("failing"), changes) as portal:
        seed(portal.local, load_registry().workers["management"], datetime.now(UTC))
        yield portal


@pytest.fixture
def page(chromium: Browser, failing: StaffPortal) -> Iterator[Page]:
    context = new_context(chromium, failing, None, viewport=DESKTOP, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def assert_helps(page: Page, answer: Response | None, heading: str, error: str, *links: str) -> None:
    """The page says what happened, has the number to report, leads on, and is sound."""
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(heading))
    expect(page.get_by_role("main")).to_contain_text(error)
    number = page.get_by_role("main").locator("dd").last
    expect(number).to_have_text(re.compile(r"^\w{20,}$"))
    for link in links:
        expect(page.get_by_role("main").get_by_role("link", name=link)).to_be_visible()
    assert answer is not None
    assert (answer.status, html_problems({heading: answer.text()})) == (int(error[:3]), [])
    assert_accessible(page)
    assert_fits(page)
    page.set_viewport_size(SMALLEST_PHONE)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    assert_accessible(page)
    assert_fits(page)


def test_what_is_not_allowed(failing, page):
    sign_in(page.context, failing, "usr_mia")

    def send_as_another_site(route: Route) -> None:
        headers = route.request.all_headers() | {"sec-fetch-site": "cross-site"}
        route.fulfill(response=route.fetch(headers=headers))

    page.goto("/")
    page.route("**/auth/second-factor/set-up", send_as_another_site)
    answer = send_form(page, "/auth/second-factor/set-up", {"to": "/"})
    assert_helps(page, answer, "You may not", "403 CROSS_ORIGIN", "Staff portal", "Send a request")


def test_what_is_not_there(failing, page):
    sign_in(page.context, failing, "usr_fay")
    answer = page.goto("/nowhere")
    assert_helps(page, answer, "Page not found", "404 NOT_FOUND", "Staff portal")


def test_what_is_not_possible_any_more(failing, page):
    sign_in(page.context, failing, "usr_pat")
    page.goto("/auth/second-factor")
    failing.run("INSERT INTO second_factors VALUES ('usr_pat', 'k.n.c', 0, '2026-01-01')")
    answer = send_form(page, "/auth/second-factor/set-up", {"to": "/"})
    assert_helps(page, answer, "Not possible as things are now", "409 SECOND_FACTOR_EXISTS", "Staff portal")


def test_too_many_requests(failing, page):
    sign_in(page.context, failing, "usr_wes")
    for _ in range(ALLOWED):
        failing.get("/", "usr_wes")
    answer = page.goto("/queue")
    assert_helps(page, answer, "Too many requests", "429 RATE_LIMITED", "Try again", "Staff portal")


def test_an_app_that_is_not_set_up(failing, page):
    sign_in(page.context, failing, "usr_max")
    answer = page.goto("/kiosk")
    assert_helps(page, answer, "not available right now", "503 NOT_CONFIGURED", "Try again", "Staff portal")


def test_an_app_that_does_not_answer(failing, page):
    """The router's own page, for the app has none to show."""
    sign_in(page.context, failing, "usr_max")
    answer = page.goto("/inventory/items?page=2")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Medical Supply Inventory does not answer right now"
    )
    again = page.get_by_role("link", name="Try again")
    expect(again).to_have_attribute("href", "/inventory/items?page=2")
    expect(page.get_by_role("navigation").get_by_role("link", name="Staff Management Portal")).to_be_visible()
    assert answer is not None
    assert html_problems({"503": answer.text()}) == []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size(SMALLEST_PHONE)
        assert_accessible(page)
        assert_fits(page)


def test_a_fault_of_ours(failing, page):
    sign_in(page.context, failing, "usr_tia")
    failing.run("UPDATE tickets SET form_data = '[]' WHERE submitter_id = 'usr_tia'")
    answer = page.goto("/requests")
    assert_helps(page, answer, "Something went wrong", "500 INTERNAL_ERROR", "Try again", "Send a request")
