"""Which state a request can go to, and by whom."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from app_workers.management.domain.access import Rights
from app_workers.management.models.tickets import Action, Decision, Status, Ticket
from ganger.clock import clinic_date

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


def may_comment_internally(ticket: Ticket, person_id: str, rights: Rights) -> bool:
    """Whether the person writes and reads internal comments of a request that they see."""
    if ticket.needs_approval:
        return rights.is_hr or person_id == ticket.subject_manager_id
    return rights.is_manager or person_id == ticket.assigned_to


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
    is_approver = rights.is_hr or person_id == ticket.subject_manager_id
    return [
        *([Status.CANCELLED] if _is_before_leave(ticket, now) and (is_own or is_approver) else []),
        *([Status.COMPLETED] if rights.is_hr and not _is_time_off(ticket) else []),
    ]


def _is_time_off(ticket: Ticket) -> bool:
    return "leave_type" in ticket.form_data


def _is_before_leave(ticket: Ticket, now: datetime) -> bool:
    return _is_time_off(ticket) and clinic_date(now).isoformat() < str(ticket.form_data["start_date"])
