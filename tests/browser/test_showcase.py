"""The showcase in Chromium: every page by axe in both themes, and what works by script."""

import pytest
from playwright.sync_api import expect

from app_workers.showcase.domain.catalogue import MANIFESTS
from app_workers.showcase.domain.patterns import PATTERNS
from tests.browser import axe
from tests.browser.components import assert_conforms, assert_conforms_in_the_dark
from tests.browser.conftest import assert_fits, new_context

pytestmark = [pytest.mark.browser, pytest.mark.runtime]

PATHS = (
    "/",
    "/tokens?fg=%232563eb&bg=%23ffffff",
    "/patterns",
    "/reviews",
    "/c/button/review",
    "/c/data-table/play",
    "/c/badge?width=768",
    *(f"/c/{slug}" for slug in MANIFESTS),
    *(f"/patterns/{slug}" for slug in PATTERNS),
)


@pytest.fixture(scope="module")
def page(chromium, platform):
    """One page for all that only looks, signed in as who may review."""
    size = {"width": 1280, "height": 900}
    context = new_context(chromium, platform, "usr_sam", viewport=size, reduced_motion="reduce")
    context.add_init_script(path=axe.PROGRAM)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", PATHS)
def test_every_page_is_accessible_in_both_themes_and_fits_a_phone(page, path):
    """Worked example 14."""
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"/showcase{path}{'&' if '?' in path else '?'}theme=light")
    assert_conforms(page)
    assert_conforms_in_the_dark(page)
    page.set_viewport_size({"width": 320, "height": 700})
    assert_fits(page)


def test_a_forced_theme_is_the_attribute_that_the_check_sets(page):
    page.goto("/showcase/?theme=dark")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_a_call_is_copied_and_said_to_be(new_page):
    page = new_page("usr_pat")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/showcase/c/badge")
    page.get_by_role("button", name="Copy call of count").click()
    expect(page.locator("#live-polite")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == "{{ ui.badge(7) }}"


def test_the_playground_follows_what_is_typed_and_its_address_can_be_shared(new_page):
    page = new_page("usr_pat")
    page.goto("/showcase/c/button/play")
    page.evaluate("window.isSamePage = true")
    result = page.frame_locator("#play-result iframe")
    expect(result.get_by_role("button", name="Save")).to_be_visible()
    page.get_by_label("label").fill("Send <b>")
    page.get_by_label("variant").select_option("destructive")
    button = result.get_by_role("button", name="Send <b>")
    expect(button).to_have_css("background-color", "rgb(220, 38, 38)")
    expect(page.locator("#play-result code").first).to_have_text(
        '{{ ui.button("Send <b>", variant="destructive") }}'
    )
    assert page.evaluate("window.isSamePage")
    other = page.context.new_page()
    other.goto(page.url)
    expect(other.frame_locator("#play-result iframe").get_by_role("button", name="Send <b>")).to_be_visible()


def test_the_playground_says_what_it_refuses_and_goes_on(new_page):
    page = new_page("usr_pat")
    page.goto("/showcase/c/button/play")
    page.get_by_label("icon_left").fill("rocket")
    expect(page.locator("#play-result .alert")).to_contain_text("icon.name must be one of")
    page.get_by_label("icon_left").fill("plus")
    expect(page.locator("#play-result .alert")).to_have_count(0)
    expect(page.frame_locator("#play-result iframe").locator(".icon")).to_be_visible()


def test_nothing_in_the_frame_of_the_playground_runs_or_leads_away(new_page):
    page = new_page("usr_pat")
    page.goto("/showcase/c/button/play?label=Away&href=%2F")
    frame = page.locator("#play-result iframe")
    assert frame.get_attribute("sandbox") == "allow-same-origin"
    page.frame_locator("#play-result iframe").get_by_role("link", name="Away").click()
    assert page.url.endswith("/showcase/c/button/play?label=Away&href=%2F")


def test_a_page_at_a_width_is_shown_at_that_width_and_its_links_lead_out(new_page):
    page = new_page("usr_pat")
    page.goto("/showcase/?width=320&theme=dark")
    frame = page.frame_locator("iframe.frame")
    expect(frame.get_by_role("heading", name="Components", level=1)).to_be_visible()
    width = frame.locator("html").evaluate("(html) => [html.clientWidth, html.dataset.theme]")
    assert width == [320, "dark"]
    frame.get_by_role("link", name="Button", exact=True).click()
    page.wait_for_url("**/showcase/c/button?theme=dark&width=320")


def test_a_toast_is_shown_by_its_button(new_page):
    page = new_page("usr_pat")
    page.goto("/showcase/c/toast")
    page.get_by_role("button", name="Show it (title and action)").click()
    expect(page.get_by_role("region", name="Messages")).to_contain_text("5 boxes of gauze.")
    expect(page.locator("#live-polite")).to_contain_text("5 boxes of gauze.")


def test_live_examples_follow_on_every_page_of_the_same_session(new_page):
    page = new_page("usr_pat")
    page.goto("/showcase/patterns/live")
    other = page.context.new_page()
    with other.expect_websocket() as joined:
        other.goto("/showcase/patterns/live")
    joined.value.wait_for_event("framereceived")
    page.get_by_role("button", name="Count on").click()
    for each in (page, other):
        expect(each.get_by_role("progressbar")).to_have_attribute("aria-valuenow", "20")
    page.get_by_role("button", name="Receive gauze").click()
    for each in (page, other):
        expect(each.locator("#live-polite")).to_have_text("5 boxes of gauze came in at Wixom.")
    page.get_by_label("Tone").select_option("success")
    page.get_by_role("button", name="Show a toast").click()
    expect(other.get_by_role("region", name="Messages")).to_contain_text("The count was booked.")


def test_without_script_a_review_is_recorded_and_the_patterns_say_what_was_done(new_page):
    page = new_page("usr_sam", script=False)
    page.goto("/showcase/c/logo/review")
    for group in page.get_by_role("radiogroup").all():
        group.get_by_label("Pass", exact=True).check()
    page.get_by_role("button", name="Record review").click()
    expect(page.get_by_text("The review of Logo was recorded.")).to_be_visible()
    page.goto("/showcase/patterns/live")
    page.get_by_role("button", name="Show a toast").click()
    expect(page.locator("main .alert")).to_contain_text("The count was booked.")
