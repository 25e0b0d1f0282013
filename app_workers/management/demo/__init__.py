"""Demo data for development and tests. No worker imports this.

The statements may be carried out again and again: what is there stays.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256

from app_workers.management import labels
from app_workers.management.demo.files import DemoFile, files
from app_workers.management.demo.people import profiles
from app_workers.management.demo.requests import Request, requests
from app_workers.management.demo.talk import Discussed, talk
from app_workers.management.domain.drafts import Draft, draft_of
from app_workers.management.models.forms import FORMS, FormType, SupportTicket
from app_workers.management.models.tickets import Status
from app_workers.management.permissions import EXPENSE_APPROVE, HR_APPROVE
from ganger.clock import iso_utc
from ganger.db import Statement, Value, insert
from ganger.uploads import document_type_of

_PLACES = {"loc_aa": "Ann Arbor", "loc_wx": "Wixom", "loc_py": "Plymouth"}
_HR = "usr_max"
_FINANCE = "usr_fay"
# Who decides what is about each person.
_DECIDES = {
    "usr_pat": "usr_mia",
    "usr_wes": "usr_mia",
    "usr_fay": "usr_max",
    "usr_tia": "usr_max",
    "usr_mia": "usr_sam",
    "usr_max": "usr_sam",
}
_DECIDED = (Status.APPROVED, Status.DENIED, Status.COMPLETED)


def statements(today: date) -> list[Statement]:
    """The statements that write the demo data, in an order that the foreign keys allow."""
    numbered = list(enumerate(requests(today), start=1))
    counter: dict[str, Value] = {"year": f"{today:%y}", "last_number": len(numbered)}
    return [
        *_people(today),
        *(written for number, request in numbered for written in _ticket(number, request, today)),
        *_attachments(today),
        *(
            _insert_if_missing(table, columns)
            for table, columns in talk([_discussed(number, request, today) for number, request in numbered])
        ),
        _insert_if_missing("ticket_counters", counter),
    ]


def objects(_today: date) -> list[tuple[str, bytes, str]]:
    """The files behind the rows: key, content and media type of each."""
    return [(_key(place), file.content, _media_type(file)) for place, file in enumerate(files(), start=1)]


def _people(today: date) -> Iterator[Statement]:
    at = _instant(today, 200, 5)
    yield from profiles(today, at)
    for user_id, permission in ((_HR, HR_APPROVE), (_FINANCE, EXPENSE_APPROVE)):
        grant: dict[str, Value] = {"user_id": user_id, "permission": permission.name, "granted_at": at}
        yield _insert_if_missing("user_permissions", grant)


def _ticket(number: int, request: Request, today: date) -> Iterator[Statement]:
    at, later = (_instant(today, request.days_ago, hour) for hour in (5, 14))
    ticket_id, status = f"tkt_{number:04d}", request.status
    draft = _draft(request, at)
    is_decided = draft.steps > 0 and status in _DECIDED
    is_completed = status is Status.COMPLETED
    completes = request.assigned_to or (_FINANCE if request.is_expense else _HR)
    columns: dict[str, Value] = {
        "id": ticket_id,
        "ticket_number": f"{today:%y}-{number:06d}",
        "submitter_id": request.submitter_id,
        "subject_user_id": request.submitter_id,
        "status": status.value,
        "assigned_to": request.assigned_to,
        "assigned_at": at if request.assigned_to else None,
        "completed_at": later if is_completed else None,
        "completed_by": completes if is_completed else None,
        "approved_at": later if is_decided and status is not Status.DENIED else None,
        "denial_reason": "Demo: too many away that week." if status is Status.DENIED else None,
        "payment_reference": "DEMO-0042" if is_completed and request.is_expense else None,
        "client_ref": f"demo-{number}",
        "created_at": at,
        "updated_at": later if is_completed or is_decided else at,
    }
    step = draft.steps if is_decided and status is not Status.DENIED else int(draft.steps > 0)
    yield _insert_if_missing("tickets", _drafted(draft) | columns | {"approval_step": step})
    yield _sent(ticket_id, request, at)
    if is_decided:
        yield from (_approval(ticket_id, taken, request, later) for taken in range(1, step + 1))


def _sent(ticket_id: str, request: Request, at: str) -> Statement:
    columns: dict[str, Value] = {
        "id": f"{ticket_id}_0",
        "ticket_id": ticket_id,
        "author_id": request.submitter_id,
        "kind": "system",
        "content": "Sent",
        "created_at": at,
    }
    return _insert_if_missing("ticket_comments", columns)


def _discussed(number: int, request: Request, today: date) -> Discussed:
    sent_at = datetime.fromisoformat(_instant(today, request.days_ago, 5))
    ticket_number = f"{today:%y}-{number:06d}"
    return Discussed(f"tkt_{number:04d}", ticket_number, request.form_type, request.submitter_id, sent_at)


def _approval(ticket_id: str, step: int, request: Request, at: str) -> Statement:
    is_hrs = request.form_type is FormType.PUNCH_FIX
    first = _HR if is_hrs else _DECIDES[request.submitter_id]
    columns: dict[str, Value] = {
        "id": f"{ticket_id}_{step}",
        "ticket_id": ticket_id,
        "step": step,
        "approver_id": first if step == 1 else "usr_sam",
        "action": "denied" if request.status is Status.DENIED else "approved",
        "comments": "Demo: too many away that week." if request.status is Status.DENIED else None,
        "created_at": at,
    }
    return _insert_if_missing("ticket_approvals", columns)


def _attachments(today: date) -> Iterator[Statement]:
    at = _instant(today, 0, 5)
    uploaders = [request.submitter_id for request in requests(today)]
    for place, file in enumerate(files(), start=1):
        upload: dict[str, Value] = {
            "id": f"upl_{place:04d}",
            "object_key": _key(place),
            "file_name": file.name,
            "media_type": _media_type(file),
            "size_bytes": len(file.content),
            "sha256": sha256(file.content).hexdigest(),
            "uploaded_by": uploaders[file.request_number - 1],
            "created_at": at,
        }
        attachment: dict[str, Value] = {
            "id": f"att_{place:04d}",
            "ticket_id": f"tkt_{file.request_number:04d}",
            "file_upload_id": f"upl_{place:04d}",
            "created_at": at,
        }
        yield _insert_if_missing("file_uploads", upload)
        yield _insert_if_missing("ticket_attachments", attachment)


def _key(place: int) -> str:
    return f"management/demo-{place:04d}"


def _media_type(file: DemoFile) -> str:
    return document_type_of(file.name, file.content) or ""


def _draft(request: Request, at: str) -> Draft:
    form = FORMS[request.form_type].checked(request.form_data)
    kind = labels.spelt(form.request_type.value) if isinstance(form, SupportTicket) else ""
    place = _PLACES.get(str(request.form_data.get("location_id")), "Any location")
    return draft_of(request.form_type, form, place, kind, datetime.fromisoformat(at))


def _drafted(draft: Draft) -> dict[str, Value]:
    return {
        "form_type": draft.form_type.value,
        "title": draft.title,
        "description": draft.description,
        "form_data": json.dumps(draft.form_data),
        "location_id": draft.location_id,
        "priority": draft.priority.value,
        "approval_step": int(draft.steps > 0),
        "approval_steps": draft.steps,
        "due_at": draft.due_at,
    }


def _instant(today: date, days_ago: int, hour: int) -> str:
    return iso_utc(datetime.combine(today - timedelta(days=days_ago), time(hour), UTC))


def _insert_if_missing(table: str, columns: Mapping[str, Value]) -> Statement:
    statement = insert(table, columns)
    return Statement(f"{statement.sql} ON CONFLICT DO NOTHING", statement.values)
