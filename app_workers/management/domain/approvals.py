"""Who decides a request, and what a decision makes of it."""

from collections.abc import Sequence

from app_workers.management.domain.access import Rights
from app_workers.management.errors import AlreadyDecided, ReasonRequired, SameApprover
from app_workers.management.models.forms import FormType
from app_workers.management.models.tickets import Action, Decision, DecisionRequest, Status, Ticket
from ganger.errors import AppError, Forbidden, SelfApproval

MIN_REASON = 10


def is_managers_step(ticket: Ticket) -> bool:
    """Whether the direct manager takes the present step; without one who could, HR or finance does."""
    has_one = ticket.subject_manager_id not in (None, ticket.submitter_id, ticket.subject_user_id)
    return has_one and ticket.approval_step == 1 and ticket.form_type is not FormType.PUNCH_FIX


def decision_problem(
    ticket: Ticket, decisions: Sequence[Decision], asked: DecisionRequest, person_id: str, rights: Rights
) -> AppError | None:
    """What forbids the person to decide so, or None.

    Args:
        decisions: all on this request so far.
    """
    if person_id in (ticket.submitter_id, ticket.subject_user_id):
        return SelfApproval("Nobody decides a request that they made or that is about them.")
    if ticket.status is not Status.PENDING_APPROVAL:
        return AlreadyDecided("This request does not wait for a decision.")
    is_manager = is_managers_step(ticket) and person_id == ticket.subject_manager_id
    if not rights.decides(ticket.form_type) and not is_manager:
        # A manager whose step is over comes back for the next one.
        return _same(decisions, person_id) or Forbidden("This step is decided by somebody else.")
    if asked.action is not Action.INFO_REQUESTED and (problem := _same(decisions, person_id)):
        return problem
    if asked.action is not Action.APPROVED and len(asked.comments or "") < MIN_REASON:
        return ReasonRequired(f"Comment must say why, in {MIN_REASON} characters or more.", field="comments")
    return None


def after_decision(ticket: Ticket, action: Action) -> tuple[Status, int]:
    """The state and the step that a decision leads to."""
    if action is not Action.APPROVED:
        return Status(action.value), ticket.approval_step
    if ticket.approval_step < ticket.approval_steps:
        return Status.PENDING_APPROVAL, ticket.approval_step + 1
    return Status.APPROVED, ticket.approval_step


def may_decide(ticket: Ticket, decisions: Sequence[Decision], person_id: str, rights: Rights) -> bool:
    """Whether the person could approve the present step."""
    asked = DecisionRequest(action=Action.APPROVED, version=1)
    return ticket.needs_approval and decision_problem(ticket, decisions, asked, person_id, rights) is None


def _same(decisions: Sequence[Decision], person_id: str) -> SameApprover | None:
    taken = any(
        each.approver_id == person_id and each.action is not Action.INFO_REQUESTED for each in decisions
    )
    return SameApprover("You have decided a step of this request already.") if taken else None
