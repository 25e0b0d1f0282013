"""Debian's Chromium, driven by Playwright, against the whole platform."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Response, sync_playwright

from ganger.session import COOKIE
from tests.browser.axe import violations
from tests.harness.staff import StaffPortal
from tools.chromium import ARGUMENTS, PROGRAM

WIDTHS = {"phone": 390, "desktop": 1280}

_SEND = """([action, fields]) => {
  const form = Object.assign(document.createElement("form"), { method: "post", action });
  for (const [name, value] of Object.entries(fields)) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
  document.body.append(form);
  form.submit();
}"""

NewPage = Callable[..., Page]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=PROGRAM, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def new_page(chromium: Browser, platform: StaffPortal) -> Iterator[NewPage]:
    """Open an empty page in a browser of its own: `new_page("usr_pat", width="phone", script=False)`."""
    contexts: list[BrowserContext] = []

    def open_page(person: str | None = None, width: str = "desktop", script: bool = True) -> Page:
        size = {"width": WIDTHS[width], "height": 900}
        contexts.append(new_context(chromium, platform, person, viewport=size, java_script_enabled=script))
        return contexts[-1].new_page()

    yield open_page
    for context in contexts:
        context.close()


def new_context(browser: Browser, portal: StaffPortal, person: str | None, **options: Any) -> BrowserContext:
    """A browser of its own at a portal, in which that person, if any, is signed in."""
    context = browser.new_context(base_url=portal.url.replace("127.0.0.1", "localhost"), **options)
    if person:
        sign_in(context, portal, person)
    return context


def sign_in(context: BrowserContext, portal: StaffPortal, person: str) -> None:
    """Give the browser a session of that person's, without the pages that lead to one."""
    cookie = {"name": COOKIE, "value": portal.new_session(person), "domain": "localhost", "path": "/"}
    context.add_cookies([{**cookie, "secure": True, "httpOnly": True, "sameSite": "Lax"}])


def send_form(page: Page, path: str, fields: Mapping[str, str]) -> Response:
    """Post a form from the page that is open, as the browser does it."""
    with page.expect_navigation() as navigation:
        page.evaluate(_SEND, [path, dict(fields)])
    return navigation.value


def assert_accessible(page: Page) -> None:
    """Fail with what axe finds on the page, of whatever impact."""
    found = violations(page)
    assert not found, found


def assert_fits(page: Page) -> None:
    """Fail when the page scrolls sideways."""
    page.wait_for_load_state()  # a page that has only just been asked for has no root yet
    width = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert width[0] <= width[1], width
