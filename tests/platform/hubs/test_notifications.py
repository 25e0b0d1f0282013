"""Notifications that go out by e-mail and text message, on real workerd with the stand-ins."""

from datetime import UTC, datetime, timedelta

import pytest

from ganger.db import Statement
from ganger.notifications import Notice, notify, people
from tools.local.providers.fault import Fault

pytestmark = pytest.mark.runtime
NOTICE = Notice("management", "Support 26-000001: assigned to you", "/requests/26-000001", is_mailed=True)


def told(hubs, person, notice=NOTICE, number=None):
    """Add a notification as an app does, in a batch of its own."""
    query = Statement("SELECT ?", (number,)) if number else None
    hubs.local.batch([notify(datetime.now(UTC), notice, people([person]), number=query)])


def mails(hubs, person):
    (row,) = hubs.rows("SELECT email FROM users WHERE id = ?", person)
    return [each for each in hubs.providers.email.taken if each.to == row["email"]]


def texts(hubs, number):
    return [each for each in hubs.providers.sms.taken if each.to == number]


def test_one_that_is_mailed_goes_to_the_persons_address_once(hubs):
    told(hubs, "usr_wes")
    for _ in range(2):
        hubs.run()
    (mail,) = mails(hubs, "usr_wes")
    assert mail.subject == NOTICE.title
    assert mail.text.splitlines()[-1].endswith("/requests/26-000001")


def test_a_text_message_goes_to_the_number_beside_it_which_is_forgotten(hubs):
    told(hubs, "usr_max", number="(734) 555-0142")
    hubs.run()
    (text,) = texts(hubs, "+17345550142")
    assert NOTICE.title in text.text
    assert len(mails(hubs, "usr_max")) == 1
    assert hubs.rows("SELECT 1 FROM notifications WHERE text_to IS NOT NULL") == []


@pytest.mark.parametrize("number", ["extension 42", "555-0142"])
def test_what_is_no_number_gets_a_mail_alone(hubs, number):
    before = len(hubs.providers.sms.taken), len(mails(hubs, "usr_fay"))
    told(hubs, "usr_fay", number=number)
    hubs.run()
    assert (len(hubs.providers.sms.taken), len(mails(hubs, "usr_fay"))) == (before[0], before[1] + 1)


def test_one_for_the_portal_alone_stays_there(hubs):
    told(hubs, "usr_mia", Notice("inventory", "Gauze is low"))
    hubs.run()
    assert mails(hubs, "usr_mia") == []


def test_a_mail_waits_while_the_provider_is_away_and_goes_out_once(hubs):
    hubs.providers.email.fault = Fault.FAILS
    told(hubs, "usr_sam")
    hubs.run()
    assert mails(hubs, "usr_sam") == []
    hubs.providers.email.recover()
    hubs.run(later=timedelta(hours=1))
    hubs.until(lambda: len(mails(hubs, "usr_sam")) == 1)
