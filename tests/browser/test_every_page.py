"""Every page and state of every app in service, in Chromium: axe, both schemes, a small phone, no script."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import axe
from tests.browser.conftest import assert_accessible, assert_fits, new_context, send_form
from tests.harness.every_page import all_pages
from tests.harness.page_cases import PageCase
from tests.harness.staff import StaffPortal

pytestmark = [pytest.mark.runtime, pytest.mark.browser]

DESKTOP = {"width": 1280, "height": 900}
SMALLEST_PHONE = {"width": 320, "height": 700}
# What a person reads and uses; buttons to close an alert and to open the camera are script's own.
CONTENT = "main :is(h1, h2, h3, a, th, label, button:not([data-dismiss], [data-needs-script])):visible"

PageOf = Callable[..., Page]


@pytest.fixture(scope="module")
def page_of(chromium: Browser, platform: StaffPortal) -> Iterator[PageOf]:
    """One page for each person, with and without script in one session."""
    contexts: dict[tuple[str | None, bool], BrowserContext] = {}

    def found(person: str | None, script: bool) -> Page:
        if (person, script) not in contexts:
            contexts[person, script] = new_context(
                chromium,
                platform,
                person if script else None,
                viewport=DESKTOP,
                java_script_enabled=script,
                # Colours that are on their way from one scheme to the other have no contrast to speak of.
                reduced_motion="reduce",
            )
            if script:
                contexts[person, script].add_init_script(path=axe.PROGRAM)
            else:
                contexts[person, script].add_cookies(contexts[person, True].cookies())
            contexts[person, script].new_page()
        return contexts[person, script].pages[0]

    yield found
    for context in contexts.values():
        context.close()


def show(page: Page, case: PageCase, platform: StaffPortal) -> None:
    """Open the page, or post its form from the portal's own start page."""
    address = case.address(platform)
    if case.sample.form is None:
        page.goto(address)
        return
    page.goto("/")
    send_form(page, address, case.sample.form)


def content(page: Page) -> list[str]:
    # Not the inner texts: those of what is painted only when it comes near are empty until then.
    return [re.sub(r"\s+", " ", text).strip() for text in page.locator(CONTENT).all_text_contents()]


@pytest.mark.parametrize("case", all_pages(), ids=str)
def test_page_is_accessible_fits_the_smallest_phone_and_needs_no_script(page_of, platform, case):
    page = page_of(case.sample.person, script=True)
    page.set_viewport_size(DESKTOP)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    show(page, case, platform)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    assert_accessible(page)
    assert_fits(page)
    with_script = content(page)
    page.set_viewport_size(SMALLEST_PHONE)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    assert_accessible(page)
    assert_fits(page)
    if case.sample.form is None:  # which another page sends
        page = page_of(case.sample.person, script=False)
        show(page, case, platform)
        assert content(page) == with_script
