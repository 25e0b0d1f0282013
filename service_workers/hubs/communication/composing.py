"""Messages as they enter the outbox."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256

from ganger.contracts.communication import Channel, Message
from ganger.contracts.staff_mail import StaffMail
from ganger.ids import new_id
from service_workers.hubs.communication.store import STAFF_MAIL, Stored, StoredKind


def to_patient(app: str, at: datetime, asked: Message, channel: Channel, to: str) -> Stored:
    """A message of fixed words."""
    content = (channel, asked.kind, to, asked.link, asked.valid_hours, asked.record_id)
    found = _queued(app, at, asked, channel, asked.kind, to, content)
    return replace(found, link=asked.link, valid_hours=asked.valid_hours)


def to_staff(app: str, at: datetime, asked: StaffMail, channel: Channel, to: str) -> Stored:
    """A message in the app's own words, to somebody of the practice; a text message has no subject."""
    content = (STAFF_MAIL, to, asked.subject, asked.text, asked.record_id)
    found = _queued(app, at, asked, channel, STAFF_MAIL, to, content)
    return replace(found, subject=asked.subject, text=asked.text)


def _queued(
    app: str,
    at: datetime,
    asked: Message | StaffMail,
    channel: Channel,
    kind: StoredKind,
    to: str,
    content: Sequence[object],
) -> Stored:
    return Stored(
        id=new_id(at),
        app=app,
        key=asked.key,
        channel=channel,
        kind=kind,
        content_hash=sha256(json.dumps(content).encode()).hexdigest(),
        destination=to,
        link=None,
        valid_hours=None,
        subject=None,
        text=None,
        status="queued",
        failure=None,
        attempts=0,
        next_try_at=at,
        first_given_at=None,
        claimed_at=None,
        expires_at=at + timedelta(seconds=asked.expires_in_s),
        version=1,
    )
