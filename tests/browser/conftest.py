"""Debian's Chromium, driven by Playwright, against the whole platform."""

import re
from collections.abc import Callable, Iterator, Mapping

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Response, sync_playwright

from tests.harness.staff import StaffPortal
from tools.chromium import ARGUMENTS, PROGRAM
from tools.paths import NODE_MODULES

_AXE = NODE_MODULES / "axe-core" / "axe.min.js"
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
    """Open a page in a browser of its own: `new_page(person="usr_pat", width="phone", script=False)`."""
    contexts: list[BrowserContext] = []

    def open_page(person: str | None = None, width: str = "desktop", script: bool = True) -> Page:
        context = chromium.new_context(
            base_url=platform.url.replace("127.0.0.1", "localhost"),
            viewport={"width": WIDTHS[width], "height": 900},
            java_script_enabled=script,
        )
        contexts.append(context)
        page = context.new_page()
        if person:
            sign_in(page, person)
        return page

    yield open_page
    for context in contexts:
        context.close()


def sign_in(page: Page, person: str) -> None:
    """Sign in as a demo person with the development sign-in."""
    page.goto("/auth/sign-in")
    page.locator(f"form:has(input[value={person}]) button").click()
    page.wait_for_url(re.compile(r"/$"))


def send_form(page: Page, path: str, fields: Mapping[str, str]) -> Response:
    """Post a form from the page that is open, as the browser does it."""
    with page.expect_navigation() as navigation:
        page.evaluate(_SEND, [path, dict(fields)])
    return navigation.value


def assert_accessible(page: Page) -> None:
    """Fail with what axe finds on the page, of whatever impact."""
    # The policy of our pages forbids foreign scripts; evaluating one is the debugger's right.
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE.read_text())
    found = page.evaluate("async () => (await axe.run({ resultTypes: ['violations'] })).violations")
    assert not found, [(each["id"], [node["html"] for node in each["nodes"]][:3]) for each in found]


def assert_fits(page: Page) -> None:
    """Fail when the page scrolls sideways."""
    page.wait_for_load_state()  # a page that has only just been asked for has no root yet
    width = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert width[0] <= width[1], width
