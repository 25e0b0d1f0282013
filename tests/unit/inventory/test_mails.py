"""Summaries and digests by e-mail: written with what they tell of, tried, and asked after."""

import asyncio
from datetime import timedelta

import pytest

from app_workers.inventory.domain.mails import is_not_sent, next_look, next_try, status_of
from app_workers.inventory.domain.order_summary import subject_of
from app_workers.inventory.errors import NoBuyers
from app_workers.inventory.mailing import move_mails
from app_workers.inventory.models.mails import MailKind, MailStatus
from app_workers.inventory.models.orders import OrderAction
from app_workers.inventory.models.settings import Settings
from app_workers.inventory.store.mails import mails_of
from app_workers.inventory.store.order_summaries import send_summary_again, summaries_sent
from app_workers.inventory.store.orders import find_order
from app_workers.inventory.store.reorder import reorder_notices
from ganger.context import Services
from ganger.contracts.communication import MessageState
from ganger.errors import InvalidTransition, ValidationFailed
from ganger.jobs import Run
from ganger.rpc import UNAVAILABLE, Refusal
from tests.unit.inventory.shelves import NOW, PLACE, actor
from tests.unit.inventory.test_order_store import MANAGER, draft, offered, shelves, step

__all__ = ["shelves"]

A = OrderAction
BUYERS = ["buyer@example.test", "second@example.test"]


class Hub:
    """A communication hub that answers as the test says, and keeps what it was asked."""

    def __init__(self, *answers):
        self.answers, self.asked = list(answers), []

    async def call(self, method, asked, _actor, _deadline):
        self.asked.append((method.name, asked))
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


class Quiet:
    """Live topics that nobody looks at."""

    def publish(self, _topic, _change):
        pass


def set_to(shelves, key, value):
    shelves.connection.execute(
        "INSERT INTO platform_settings (app_key, key, value_json, updated_at) VALUES ('inventory', ?, ?, '')",
        (key, value),
    )


def approved(shelves, **item):
    order = step(shelves, draft(shelves, (offered(shelves, 4550, 10, **item), 2)), A.SUBMIT)
    return step(shelves, order, A.APPROVE, MANAGER)


def with_buyers(shelves):
    set_to(shelves, "buyer_emails", '["buyer@example.test", "SECOND@example.test"]')


def run(shelves, hub, minutes=0):
    services = Services(clock=lambda: NOW, database=shelves, remotes=hub, live=Quiet())
    asyncio.run(move_mails(Run("move-mails", NOW + timedelta(minutes=minutes), services)))


def sent(shelves, order):
    return asyncio.run(summaries_sent(shelves, PLACE, order.id))


def test_approving_writes_the_summary_down_once_for_each_buyer(shelves):
    with_buyers(shelves)
    order = approved(shelves)
    mails = sent(shelves, order)
    assert [mail.recipient for mail in mails] == BUYERS
    assert mails[0].subject == f"Order {order.order_number} approved: Test vendor, for Ann Arbor"
    assert "(urgent)" in mails[0].text
    assert "Total: $91.00" in mails[0].text
    assert step(shelves, order, A.APPROVE, MANAGER).code == "INVALID_TRANSITION"
    assert len(sent(shelves, order)) == 2


def test_without_buyers_an_order_is_approved_and_nothing_goes_out(shelves):
    order = approved(shelves)
    assert (order.status, sent(shelves, order)) == ("approved", [])
    again = asyncio.run(send_summary_again(shelves, PLACE, actor(), order.id, 0))
    assert isinstance(again, NoBuyers)


def test_a_hub_that_is_down_is_asked_again_four_times_and_then_the_summary_has_failed(shelves):
    with_buyers(shelves)
    order, hub, at = approved(shelves), Hub(Refusal(UNAVAILABLE)), 0
    for minutes in (0, 1, 5, 15, 60):
        run(shelves, hub, at + minutes - 0.5 if minutes else 0)
        tried = len(hub.asked)
        at += minutes
        run(shelves, hub, at)
        assert len(hub.asked) == tried + (2 if minutes else 0)
        assert is_not_sent(sent(shelves, order))
    assert len(hub.asked) == 10
    assert {(mail.status, mail.failure_code) for mail in sent(shelves, order)} == {("failed", UNAVAILABLE)}
    run(shelves, hub, at + 600)
    assert len(hub.asked) == 10
    assert asyncio.run(find_order(shelves, PLACE, order.id)).summary_posted_at is None


def test_what_the_hub_took_is_asked_after_under_the_same_key(shelves):
    set_to(shelves, "buyer_emails", '["buyer@example.test"]')
    order = approved(shelves)
    hub = Hub(MessageState("msg_1", "queued"), Refusal(UNAVAILABLE), MessageState("msg_1", "delivered"))
    (mail,) = sent(shelves, order)
    for minutes in (0, 1, 2, 3, 4):
        run(shelves, hub, minutes)
    assert [name for name, _ in hub.asked] == ["send_staff_mail", "message_state", "message_state"]
    assert (hub.asked[0][1].key, hub.asked[1][1].message_id) == (mail.id, "msg_1")
    assert [each.status for each in sent(shelves, order)] == ["delivered"]
    assert asyncio.run(find_order(shelves, PLACE, order.id)).summary_posted_at is not None
    told = shelves.read("SELECT action FROM audit_logs WHERE record_id = ?", mail.id)
    assert [row["action"] for row in told] == ["inventory:mail", "inventory:mail"]


def test_sending_again_makes_new_messages_and_pressing_twice_makes_them_once(shelves):
    with_buyers(shelves)
    order = approved(shelves)
    first = {mail.id for mail in sent(shelves, order)}
    for _ in range(2):
        done = asyncio.run(send_summary_again(shelves, PLACE, actor(), order.id, 1))
        assert done.id == order.id
    again = sent(shelves, order)
    assert [mail.number for mail in again] == [2, 2]
    assert first.isdisjoint(mail.id for mail in again)
    cancelled = step(shelves, order, A.CANCEL, reason="bought elsewhere")
    refused = asyncio.run(send_summary_again(shelves, PLACE, actor(), cancelled.id, 2))
    assert isinstance(refused, InvalidTransition)


def test_the_digest_of_a_location_goes_to_the_address_that_it_has_set(shelves):
    offered(shelves, 1000, 10, on_hand=6, name="Gauze")
    shelves.connection.execute("UPDATE inventory_stock SET reorder_point = 8, par_level = 20")
    set_to(shelves, "alerts.email", '"Supplies@example.test"')
    for minutes in (0, 1):
        shelves.carry_out(asyncio.run(reorder_notices(shelves, PLACE, actor(minutes=minutes))))
    (mail,) = asyncio.run(mails_of(shelves, PLACE, MailKind.REORDER_DIGEST, "2026-01-10"))
    assert (mail.recipient, mail.subject) == ("supplies@example.test", "To reorder at Ann Arbor: 1 item")
    assert "- Gauze (" in mail.text
    assert "6 usable, 0 on the way; 2 of 10 box from Test vendor" in mail.text


def test_a_mail_is_asked_after_for_three_days_and_ever_less_often():
    times = [NOW]
    while (look := next_look(MailStatus.SENT, NOW, times[-1])) is not None:
        times.append(look)
    assert times[1] - times[0] == timedelta(minutes=1)
    assert times[-1] - NOW > timedelta(days=3)
    assert len(times) < 50
    assert next_look(MailStatus.DELIVERED, NOW, NOW) is None
    assert [next_try(tries, NOW) for tries in (4, 5)] == [NOW + timedelta(hours=1), None]
    assert status_of("cancelled") is MailStatus.FAILED


def test_a_subject_is_one_line(shelves):
    order = draft(shelves).model_copy(update={"vendor_name": "Two\nlines" + "x" * 200})
    assert subject_of(order).isprintable()
    assert len(subject_of(order)) <= 150


@pytest.mark.parametrize("value", ["nobody", "a@b", "a@example.test, b@example.test", "a@example.test\n"])
def test_an_address_that_is_none_cannot_be_set(value):
    with pytest.raises(ValidationFailed):
        Settings.checked({"buyer_emails": [value]})
    with pytest.raises(ValidationFailed):
        Settings.checked({"alerts.email": value})
