"""Pages that stay up to date by themselves, in Chromium."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import new_context
from tests.harness.few import few_workers
from tests.platform.inventory.factories import add_item, add_stock

pytestmark = [pytest.mark.browser, pytest.mark.runtime]


def on_hand(page):
    return page.get_by_role("table", name="Levels by location").locator("td[data-label='On hand']")


def status(page):
    return page.get_by_role("table", name="Levels by location").locator("td[data-label='Status']")


def receive(page, item_id, quantity):
    page.goto(f"/inventory/items/{item_id}/receive")
    page.get_by_label("Quantity").fill(str(quantity))
    page.get_by_role("button", name="Receive").click()
    expect(on_hand(page)).to_be_visible()


def test_what_one_person_receives_the_other_sees_without_reloading(platform, new_page):
    item_id = add_item(platform, name="Gauze")
    add_stock(platform, item_id, 2, reorder_point=5, par_level=2000)
    watching, working = new_page("usr_pat"), new_page("usr_mia")
    watching.goto(f"/inventory/items/{item_id}")
    watching.evaluate("window.isSamePage = true")
    expect(on_hand(watching)).to_have_text("2")
    expect(status(watching)).to_have_text("Low")
    receive(working, item_id, 1200)
    expect(on_hand(watching)).to_have_text("1,202")
    expect(status(watching)).to_have_text("In stock")
    expect(watching.locator("#live-polite")).to_have_text("Gauze on hand at Ann Arbor: 1,202")
    assert watching.evaluate("window.isSamePage")


def test_the_list_of_items_follows_too(platform, new_page):
    item_id = add_item(platform)
    add_stock(platform, item_id, 14)
    (item,) = platform.rows("SELECT name FROM inventory_items WHERE id = ?", item_id)
    watching, working = new_page("usr_pat"), new_page("usr_mia")
    watching.goto(f"/inventory/items?search={item['name']}")
    number = watching.locator("td[data-label='On hand']")
    expect(number).to_have_text("14")
    receive(working, item_id, 12)
    expect(number).to_have_text("26")


def test_a_page_that_was_cut_off_catches_up(platform, new_page):
    item_id = add_item(platform)
    add_stock(platform, item_id, 14)
    watching, working = new_page("usr_pat"), new_page("usr_mia")
    # Every connection goes through our hands, so that the first can be cut.
    connections = []

    def connect(route):
        route.connect_to_server()
        connections.append(route)

    watching.route_web_socket(re.compile("/inventory/live/"), connect)
    watching.goto(f"/inventory/items/{item_id}")
    watching.evaluate("window.isSamePage = true")
    receive(working, item_id, 12)
    expect(on_hand(watching)).to_have_text("26")
    watching.context.set_offline(True)
    (connection,) = connections
    connection.close()
    receive(working, item_id, 12)
    expect(on_hand(watching)).to_have_text("26")
    watching.context.set_offline(False)
    expect(on_hand(watching)).to_have_text("38", timeout=20_000)
    assert "sequence=" in connections[-1].url
    assert watching.evaluate("window.isSamePage")


def test_waiting_doubles_to_half_a_minute_and_is_spread_over_all_of_it(platform, new_page):
    page = open_topic(platform, new_page("usr_pat"))
    longest = page.evaluate("[0, 1, 3, 20].map((failures) => window.live.waitAfter(failures, () => 1))")
    assert longest == [500, 1000, 4000, 30_000]
    assert page.evaluate("window.live.waitAfter(3, () => 0)") == 0


def test_a_person_sees_who_is_here_and_who_is_typing(platform, new_page):
    pat = open_topic(platform, new_page("usr_pat"))
    mia = open_topic(platform, new_page("usr_mia"))
    for page in (pat, mia):
        expect(page.locator("body")).to_have_attribute("data-people", "Mia Demo, Pat Example")
    mia.evaluate("window.topic.sayTyping('note')")
    expect(pat.locator("body")).to_have_attribute("data-typing", "Mia Demo")
    expect(pat.locator("body")).to_have_attribute("data-typing", "", timeout=10_000)
    mia.close()
    expect(pat.locator("body")).to_have_attribute("data-people", "Pat Example")


def test_a_connection_is_renewed_before_it_ends_and_nobody_seems_to_leave(brief_page):
    portal, pages = brief_page
    item_id = add_item(portal)
    add_stock(portal, item_id, 14)
    watching, other = pages
    connections = []
    watching.on("websocket", lambda socket: connections.append(socket))
    watching.goto(f"/inventory/items/{item_id}")
    open_topic(portal, other)
    expect(other.locator("body")).to_have_attribute("data-people", "Mia Demo, Pat Example")
    other.evaluate(
        """window.topic.addEventListener("people", ({ detail }) => {
            if (detail.length < 2) window.hasLeft = true;
        })"""
    )
    other.wait_for_timeout(7_000)
    assert len(connections) >= 3
    assert not other.evaluate("window.hasLeft")
    receive(other, item_id, 12)
    expect(on_hand(watching)).to_have_text("26")


def test_who_is_signed_out_asks_no_more(brief_page):
    portal, (page, _) = brief_page
    item_id = add_item(portal)
    page.goto(f"/inventory/items/{item_id}")
    page.context.clear_cookies()
    with page.expect_response(lambda answer: "/live/" in answer.url and answer.status == 401):
        pass
    asks = []
    page.on("request", lambda request: asks.append(request.url))
    page.wait_for_timeout(3_000)
    assert len(asks) <= 1  # the connection that was open has ended since


def open_topic(platform, page):
    """Join Ann Arbor's topic by hand; the body's data-people and data-typing name them."""
    page.goto(f"/inventory/items/{add_item(platform)}")
    source = page.locator("script[src*='/live.']").get_attribute("src")
    page.evaluate(
        """async (source) => {
            window.live = await import(source);
            window.topic = new window.live.Topic("/inventory/live/inventory.location.loc_aa", Date.now());
            for (const kind of ["people", "typing"]) {
                window.topic.addEventListener(kind, ({ detail }) => {
                    document.body.dataset[kind] = detail.map((person) => person.name).sort().join(", ");
                });
            }
            window.topic.open();
        }""",
        source,
    )
    return page


@pytest.fixture(scope="module")
def brief_portal(tmp_path_factory):
    """A portal whose connections last two seconds."""
    folder = tmp_path_factory.mktemp("brief")
    with few_workers(["router", "auth", "inventory"], folder, {"LIVE_LASTS_S": 2}) as portal:
        yield portal


@pytest.fixture
def brief_page(chromium, brief_portal):
    """The same, with a page each of Pat's and of Mia's."""
    contexts = [new_context(chromium, brief_portal, person) for person in ("usr_pat", "usr_mia")]
    yield brief_portal, [context.new_page() for context in contexts]
    for context in contexts:
        context.close()
