"""Making and deciding a request as people do it, in Chromium."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.platform.management.factories import (
    PDF,
    act,
    day,
    make_employee,
    make_idea,
    make_support,
    make_time_off,
    sent,
)

pytestmark = [pytest.mark.browser, pytest.mark.runtime]


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_request_is_sent_from_the_start_page(new_page, script):
    word = uuid4().hex
    page = new_page("usr_pat", script=script)
    page.goto("/")
    page.get_by_role("link", name="New request").last.click()
    page.get_by_role("link", name="Improvement idea").click()
    page.get_by_label("Goal").fill(f"Make {word} better")
    page.get_by_label("Why it matters").fill("It is slow for everybody.")
    page.get_by_label("How we know").fill("It is fast then.")
    page.get_by_label("What it costs us").fill("A little time.")
    page.get_by_label("Who would take part").fill("Everybody")
    page.get_by_label("When", exact=False).last.select_option("future")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Make {word} better")
    page.get_by_label("Comment").fill("Said afterwards.")
    page.get_by_role("button", name="Add comment").click()
    expect(page.get_by_text("Said afterwards.")).to_be_visible()


def test_a_mistake_is_named_and_leads_to_its_field(new_page):
    page = new_page("usr_pat")
    page.goto("/requests/new/support_ticket")
    page.get_by_label("What it is about").select_option("it")
    page.get_by_label("Details").fill("short")
    page.get_by_role("button", name="Send").click()
    page.get_by_role("link", name="Details must have at least 10 characters").click()
    expect(page.get_by_label("Details")).to_be_focused()
    expect(page.get_by_label("Details")).to_have_value("short")


def test_a_manager_approves_from_the_list(platform, new_page):
    person = make_employee(platform, "usr_mia")
    ticket = sent(platform, person, "time_off_request", make_time_off())
    page = new_page("usr_mia")
    page.goto("/approvals")
    page.get_by_role("row").filter(has_text=ticket["ticket_number"]).get_by_role("link").click()
    page.get_by_label("Decision", exact=False).first.select_option("approved")
    page.get_by_role("button", name="Save decision").click()
    expect(page.get_by_text("Approved (step 1 of 1)")).to_be_visible()


def test_the_second_of_two_open_forms_keeps_what_was_typed(platform, new_page):
    ticket = sent(platform, "usr_pat", "support_ticket", make_support())
    page = new_page("usr_pat")
    page.goto(f"/requests/{ticket['ticket_number']}/edit")
    page.get_by_label("Details").fill("This was typed too late.")
    assert act(platform, "usr_mia", ticket, "assign", user_id="usr_wes").status_code == 200
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Somebody changed this request")).to_be_visible()
    expect(page.get_by_label("Details")).to_have_value("This was typed too late.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The request was changed.")).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_an_expense_is_sent_with_its_receipt(new_page, script):
    page = new_page("usr_wes", script=script)
    page.goto("/requests/new/expense_reimbursement")
    page.get_by_role("button", name="Add an item").click()
    page.get_by_label("What it was for").select_option("supplies")
    page.get_by_label("Paid with").select_option("personal_card")
    page.get_by_label("Purpose").fill("Things for the test desk.")
    for number, dollars in ((1, "42.50"), (2, "$18.99")):
        page.get_by_label(f"Date, item {number}").fill(day(-1))
        page.get_by_label(f"Category, item {number}").select_option("supplies")
        page.get_by_label(f"What, item {number}").fill("Paper")
        page.get_by_label(f"Dollars, item {number}").fill(dollars)
    # Enter sends the form, and does not press the first button in it, which removes an item.
    page.get_by_label("Dollars, item 1").press("Enter")
    page.get_by_role("link", name="An expense needs a receipt").click()
    expect(page.get_by_label("Files")).to_be_focused()
    page.get_by_label("Files").set_input_files(
        {"name": "slip.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    page.get_by_role("button", name="Send").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Expense $61.49")
    with page.expect_download() as download:
        page.get_by_role("link", name="slip.pdf").click()
    assert download.value.path().read_bytes() == PDF


def test_several_requests_are_ticked_and_given_to_somebody(platform, new_page):
    mark = uuid4().hex
    goals = [f"{mark} for {whom}" for whom in ("patients", "visitors")]
    tickets = [sent(platform, "usr_pat", "impact_filter", make_idea(goal=goal)) for goal in goals]
    page = new_page("usr_mia")
    page.goto(f"/queue?scope=unassigned&search={mark}")
    for goal in goals:
        page.get_by_label(f"Select {goal}").check()
    page.get_by_label("Give what is ticked to").select_option(label="Wes Sample")
    page.get_by_role("button", name="Assign").click()
    expect(page.get_by_text("2 requests were assigned.")).to_be_visible()
    expect(page).to_have_url(re.compile("scope=unassigned"))
    shown = platform.get(f"/api/v1/tickets/{tickets[0]['ticket_number']}", "usr_mia").json()["ticket"]
    assert shown["assigned_to"] == "usr_wes"
