"""Who decides a request, and which states it can go to."""

from datetime import timedelta

import pytest

from app_workers.management.domain.approvals import after_decision, decision_problem, may_decide
from app_workers.management.domain.states import (
    assignment_problem,
    is_editable,
    may_comment_internally,
    may_prioritise,
    may_remove,
    next_states,
    payment_problem,
)
from app_workers.management.models.forms import FormType
from app_workers.management.models.tickets import Action, DecisionRequest, Status, StatusChange
from tests.unit.management.factories import (
    AGENT,
    FINANCE,
    HR,
    MANAGER,
    NOW,
    STAFF,
    make_decision,
    make_ticket,
)

SUPPORT, AVAILABILITY = FormType.SUPPORT_TICKET, FormType.CHANGE_OF_AVAILABILITY
EXPENSE = FormType.EXPENSE_REIMBURSEMENT


def refusal(person, rights=STAFF, action="approved", comments=None, decisions=(), **changes):
    asked = DecisionRequest(action=action, comments=comments, version=1)
    problem = decision_problem(make_ticket(**changes), decisions, asked, person, rights)
    return problem.code if problem else None


@pytest.mark.parametrize("rights", [STAFF, MANAGER, HR])
def test_nobody_decides_their_own_request(rights):
    """Worked example 8."""
    assert refusal("usr_pat", rights) == "SELF_APPROVAL"


def test_the_direct_manager_decides_and_another_manager_does_not():
    assert refusal("usr_mia", MANAGER) is None
    assert refusal("usr_max", MANAGER) == "FORBIDDEN"
    assert refusal("usr_max", HR) is None


@pytest.mark.parametrize("manager", [None, "usr_sam"])
def test_without_a_manager_who_could_only_hr_decides(manager):
    changes = {"subject_manager_id": manager, "submitter_id": "usr_sam"}
    assert refusal("usr_mia", MANAGER, **changes) == "FORBIDDEN"
    assert refusal("usr_max", HR, **changes) is None


def test_one_person_does_not_take_two_steps():
    """Worked example 7, with the other form that has two steps."""
    second = {"form_type": AVAILABILITY, "approval_step": 2, "approval_steps": 2}
    assert refusal("usr_mia", HR, decisions=[make_decision()], **second) == "SAME_APPROVER"
    assert refusal("usr_mia", STAFF, decisions=[make_decision()], **second) == "SAME_APPROVER"
    assert refusal("usr_max", HR, decisions=[make_decision()], **second) is None


def test_expenses_are_decided_by_the_manager_and_finance_and_not_by_hr():
    """Worked example 7, the steps."""
    first = {"form_type": EXPENSE, "approval_steps": 2}
    assert refusal("usr_mia", MANAGER, **first) is None
    assert refusal("usr_max", HR, **first) == "FORBIDDEN"
    second = first | {"approval_step": 2}
    assert refusal("usr_mia", FINANCE, decisions=[make_decision()], **second) == "SAME_APPROVER"
    assert refusal("usr_fay", FINANCE, decisions=[make_decision()], **second) is None


def test_whoever_only_asked_may_decide_later():
    assert refusal("usr_mia", decisions=[make_decision(action="info_requested")]) is None


@pytest.mark.parametrize("comments", [None, "No", "123456789"])
def test_a_denial_needs_ten_characters(comments):
    """Worked example 12."""
    assert refusal("usr_mia", action="denied", comments=comments) == "REASON_REQUIRED"
    assert refusal("usr_mia", action="denied", comments="1234567890") is None


@pytest.mark.parametrize("status", ["approved", "cancelled", "info_requested"])
def test_what_waits_for_nobody_is_not_decided(status):
    assert refusal("usr_mia", status=status) == "ALREADY_DECIDED"
    assert not may_decide(make_ticket(status=status), [], "usr_mia", STAFF)


def test_the_last_step_approves_and_a_denial_ends_at_any():
    ticket = make_ticket(form_type=AVAILABILITY, approval_steps=2)
    assert after_decision(ticket, Action.APPROVED) == (Status.PENDING_APPROVAL, 2)
    assert after_decision(ticket, Action.DENIED) == (Status.DENIED, 1)
    last = make_ticket(form_type=AVAILABILITY, approval_step=2, approval_steps=2)
    assert after_decision(last, Action.APPROVED) == (Status.APPROVED, 2)


def states(person, rights, now=NOW, **changes):
    return {state.value for state in next_states(make_ticket(**changes), person, rights, now)}


@pytest.mark.parametrize("status", ["denied", "cancelled"])
@pytest.mark.parametrize("rights", [STAFF, MANAGER, HR])
def test_denied_and_cancelled_are_final(status, rights):
    """Worked example 10."""
    denial = {"denial_reason": "Too many are away."} if status == "denied" else {}
    assert states("usr_pat", rights, status=status, **denial) == set()
    assert states("usr_pat", rights, status=status, form_type=SUPPORT, **denial) == set()


def test_a_submitter_cancels_only_what_is_open():
    assert states("usr_pat", STAFF, form_type=SUPPORT, status="open") == {"cancelled"}
    assert states("usr_pat", STAFF, form_type=SUPPORT, status="in_progress") == set()


def test_a_manager_and_the_assignee_work_on_a_request():
    work = {"in_progress", "stalled", "completed"}
    assert states("usr_max", MANAGER, form_type=SUPPORT, status="open") == work | {"cancelled"}
    assert states("usr_wes", STAFF, form_type=SUPPORT, status="open", assigned_to="usr_wes") == work


@pytest.mark.parametrize(("days", "expected"), [(7, {"open"}), (8, set())])
def test_a_completed_request_opens_again_within_7_days(days, expected):
    done = {"form_type": SUPPORT, "status": "completed", "completed_at": NOW.isoformat()}
    assert states("usr_pat", STAFF, NOW + timedelta(days=days), **done) == expected


@pytest.mark.parametrize(("start", "expected"), [("2026-03-03", {"cancelled"}), ("2026-03-02", set())])
def test_approved_time_off_is_cancelled_before_it_begins(start, expected):
    form_data = {"leave_type": "vacation", "start_date": start}
    assert states("usr_pat", STAFF, status="approved", form_data=form_data) == expected
    assert states("usr_mia", MANAGER, status="approved", form_data=form_data) == expected


def test_hr_completes_an_approved_punch_fix():
    assert states("usr_max", HR, form_type=FormType.PUNCH_FIX, status="approved") == {"completed"}


def test_an_answered_question_goes_back_to_its_step():
    assert states("usr_pat", STAFF, status="info_requested") == {"pending_approval", "cancelled"}


def test_a_form_is_changed_by_its_submitter_until_it_is_decided():
    assert is_editable(make_ticket(), "usr_pat", 0)
    assert not is_editable(make_ticket(), "usr_pat", 1)
    assert not is_editable(make_ticket(), "usr_mia", 0)
    assert not is_editable(make_ticket(status="approved"), "usr_pat", 1)


def test_internal_comments_are_for_those_who_decide_or_work():
    assert may_comment_internally(make_ticket(), "usr_mia", STAFF)
    assert not may_comment_internally(make_ticket(), "usr_max", MANAGER)
    assert may_comment_internally(make_ticket(form_type=SUPPORT), "usr_max", MANAGER)
    assert not may_comment_internally(make_ticket(form_type=SUPPORT), "usr_pat", STAFF)


def test_finance_completes_an_approved_expense_and_hr_does_not():
    assert states("usr_fay", FINANCE, form_type=EXPENSE, status="approved") == {"completed"}
    assert states("usr_max", HR, form_type=EXPENSE, status="approved") == set()


@pytest.mark.parametrize(
    ("form_type", "reference", "fields"),
    [
        (EXPENSE, None, {"payment_reference"}),
        (EXPENSE, "ACH 0042", None),
        (SUPPORT, "ACH 0042", {"payment_reference"}),
        (SUPPORT, None, None),
    ],
)
def test_an_expense_is_completed_with_its_payment_and_nothing_else_is(form_type, reference, fields):
    asked = StatusChange(status=Status.COMPLETED, payment_reference=reference, version=1)
    problem = payment_problem(make_ticket(form_type=form_type), asked)
    assert (set(problem.fields) if problem else None) == fields


@pytest.mark.parametrize(
    ("person", "rights", "assignee", "changes", "is_allowed"),
    [
        ("usr_mia", MANAGER, "usr_wes", {}, True),
        ("usr_mia", MANAGER, None, {}, True),
        ("usr_wes", AGENT, "usr_wes", {}, True),
        ("usr_wes", AGENT, "usr_fay", {}, False),
        ("usr_wes", AGENT, "usr_wes", {"assigned_to": "usr_fay"}, False),
        ("usr_wes", AGENT, "usr_wes", {"status": "completed"}, False),
        ("usr_wes", AGENT, "usr_wes", {"form_type": FormType.IMPACT_FILTER}, False),
        ("usr_wes", STAFF, "usr_wes", {}, False),
        ("usr_mia", MANAGER, "usr_wes", {"form_type": FormType.PUNCH_FIX}, False),
    ],
)
def test_managers_assign_and_agents_take_what_nobody_has(person, rights, assignee, changes, is_allowed):
    ticket = make_ticket(**({"form_type": SUPPORT, "status": "open"} | changes))
    assert (assignment_problem(ticket, assignee, person, rights) is None) is is_allowed


def test_priority_is_changed_by_managers_and_the_assignee_until_it_is_over():
    ticket = make_ticket(form_type=SUPPORT, status="open", assigned_to="usr_wes")
    assert may_prioritise(ticket, "usr_wes", STAFF)
    assert may_prioritise(ticket, "usr_mia", MANAGER)
    assert not may_prioritise(ticket, "usr_pat", STAFF)
    assert not may_prioritise(ticket.model_copy(update={"status": Status.COMPLETED}), "usr_mia", MANAGER)


def test_a_file_is_removed_by_whoever_added_it_and_by_managers():
    assert may_remove("usr_pat", "usr_pat", STAFF)
    assert may_remove("usr_pat", "usr_mia", MANAGER)
    assert not may_remove("usr_pat", "usr_wes", HR)
