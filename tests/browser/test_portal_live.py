"""Requests, the queue and the bell follow what colleagues do, in Chromium."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import WIDTHS, assert_accessible, assert_fits
from tests.platform.auth.factories import make_person
from tests.platform.management.factories import act, comment, make_employee, make_support, make_time_off, sent

pytestmark = [pytest.mark.browser, pytest.mark.runtime]

NONE_UNREAD = "async () => (await (await fetch('/api/v1/notifications/unread')).json()).unread === 0"


@pytest.fixture
def ticket(platform):
    return sent(platform, "usr_pat", "support_ticket", make_support())


def open_request(page, ticket):
    """Open the request and stay until its topic is joined."""
    with page.expect_websocket(lambda socket: "management.ticket" in socket.url) as joined:
        page.goto(f"/requests/{ticket['ticket_number']}")
    if not joined.value.is_closed():
        page.evaluate("window.isSamePage = true")
    return page


def said(page, text):
    return page.locator(".history li").filter(has_text=text)


def test_two_people_see_each_other_write_and_each_others_comments(platform, new_page, ticket):
    pat, mia = open_request(new_page("usr_pat"), ticket), open_request(new_page("usr_mia"), ticket)
    expect(pat.locator("[data-viewers]")).to_have_text("Also here: Mia Demo.")
    expect(mia.locator("[data-viewers]")).to_have_text("Also here: Pat Example.")
    pat.get_by_label("Comment").fill("Half a sen")
    expect(mia.locator("[data-viewers]")).to_contain_text("Pat Example is typing.")
    mia.get_by_label("Comment").first.press_sequentially("Please look, @pat ex")
    mia.get_by_role("button", name="Pat Example").click()
    expect(mia.get_by_label("Comment").first).to_have_value("Please look, @Pat Example ")
    mia.get_by_role("button", name="Add comment").click()
    expect(said(pat, "Please look, @Pat Example")).to_be_visible()
    expect(pat.locator("#live-polite")).to_contain_text("Mia Demo: commented")
    expect(pat.get_by_role("link", name=re.compile(r"^Notifications, \d+ unread$"))).to_be_visible()
    expect(pat.get_by_label("Comment")).to_have_value("Half a sen")
    assert pat.evaluate("window.isSamePage")
    expect(said(mia, "Please look")).to_have_count(1)
    comment(platform, "usr_max", ticket, "For those who work on it.", is_internal=True)
    comment(platform, "usr_max", ticket, "For all.")
    expect(said(mia, "For those who work on it.")).to_be_visible()
    expect(said(pat, "For all.")).to_be_visible()
    expect(said(pat, "For those who work on it.")).to_have_count(0)


def test_a_decision_elsewhere_does_not_take_away_what_is_being_typed(platform, new_page):
    ticket = sent(platform, make_employee(platform, "usr_mia"), "time_off_request", make_time_off())
    page = open_request(new_page("usr_mia"), ticket)
    page.get_by_label("Comment on the decision").fill("I am still thinking")
    assert act(platform, "usr_max", ticket, "decision", action="approved").status_code == 200
    notice = page.get_by_role("status").filter(has_text="This request has changed")
    expect(notice).to_contain_text("Max Mockup: Approved (step 1 of 1).")
    expect(page.locator(".page-stats")).to_contain_text("Approved")
    expect(page.get_by_label("Comment on the decision")).to_have_value("I am still thinking")
    notice.get_by_role("link", name="Reload").click()
    expect(page.get_by_label("Comment on the decision")).to_have_count(0)


def test_a_page_that_was_cut_off_misses_nothing(platform, new_page, ticket):
    page, connections = new_page("usr_pat"), []

    def connect(route):
        route.connect_to_server()
        connections.append(route)

    page.route_web_socket(re.compile("/live/management.ticket"), connect)
    page.goto(f"/requests/{ticket['ticket_number']}")
    expect(page.locator("[data-viewers]")).to_have_text(re.compile(r"^\s*$"))
    comment(platform, "usr_mia", ticket, "Before the cut")
    expect(said(page, "Before the cut")).to_be_visible()
    page.context.set_offline(True)
    connections[-1].close()
    for number in range(3):
        comment(platform, "usr_mia", ticket, f"Meanwhile {number}")
    act(platform, "usr_mia", ticket, "status", status="in_progress")
    page.context.set_offline(False)
    for number in range(3):
        expect(said(page, f"Meanwhile {number}")).to_be_visible(timeout=20_000)
    expect(page.locator(".page-stats")).to_contain_text("In progress")


def test_the_queue_follows(platform, new_page):
    page = new_page("usr_max")
    with page.expect_websocket(lambda socket: "management.queue" in socket.url):
        page.goto("/queue?scope=assigned")
    ticket = sent(platform, "usr_pat", "support_ticket", make_support())
    row = page.get_by_role("row").filter(has_text=ticket["ticket_number"])
    expect(row).to_have_count(0)
    ticket = act(platform, "usr_mia", ticket, "assign", user_id="usr_max").json()
    expect(row).to_be_visible()
    expect(page.locator("#live-polite")).to_contain_text("The queue has changed.")
    act(platform, "usr_mia", ticket, "status", status="completed")
    expect(row).to_have_count(0)


def test_the_bell_counts_in_every_app_and_leads_to_what_is_new(platform, new_page):
    person = make_person(platform)
    page = new_page(person)
    with page.expect_websocket(lambda socket: "management.user" in socket.url):
        page.goto("/inventory/items")
    bell = page.locator("[data-bell]")
    expect(bell).to_have_accessible_name("Notifications")
    ticket = sent(platform, "usr_pat", "support_ticket", make_support())
    act(platform, "usr_mia", ticket, "assign", user_id=person)
    expect(bell).to_have_accessible_name("Notifications, 1 unread")
    expect(page.locator("#live-polite")).to_have_text("New notification")
    bell.click()
    page.wait_for_url("**/notifications")  # and so loaded: its script marks what is followed as read
    page.get_by_role("link", name=f"Support {ticket['ticket_number']}: assigned to you").click()
    expect(page).to_have_url(re.compile(ticket["ticket_number"]))
    page.wait_for_function(NONE_UNREAD)
    expect(bell).to_have_accessible_name("Notifications")
    page.goto("/notifications")
    expect(page.get_by_text("0 unread")).to_be_visible()
    platform.run(
        "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION SELECT n + 1 FROM numbers WHERE n < 120)"
        " INSERT INTO notifications (id, user_id, app_key, title, created_at)"
        " SELECT 'many_' || n, ?, 'test', 'One of many', '2026-01-01T00:00:00.000Z' FROM numbers",
        person,
    )
    page.reload()
    expect(bell).to_have_accessible_name("Notifications, 99+ unread")
    expect(page.get_by_role("navigation", name="Pages")).to_be_visible()


def test_the_bell_is_a_link_without_script_and_without_the_portal(platform, new_page):
    plain = new_page("usr_pat", script=False)
    plain.goto("/")
    plain.get_by_role("link", name="Notifications").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Notifications")
    page = new_page("usr_pat")
    asked = []
    page.route("**/api/v1/notifications/unread", lambda route: route.fulfill(status=503))
    page.on("request", lambda request: asked.append(request.url))
    with page.expect_response("**/api/v1/notifications/unread"):
        page.goto("/inventory")
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "/live/management" in url]
    expect(page.get_by_role("link", name="Notifications")).to_be_visible()


@pytest.mark.parametrize(("width", "scheme"), list(zip(WIDTHS, ("dark", "light"), strict=True)))
def test_the_pages_are_accessible_and_fit(platform, new_page, ticket, width, scheme):
    entry = comment(platform, "usr_pat", ticket, "A remark with a-rather-" + "long-" * 20 + "word").json()
    comment(platform, "usr_mia", ticket, "Thank you")
    page = new_page("usr_pat", width)
    page.emulate_media(color_scheme=scheme)
    for path in (
        f"requests/{ticket['ticket_number']}#entry-{entry['id']}",
        f"comments/{entry['id']}",
        "notifications",
        "notifications?unread=true&page=9",
    ):
        page.goto(f"/{path}")
        expect(page.locator("[data-bell] .badge")).to_be_visible()
        assert_accessible(page)
        assert_fits(page)
    page.goto(f"/requests/{ticket['ticket_number']}")
    page.get_by_text("Whom you can mention").click()
    assert_accessible(page)
