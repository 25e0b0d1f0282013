"""Which state a request can go to, and by whom."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from app_workers.management.domain.access import Rights
from app_workers.management.models.forms import FormType
from app_workers.management.models.tickets import (
    UNFINISHED,
    Action,
    Decision,
    Status,
    StatusChange,
    Ticket,
)
from ganger.clock import clinic_date
from ganger.errors import Forbidden, ValidationFailed

_REOPEN_WITHIN = timedelta(days=7)
_WORK = {
    Status.OPEN: (Status.IN_PROGRESS, Status.STALLED, Status.COMPLETED),
    Status.IN_PROGRESS: (Status.STALLED, Status.COMPLETED),
    Status.STALLED: (Status.IN_PROGRESS, Status.COMPLETED),
}


def next_states(ticket: Ticket, person_id: str, rights: Rights, now: datetime) -> tuple[Status, ...]:
    """The states that this person may put a request in now; decisions of approvers are another matter.

    Args:
        now: aware; a completed request can be opened again for 7 days.
    """
    if ticket.needs_approval:
        return tuple(_approval_states(ticket, person_id, rights, now))
    return tuple(_work_states(ticket, person_id, rights, now))


def payment_problem(ticket: Ticket, asked: StatusChange) -> ValidationFailed | None:
    """What is wrong with how a change of state says that money was paid: an expense is done once it is."""
    is_paid = asked.status is Status.COMPLETED and ticket.form_type is FormType.EXPENSE_REIMBURSEMENT
    if is_paid and not asked.payment_reference:
        return ValidationFailed({"payment_reference": "is required"})
    if asked.payment_reference and not is_paid:
        return ValidationFailed({"payment_reference": "is kept only for a completed expense"})
    return None


def may_comment_internally(ticket: Ticket, person_id: str, rights: Rights) -> bool:
    """Whether the person writes and reads internal comments of a request that they see."""
    if ticket.needs_approval:
        return rights.decides(ticket.form_type) or person_id == ticket.subject_manager_id
    return rights.is_manager or person_id == ticket.assigned_to


def may_prioritise(ticket: Ticket, person_id: str, rights: Rights) -> bool:
    """Whether the person may say how soon a request is looked at, which matters until it is over."""
    is_theirs = person_id == ticket.assigned_to or rights.is_manager
    return is_theirs and ticket.status in UNFINISHED


def may_take(ticket: Ticket, rights: Rights) -> bool:
    """Whether the person may assign a request to themselves: support agents, what nobody works on yet."""
    is_free = ticket.assigned_to is None and ticket.status in _WORK
    return rights.is_agent and is_free and ticket.form_type is FormType.SUPPORT_TICKET


def may_remove(uploader_id: str, person_id: str, rights: Rights) -> bool:
    """Whether the person may take a file off a request that they see."""
    return rights.is_manager or person_id == uploader_id


def assignment_problem(
    ticket: Ticket, assignee_id: str | None, person_id: str, rights: Rights
) -> Forbidden | None:
    """What forbids the person to give the request to somebody, or to nobody; None if they may."""
    if ticket.needs_approval:
        return Forbidden("What is to be approved is assigned to nobody.")
    if rights.is_manager or (assignee_id == person_id and may_take(ticket, rights)):
        return None
    return Forbidden("Only managers assign requests; support agents take those that nobody has.")


def decided_steps(decisions: Sequence[Decision]) -> int:
    """How many steps were approved or denied."""
    return sum(each.action is not Action.INFO_REQUESTED for each in decisions)


def is_editable(ticket: Ticket, person_id: str, decided_steps: int) -> bool:
    """Whether the person may change what the form says."""
    if person_id != ticket.submitter_id:
        return False
    if ticket.status is Status.PENDING_APPROVAL:
        return decided_steps == 0
    return ticket.status in (Status.OPEN, Status.INFO_REQUESTED)


def _work_states(ticket: Ticket, person_id: str, rights: Rights, now: datetime) -> list[Status]:
    states: list[Status] = []
    if rights.is_manager or person_id == ticket.assigned_to:
        states += _WORK.get(ticket.status, ())
    is_submitter = person_id == ticket.submitter_id
    if ticket.status in _WORK and (rights.is_manager or (is_submitter and ticket.status is Status.OPEN)):
        states.append(Status.CANCELLED)
    if ticket.status is Status.COMPLETED and (rights.is_manager or is_submitter):
        completed = datetime.fromisoformat(ticket.completed_at or ticket.updated_at)
        if now - completed <= _REOPEN_WITHIN:
            states.append(Status.OPEN)
    return states


def _approval_states(ticket: Ticket, person_id: str, rights: Rights, now: datetime) -> list[Status]:
    is_own = person_id in (ticket.submitter_id, ticket.subject_user_id)
    if ticket.status in (Status.PENDING_APPROVAL, Status.INFO_REQUESTED):
        answered = ticket.status is Status.INFO_REQUESTED and person_id == ticket.submitter_id
        return [*([Status.PENDING_APPROVAL] if answered else []), *([Status.CANCELLED] if is_own else [])]
    if ticket.status is not Status.APPROVED:
        return []
    decides = rights.decides(ticket.form_type)
    is_approver = decides or person_id == ticket.subject_manager_id
    return [
        *([Status.CANCELLED] if _is_before_leave(ticket, now) and (is_own or is_approver) else []),
        *([Status.COMPLETED] if decides and not _is_time_off(ticket) else []),
    ]


def _is_time_off(ticket: Ticket) -> bool:
    return "leave_type" in ticket.form_data


def _is_before_leave(ticket: Ticket, now: datetime) -> bool:
    return _is_time_off(ticket) and clinic_date(now).isoformat() < str(ticket.form_data["start_date"])
