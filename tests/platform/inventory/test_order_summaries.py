"""The summary of an approved order on its way to the buyers, on the real runtime."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from tests.platform.inventory.test_count_pages import hidden, open_page
from tests.platform.inventory.test_orders import API, draft, offered, step

pytestmark = pytest.mark.runtime

BUYER = "buyer-summary@example.test"


@pytest.fixture
def practice(platform):
    """A practice with one buyer, and e-mail that works again after the test."""
    platform.run(
        "INSERT INTO platform_settings (app_key, key, value_json, updated_at)"
        " VALUES ('inventory', 'buyer_emails', json_array(?), '')",
        BUYER,
    )
    yield platform
    platform.run("DELETE FROM platform_settings WHERE app_key = 'inventory'")


def minute(platform, later=timedelta()):
    assert platform.local.scheduled("inventory", "* * * * *", datetime.now(UTC) + later) == "ok"


def mails_about(platform, order):
    return [each for each in platform.outside.email.taken if order["order_number"] in each.subject]


def until(is_so):
    ends_at = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < ends_at, "It did not become so."
        time.sleep(0.05)


def test_buyers_get_the_summary_and_it_is_sent_again_from_the_order_s_page(practice):
    order = draft(practice, (offered(practice, 4550, 10), 2)).json()["order"]
    step(practice, order, "submit")
    assert step(practice, order, "approve", "usr_mia").status_code == 200
    page = f"/inventory/orders/{order['id']}"
    assert "Waiting" in open_page(practice, page).text
    minute(practice)
    until(lambda: len(mails_about(practice, order)) == 1)
    (mail,) = mails_about(practice, order)
    assert (mail.to, "Total: $91.00" in mail.text) == (BUYER, True)
    assert practice.get(f"{API}/{order['id']}", "usr_pat").json()["order"]["summary_posted_at"]
    minute(practice, timedelta(minutes=2))
    shown = open_page(practice, page)
    assert "Sent" in shown.text and "Summary not sent" not in shown.text
    address = f"{page}/summary"
    answer = practice.post(address, person="usr_pat", data=hidden(shown, address))
    assert (answer.status_code, answer.headers["location"]) == (303, page)
    minute(practice)
    until(lambda: len(mails_about(practice, order)) == 2)


def test_the_page_says_of_a_summary_that_it_was_not_sent(practice):
    practice.run("UPDATE platform_settings SET value_json = '[\"nobody@example.test\"]'")
    practice.run(
        "INSERT INTO hub_opt_outs (channel, destination, at) VALUES ('email', 'nobody@example.test', '')"
    )
    order = draft(practice, (offered(practice, 4550, 10), 2)).json()["order"]
    step(practice, order, "submit")
    step(practice, order, "approve", "usr_mia")
    minute(practice)
    shown = open_page(practice, f"/inventory/orders/{order['id']}").text
    assert "Summary not sent" in shown
    assert ">Resend<" in shown.replace("\n", "").replace(" ", "")
    assert mails_about(practice, order) == []
