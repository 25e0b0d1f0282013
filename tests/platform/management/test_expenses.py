"""Expenses from form to payment, on the real runtime."""

import re

import pytest

from tests.platform.auth.factories import make_person
from tests.platform.management.factories import (
    PDF,
    act,
    assert_error,
    day,
    grant,
    make_employee,
    make_expense,
    send,
    sent,
    uploaded,
)

pytestmark = pytest.mark.runtime


def make_finance(platform):
    person = make_person(platform)
    grant(platform, person, "management:expense-approve")
    return person


def item(cents):
    return {"date": day(-1), "category": "travel", "description": "Train", "amount_cents": cents}


def decide(platform, person, ticket, action="approved", **body):
    return act(platform, person, ticket, "decision", action=action, **body)


def expense(platform, person, **changes):
    return sent(
        platform, person, "expense_reimbursement", make_expense(**changes), [uploaded(platform, person)]
    )


def test_a_small_expense_takes_one_step(platform):
    """Worked example 7."""
    person = make_employee(platform, "usr_mia")
    ticket = expense(platform, person)
    data = ticket["form_data"]
    assert (data["total_cents"], data["reimbursable_cents"]) == (6149, 6149)
    assert (ticket["title"], ticket["approval_steps"]) == ("Expense $61.49", 1)
    assert decide(platform, "usr_mia", ticket).json()["status"] == "approved"


def test_a_large_expense_takes_finance_too(platform):
    """Worked example 7."""
    boss = make_finance(platform)
    ticket = expense(platform, make_employee(platform, boss), items=[item(60_000), item(2_000)])
    assert ticket["approval_steps"] == 2
    second = decide(platform, boss, ticket).json()
    assert (second["status"], second["approval_step"]) == ("pending_approval", 2)
    assert_error(decide(platform, boss, second), 403, "SAME_APPROVER")
    assert decide(platform, make_finance(platform), second).json()["status"] == "approved"


def test_without_a_receipt_or_with_a_text_for_one_it_is_refused(platform):
    """Worked example 7."""
    person = make_employee(platform)
    for files in ([], [uploaded(platform, person, "a.txt", b"text")]):
        answer = send(platform, person, "expense_reimbursement", make_expense(), files=files)
        assert_error(answer, 422, "RECEIPT_REQUIRED")


def test_the_company_card_reimburses_nothing(platform):
    """Worked example 7."""
    ticket = expense(platform, make_employee(platform), payment_method="company_card")
    assert ticket["form_data"]["reimbursable_cents"] == 0


def test_the_practice_sets_from_which_amount_on_finance_is_asked(platform):
    person = make_person(platform, home="loc_wx")
    platform.run(
        "INSERT INTO location_configs (location_id, app_key, key, value_json, updated_at)"
        " VALUES ('loc_wx', 'management', 'expense_second_approval_cents', '6000', '2026-01-01')"
    )
    try:
        assert expense(platform, person)["approval_steps"] == 2
    finally:
        platform.run("DELETE FROM location_configs WHERE key = 'expense_second_approval_cents'")


def test_an_item_of_long_ago_is_refused(platform):
    old = make_expense(items=[item(100) | {"date": day(-91)}])
    person = make_employee(platform)
    answer = send(platform, person, "expense_reimbursement", old, files=[uploaded(platform, person)])
    assert_error(answer, 422, "DATE_OUT_OF_RANGE")


def test_finance_completes_it_with_a_payment_reference(platform):
    finance = make_finance(platform)
    approved = decide(platform, "usr_mia", expense(platform, make_employee(platform, "usr_mia"))).json()
    bare = act(platform, finance, approved, "status", status="completed")
    assert list(assert_error(bare, 400, "VALIDATION_ERROR")["fields"]) == ["payment_reference"]
    refused = act(platform, "usr_mia", approved, "status", status="completed", payment_reference="ACH 42")
    assert_error(refused, 409, "INVALID_TRANSITION")
    paid = act(
        platform, finance, approved, "status", status="completed", payment_reference="ACH 42", note="Paid out"
    ).json()
    assert (paid["status"], paid["payment_reference"]) == ("completed", "ACH 42")
    page = platform.get(f"/requests/{paid['ticket_number']}", finance).text
    assert "Completed: Paid out" in page
    assert_error(
        act(platform, paid["submitter_id"], paid, "status", status="open"), 409, "INVALID_TRANSITION"
    )


def test_hr_does_not_see_expenses_and_finance_does(platform):
    hr, finance = make_person(platform), make_finance(platform)
    grant(platform, hr, "management:hr-approve")
    ticket = expense(platform, make_employee(platform, "usr_mia"))
    path = f"/api/v1/tickets/{ticket['ticket_number']}"
    assert platform.get(path, hr).status_code == 404
    assert platform.get(path, finance).status_code == 200
    waiting = platform.get("/api/v1/tickets?scope=approvals&limit=100", finance).json()["items"]
    assert ticket["id"] in {each["id"] for each in waiting}


def test_what_was_approved_does_not_rise_by_an_edit(platform):
    boss, finance = make_finance(platform), make_finance(platform)
    person = make_employee(platform, boss)
    second = decide(platform, boss, expense(platform, person, items=[item(60_000)])).json()
    asked = decide(platform, finance, second, "info_requested", comments="Which train was it?").json()
    path = f"/api/v1/tickets/{asked['ticket_number']}"
    more = {"version": asked["version"], "form_data": make_expense(items=[item(60_001)])}
    assert_error(platform.request("PATCH", path, person, json=more), 400, "VALIDATION_ERROR")
    less = {"version": asked["version"], "form_data": make_expense(items=[item(1_000)])}
    changed = platform.request("PATCH", path, person, json=less).json()
    assert (changed["form_data"]["total_cents"], changed["approval_steps"]) == (1_000, 2)


def test_rows_are_added_and_removed_without_script_and_the_form_is_sent(platform):
    person = make_employee(platform, "usr_mia")
    path = "/requests/new/expense_reimbursement"
    page = platform.get(path, person)
    assert "Remove item" not in page.text
    typed = {
        "expense_type": "supplies",
        "payment_method": "personal_cash",
        "purpose": "Things for the test desk.",
        "item_date_1": day(-1),
        "item_category_1": "supplies",
        "item_description_1": "Paper",
        "item_amount_1": "$1,000.50",
    }
    files = [("files", ("receipt.pdf", PDF))]
    page = platform.post(path, person, data=typed | {"add_item": ""}, files=files)
    assert (page.status_code, 'name="item_date_2"' in page.text) == (200, True)
    (kept,) = re.findall(r'name="(upload_\w+)"', page.text)
    page = platform.post(path, person, data=typed | {kept: "on", "item_date_2": "", "remove_item_2": ""})
    assert (page.status_code, 'name="item_date_2"' in page.text) == (200, False)
    assert 'value="$1,000.50"' in page.text
    reference = re.findall(r'name="client_ref" value="([^"]*)"', page.text)[0]
    wrong = platform.post(path, person, data=typed | {"client_ref": reference, "item_amount_1": "much"})
    assert "Dollars, item 1 must be an amount from $0.01 to $10,000.00" in wrong.text
    bare = platform.post(path, person, data=typed | {"client_ref": reference})
    assert (bare.status_code, "An expense needs a receipt" in bare.text) == (422, True)
    done = platform.post(path, person, data=typed | {"client_ref": reference, kept: "on"})
    assert done.status_code == 303, done.text
    shown = platform.get(done.headers["location"], person).text
    assert "Expense $1,000.50" in shown
    assert "receipt.pdf" in shown
    edit = platform.get(done.headers["location"] + "/edit", person).text
    assert 'value="1000.50"' in edit


def test_a_row_that_is_added_to_an_edit_does_not_hide_that_somebody_changed_it_meanwhile(platform):
    person = make_employee(platform, "usr_mia")
    ticket = expense(platform, person)
    body = {"priority": "high", "version": 1}
    path = f"/requests/{ticket['ticket_number']}"
    assert platform.post(f"{path}/priority", "usr_mia", data=body).status_code == 303
    page = platform.post(f"{path}/edit", person, data={"version": "1", "item_date_1": "", "add_item": ""})
    assert (page.status_code, 'name="item_date_2"' in page.text) == (200, True)
    assert 'name="version" value="1"' in page.text
