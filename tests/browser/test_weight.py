"""What pages weigh on the wire, and what happens to those that the browser makes ahead.

Playwright forbids pages made ahead, so these speak to a Chromium of their own.
"""

from collections.abc import Iterator

import pytest

from ganger.session import COOKIE
from tests.harness.every_page import all_pages
from tests.harness.page_cases import PageCase
from tests.harness.staff import StaffPortal
from tools.bench.browser.chromium import Chromium, chromium
from tools.bench.browser.measure import follow, weight
from tools.bench.browser.tab import new_tab
from tools.chromium import PROGRAM

pytestmark = [pytest.mark.runtime, pytest.mark.browser]

COLD_BYTES = 80 * 1024
WARM_BYTES = 15 * 1024
MEASURED = ("/", "/requests", "/queue", "/inventory/items", "/inventory/items/{item_id}", "/auth/sign-in")
CASES = {case.path: case for case in all_pages() if case.path in MEASURED and not case.sample.query}


@pytest.fixture(scope="module")
def browser() -> Iterator[Chromium]:
    with chromium(PROGRAM) as running:
        yield running


def origin_of(platform: StaffPortal) -> str:
    return platform.url.replace("127.0.0.1", "localhost")


def cookies_of(platform: StaffPortal, person: str | None) -> dict[str, str]:
    return {COOKIE: platform.sign_in(person)} if person else {}


@pytest.mark.parametrize("case", CASES.values(), ids=str)
def test_a_page_stays_within_its_bytes(browser: Chromium, platform: StaffPortal, case: PageCase):
    cookies = cookies_of(platform, case.sample.person)
    cold_bytes, warm_bytes = weight(browser, origin_of(platform), case.address(platform), cookies)
    assert 0 < cold_bytes <= COLD_BYTES
    assert 0 < warm_bytes <= WARM_BYTES


def test_a_page_made_ahead_is_shown_at_the_click_and_is_nobody_in_its_topics_before(browser, platform):
    cookies = cookies_of(platform, "usr_pat")
    with new_tab(browser, origin_of(platform), cookies, is_throttled=False) as tab:
        follow(tab, origin_of(platform), "/inventory", "prerender")
        shown_at, joined_at = tab.evaluate("""(async () => {
          const asked = () => performance.getEntriesByType("resource");
          const joined = () => asked().find(({ name }) => name.includes("/live/"));
          while (!joined()) await new Promise((soon) => setTimeout(soon, 20));
          return [performance.getEntriesByType("navigation")[0].activationStart, joined().startTime];
        })()""")
    assert 0 < shown_at <= joined_at
