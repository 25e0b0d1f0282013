"""Who may see a request, decides it, is mentioned in it, and is told of it."""

import asyncio
from datetime import UTC, date, datetime

import pytest

from app_workers.management import labels
from app_workers.management.demo import statements
from app_workers.management.domain.audience import (
    may_see,
    mentioned,
    readers,
    step_approvers,
    ticket_to_be,
)
from app_workers.management.domain.drafts import draft_of
from app_workers.management.models.forms import FormType
from app_workers.management.notices import decision_wanted, digests, of_change, of_comment, overdue, stalled
from app_workers.management.store import tickets
from app_workers.management.store.members import members_at
from ganger.identity import Location
from ganger.scope import Scope
from tests.harness.tables import HostDatabase
from tests.unit.management.factories import (
    AGENT,
    HR,
    MANAGER,
    NOW,
    STAFF,
    make_decision,
    make_form,
    make_member,
    make_ticket,
)

PAT, MIA, WES = make_member("usr_pat"), make_member("usr_mia", MANAGER), make_member("usr_wes")
MAX, SAM = make_member("usr_max", HR), make_member("usr_sam", HR)
EVERYBODY = [PAT, MIA, WES, MAX, SAM]


def support(**changes):
    return make_ticket(
        **{"form_type": FormType.SUPPORT_TICKET, "status": "open", "approval_step": 0, "approval_steps": 0}
        | changes
    )


def told(found):
    return {(each.notice.title.partition(": ")[2], person) for each in found for person in each.to}


@pytest.fixture(scope="module")
def database():
    database = HostDatabase("management")
    database.carry_out(statements(date(2026, 3, 2)))
    yield database
    database.connection.close()


def test_the_rule_lets_everybody_see_what_sql_shows_them(database):
    members = asyncio.run(members_at(database, datetime(2026, 3, 2, tzinfo=UTC)))
    assert {member.id for member in members} >= {"usr_pat", "usr_mia", "usr_max", "usr_sam"}
    places = {
        "usr_pat": ["loc_aa"],
        "usr_wes": ["loc_wx"],
        "usr_fay": ["loc_py"],
        "usr_tia": ["loc_wx", "loc_py"],
    }
    everything = Scope("usr_sam", tuple(Location(place, place) for place in ("loc_aa", "loc_wx", "loc_py")))
    numbers = [row[0] for row in database.connection.execute("SELECT ticket_number FROM tickets")]
    sam = next(member for member in members if member.id == "usr_sam")
    all_tickets = [
        asyncio.run(tickets.find_ticket(database, everything, sam.rights, each)) for each in numbers
    ]
    for member in members:
        own = places.get(member.id, ["loc_aa", "loc_wx", "loc_py"])
        scope = Scope(member.id, tuple(Location(place, place) for place in own))
        seen = {each.id for each in asyncio.run(tickets.tickets_where(database, scope, member.rights, ""))}
        assert {each.id for each in all_tickets if may_see(each, member.id, member.rights)} == seen


def test_the_direct_manager_is_asked_first_and_hr_where_there_is_none():
    assert step_approvers(make_ticket(), (), EVERYBODY) == ("usr_mia",)
    assert step_approvers(make_ticket(subject_manager_id=None), (), EVERYBODY) == ("usr_max", "usr_sam")


def test_who_took_a_step_is_not_asked_for_the_next():
    ticket = make_ticket(
        form_type=FormType.CHANGE_OF_AVAILABILITY,
        approval_step=2,
        approval_steps=2,
        subject_manager_id="usr_max",
    )
    assert step_approvers(ticket, [make_decision(approver_id="usr_max")], EVERYBODY) == ("usr_sam",)


def test_a_new_request_wants_a_decision_before_it_has_a_number():
    form = make_form(FormType.TIME_OFF_REQUEST)
    draft = draft_of(FormType.TIME_OFF_REQUEST, form, "", "", NOW)
    staff = [make_member("usr_pat", manager_id="usr_mia"), MIA, MAX]
    ticket = ticket_to_be(draft, "tkt_1", "usr_pat", "usr_pat", None, staff, "2026-03-02T15:00:00.000Z")
    (found,) = decision_wanted(ticket, (), staff, "usr_pat")
    assert (found.notice.title, found.notice.link) == ("Time off {}: your decision is wanted", "/requests/{}")
    assert found.to == ("usr_mia",)


def test_nothing_that_needs_no_decision_wants_one():
    assert decision_wanted(support(), (), EVERYBODY, "usr_pat") == []


def test_a_decision_is_told_to_submitter_and_subject_and_not_to_who_made_it():
    before = make_ticket(form_type=FormType.PUNCH_FIX, submitter_id="usr_wes", subject_user_id="usr_pat")
    after = before.model_copy(update={"status": make_ticket(status="denied").status})
    assert told(of_change(before, after, EVERYBODY, "usr_max")) == {
        ("denied", "usr_wes"),
        ("denied", "usr_pat"),
    }
    assert told(of_change(before, after, EVERYBODY, "usr_wes")) == {("denied", "usr_pat")}


def test_a_first_step_is_told_and_a_changed_form_is_not():
    before = make_ticket(form_type=FormType.CHANGE_OF_AVAILABILITY, approval_steps=2)
    after = before.model_copy(update={"approval_step": 2})
    assert told(of_change(before, after, EVERYBODY, "usr_mia")) == {("step 1 approved", "usr_pat")}
    assert of_change(before, before.model_copy(update={"title": "Other"}), EVERYBODY, "usr_pat") == []


def test_an_assignment_is_told_to_the_assignee_alone():
    after = support(assigned_to="usr_wes")
    assert told(of_change(support(), after, EVERYBODY, "usr_mia")) == {("assigned to you", "usr_wes")}
    assert of_change(support(), support(assigned_to="usr_mia"), EVERYBODY, "usr_mia") == []
    assert of_change(after, support(), EVERYBODY, "usr_mia") == []


def comment(**changes):
    values = {"is_internal": False, "mentioned_ids": (), "earlier_ids": (), "is_new": True} | changes
    ticket = support(assigned_to="usr_wes")
    return told(of_comment(ticket, "c1", **values, members=EVERYBODY, actor_id="usr_mia"))


def test_a_comment_is_told_to_those_who_take_part():
    assert comment(earlier_ids=["usr_mia"]) == {("new comment", "usr_pat"), ("new comment", "usr_wes")}


def test_an_internal_comment_is_told_to_those_who_may_read_it():
    assert comment(is_internal=True, earlier_ids=["usr_pat"]) == {("new internal comment", "usr_wes")}


def test_a_mention_is_told_once_and_only_to_who_may_see():
    found = comment(mentioned_ids=["usr_wes", "usr_max", "usr_mia"])
    assert found == {("you are mentioned", "usr_wes"), ("new comment", "usr_pat")}
    assert comment(mentioned_ids=["usr_pat"], is_internal=True) == {("new internal comment", "usr_wes")}


def test_a_changed_comment_is_told_to_whom_it_mentions_alone():
    assert comment(is_new=False, mentioned_ids=["usr_wes"]) == {("you are mentioned", "usr_wes")}


def test_readers_of_internal_comments_are_fewer():
    ids = [member.id for member in readers(support(), EVERYBODY, is_internal=False)]
    assert ids == ["usr_pat", "usr_mia"]
    assert [member.id for member in readers(support(), EVERYBODY, is_internal=True)] == ["usr_mia"]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("@Mia Demo please", ("m",)),
        ("please (@mia  demo), and @Pat\nExample", ("m", "p")),
        ("Mia Demo", ()),
        ("mail@Mia Demo", ()),
        ("@Mia Demoiselle", ()),
        ("@Mia", ()),
    ],
)
def test_mentions_are_full_names_after_an_at_sign(text, ids):
    people = [make_member("m", name="Mia Demo"), make_member("p", name="Pat Example")]
    assert mentioned(text, people) == ids


def mailed(found):
    return {each.notice.title.partition(": ")[2] for each in found if each.notice.is_mailed}


def test_what_waits_for_somebody_is_mailed_and_the_rest_stands_in_the_portal_alone():
    request = make_ticket()
    assert mailed(decision_wanted(request, (), EVERYBODY, "")) == {"your decision is wanted"}
    for status in ("approved", "denied", "info_requested", "cancelled"):
        after = make_ticket(status=status)
        found = mailed(of_change(request, after, EVERYBODY, "usr_mia"))
        assert found == (set() if status == "cancelled" else {labels.STATUSES[after.status].lower()})
    two_steps = make_ticket(approval_steps=2)
    assert mailed(of_change(two_steps, two_steps.model_copy(update={"approval_step": 2}), EVERYBODY, "")) == {
        "step 1 approved"
    }
    said = of_comment(
        support(assigned_to="usr_wes"),
        "c1",
        is_internal=False,
        mentioned_ids=["usr_wes"],
        earlier_ids=(),
        is_new=True,
        members=EVERYBODY,
        actor_id="usr_mia",
    )
    assert mailed(said) == {"you are mentioned"}


@pytest.mark.parametrize(
    ("form", "priority", "is_urgent"),
    [
        ("support_ticket", "urgent", True),
        ("support_ticket", "high", False),
        ("meeting_request", "urgent", False),
    ],
)
def test_only_an_urgent_support_request_goes_to_its_assignees_phone(form, priority, is_urgent):
    before = support(form_type=form, priority=priority)
    (found,) = of_change(before, before.model_copy(update={"assigned_to": "usr_wes"}), EVERYBODY, "usr_mia")
    assert (found.notice.is_mailed, found.is_urgent) == (True, is_urgent)


def test_titles_hold_kind_and_number_alone():
    ticket = make_ticket(title="Time off for a secret reason")
    after = ticket.model_copy(update={"status": make_ticket(status="approved").status})
    (found,) = of_change(ticket, after, EVERYBODY, "usr_mia")
    assert (found.notice.title, found.notice.link) == ("Time off 26-000001: approved", "/requests/26-000001")


def test_overdue_work_is_told_to_the_assignee_and_support_without_one_to_all_managers():
    assert told(overdue(support(assigned_to="usr_wes"), EVERYBODY)) == {("overdue", "usr_wes")}
    assert told(overdue(support(), EVERYBODY)) == {("overdue", "usr_mia")}
    assert overdue(support(form_type=FormType.MEETING_REQUEST), EVERYBODY) == []
    assert overdue(make_ticket(), EVERYBODY) == []


def test_stalled_work_is_told_to_whoever_can_go_on_with_it():
    assert told(stalled(support(assigned_to="usr_wes"), EVERYBODY)) == {("stalled for 14 days", "usr_wes")}
    assert told(stalled(support(), EVERYBODY)) == {("stalled for 14 days", "usr_mia")}


def test_a_digest_says_how_many_wait():
    found = {each.notice.title: each.to for each in digests({"usr_mia": 1, "usr_max": 2, "usr_sam": 2})}
    assert found == {
        "1 request waits for your decision": ("usr_mia",),
        "2 requests wait for your decision": ("usr_max", "usr_sam"),
    }


def test_an_agent_is_told_of_what_they_are_given_and_not_of_all_that_nobody_has():
    elsewhere = support(location_id="loc_wx")
    assert not may_see(elsewhere, "usr_pam", AGENT)
    assert may_see(support(location_id="loc_wx", assigned_to="usr_pam"), "usr_pam", AGENT)


def test_staff_who_are_asked_to_a_meeting_see_it():
    ticket = support(form_type=FormType.MEETING_REQUEST)
    assert may_see(ticket, "usr_fay", STAFF)
    assert not may_see(ticket, "usr_tia", STAFF)
