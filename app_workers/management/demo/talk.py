"""What the people of the demo data say about their requests, and what they were told of that."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app_workers.management import labels
from app_workers.management.models.forms import FormType
from ganger.clock import iso_utc
from ganger.db import Value

_COMMENTS, _INTERNAL, _NOTIFICATIONS = 60, 8, 16
_WORKS_ON_IT = "usr_max"  # a manager, and HR: reads and writes what is internal of every request
_SAID = (
    "A demo question: since when is that so?",
    "Since the demo week began, in the morning.",
    "Thank you. A made-up colleague looks at it on Thursday.",
    "@Max Mockup, can that wait until the demo desk is free?",
    "It can wait, this is only a demo.",
    "The sample part was ordered; the demo vendor says two days.",
)
_SAID_INTERNALLY = "Internal demo note: the sample budget covers this."


@dataclass(frozen=True, slots=True)
class Discussed:
    """A request that people talk about."""

    id: str
    number: str
    form_type: FormType
    submitter_id: str
    sent_at: datetime


def talk(requests: Sequence[Discussed]) -> Iterator[tuple[str, dict[str, Value]]]:
    """60 comments, 8 of them internal, and notifications of some of them; each with its table."""
    for index in range(_COMMENTS):
        request = requests[index % len(requests)]
        is_internal = index * _INTERNAL // _COMMENTS != (index - 1) * _INTERNAL // _COMMENTS
        turn = index // len(requests)
        is_submitter = turn % 2 == 1 and not is_internal
        comment: dict[str, Value] = {
            "id": f"cmt_{index:04d}",
            "ticket_id": request.id,
            "author_id": request.submitter_id if is_submitter else _WORKS_ON_IT,
            "kind": "comment",
            "content": _SAID_INTERNALLY if is_internal else _SAID[turn % len(_SAID)],
            "is_internal": int(is_internal),
            "created_at": iso_utc(_said_at(request, index)),
        }
        yield "ticket_comments", comment
    for index in range(_NOTIFICATIONS):
        # A question to the submitter and the answer to it, request by request.
        request, turn = requests[index // 2], index % 2
        yield "notifications", _notification(request, index // 2 + turn * len(requests), turn)


def _notification(request: Discussed, index: int, turn: int) -> dict[str, Value]:
    at = iso_utc(_said_at(request, index))
    return {
        "id": f"ntf_{index:04d}",
        "user_id": _WORKS_ON_IT if turn else request.submitter_id,
        "app_key": "management",
        "title": f"{labels.FORMS[request.form_type]} {request.number}: new comment",
        "link": f"/requests/{request.number}#entry-cmt_{index:04d}",
        "read_at": at if index % 3 else None,
        "created_at": at,
    }


def _said_at(request: Discussed, index: int) -> datetime:
    return request.sent_at + timedelta(minutes=7 * (index + 1))
