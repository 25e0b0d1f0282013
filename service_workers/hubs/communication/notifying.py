"""Notifications that go out: taken from where apps write them into the outbox, each in one batch.

What goes out says no more than the notification does, and where the rest is read, signed in.
"""

from collections.abc import Iterator
from dataclasses import replace

from ganger.contracts.communication import Channel
from ganger.contracts.staff_mail import MAX_SUBJECT, StaffMail
from ganger.db import ExpectationFailed, Row, Statement, expect
from ganger.jobs import Run
from ganger.phones import phone_of
from service_workers.hubs.communication import store
from service_workers.hubs.communication.carriers import Carriers
from service_workers.hubs.communication.composing import to_staff
from service_workers.hubs.communication.domain.destinations import destination

_APP = "hubs"  # whose messages they are: no app waits for news of them
_AT_ONCE = 100  # in one run of a minute
_WANTED = """
    SELECT told.id, told.title, told.link, told.text_to, person.email,
        person.home_location_id AS location_id
    FROM notifications AS told JOIN users AS person ON person.id = told.user_id
    WHERE told.mail = 'wanted' ORDER BY told.id LIMIT ?
"""
_IS_WANTED = "(SELECT mail FROM notifications WHERE id = ?) = 'wanted'"
_TAKEN = "UPDATE notifications SET mail = 'taken', text_to = NULL WHERE id = ?"


async def take_notifications(run: Run, carriers: Carriers, origin: str) -> None:
    """Take what is to go out into the outbox. A channel that is not set up, or not wanted, is left out.

    Args:
        origin: where staff reach the portal.
    """
    for row in await run.db.rows(_WANTED, _AT_ONCE):
        told = str(row["id"])
        statements = [expect("wanted", _IS_WANTED, told)]
        for channel, asked in _messages(row, origin):
            to = destination(channel, asked.to)
            if to and channel in carriers.lines and not await store.is_opted_out(run.db, channel, to):
                new = to_staff(_APP, run.at, asked, channel, to)
                statements += store.adding(asked, new, run.actor, "not needed")
        try:
            await run.db.batch([*statements, Statement(_TAKEN, (told,))])
        except ExpectationFailed:
            continue  # another run took it


def _messages(row: Row, origin: str) -> Iterator[tuple[Channel, StaffMail]]:
    """The mail of a notification, and its text message if it has a number for one."""
    told, url = str(row["id"]), origin + str(row["link"] or "/notifications")
    title = " ".join(str(row["title"]).split())  # a line break in a subject would begin another header
    asked = StaffMail(
        key=f"{told}-email",
        to=str(row["email"]),
        subject=title[:MAX_SUBJECT],
        text=f"{title}\n\nOpen it in the staff portal:\n{url}\n",
        record_id=told,
        location_id=str(row["location_id"]),
    )
    yield "email", asked
    number = phone_of(str(row["text_to"] or ""))
    if number:
        text = f"Ganger staff portal: {title} {url}"
        yield "sms", replace(asked, key=f"{told}-sms", to=number, text=text)
