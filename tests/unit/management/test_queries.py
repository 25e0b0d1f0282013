"""How the store's queries find their rows, and whose rows they show."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest

from app_workers.management.demo import statements
from app_workers.management.domain.access import Rights
from app_workers.management.domain.approvals import may_decide
from app_workers.management.models.forms import FormType
from app_workers.management.models.notifications import NotificationQuery
from app_workers.management.models.tickets import Decision, Priority, Sort, Status, TicketQuery, TicketScope
from app_workers.management.store import (
    absences,
    attachments,
    comments,
    history,
    notifications,
    reminders,
    reports,
    tickets,
    uploads,
)
from ganger.identity import Location
from ganger.scope import Scope
from tests.harness.tables import HostDatabase
from tests.unit.management.factories import AGENT, FINANCE, HR, MANAGER, STAFF

TODAY = date(2026, 3, 2)
PLACES = {place: Location(place, place) for place in ("loc_aa", "loc_wx", "loc_py")}
EVERYTHING = Rights(is_manager=True, is_hr=True, is_finance=True, is_agent=True)
NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)


@pytest.fixture(scope="module")
def database():
    database = HostDatabase("management")
    database.carry_out(statements(TODAY))
    yield database
    database.connection.close()


EXPENSE = FormType.EXPENSE_REIMBURSEMENT


def scope_of(person, *places):
    return Scope(person, tuple(PLACES[place] for place in places or PLACES))


def seen_by(database, scope, rights):
    numbers = [row[0] for row in database.connection.execute("SELECT ticket_number FROM tickets")]
    return [found for number in numbers if (found := look(database, scope, rights, number))]


def look(database, scope, rights, number):
    try:
        return asyncio.run(tickets.find_ticket(database, scope, rights, number))
    except tickets.NotFound:
        return None


def test_staff_see_what_they_sent_and_meetings_that_they_are_asked_to(database):
    found = seen_by(database, scope_of("usr_fay", "loc_py"), STAFF)
    assert {ticket.submitter_id for ticket in found if ticket.form_type != "meeting_request"} == {"usr_fay"}
    assert any(ticket.submitter_id == "usr_pat" for ticket in found)


def test_managers_see_work_of_their_locations_and_leave_of_their_reports(database):
    found = seen_by(database, scope_of("usr_mia", "loc_aa"), MANAGER)
    assert {ticket.location_id for ticket in found} == {"loc_aa", None}
    reports = {ticket.subject_user_id for ticket in found if ticket.needs_approval}
    assert reports <= {"usr_mia", "usr_pat", "usr_wes", "usr_ina"}


def test_hr_sees_every_request_that_it_decides_and_no_others(database):
    found = seen_by(database, scope_of("usr_nobody", "loc_aa"), HR)
    decided = "SELECT COUNT(*) FROM tickets WHERE approval_steps > 0 AND form_type <> ?"
    total = database.connection.execute(decided, (EXPENSE,)).fetchone()[0]
    assert len(found) == total
    assert all(ticket.needs_approval for ticket in found)


def test_finance_sees_every_expense_and_nothing_else(database):
    found = seen_by(database, scope_of("usr_nobody", "loc_aa"), FINANCE)
    assert len(found) == 3
    assert {ticket.form_type for ticket in found} == {EXPENSE}


def test_agents_see_support_that_nobody_has_at_their_locations(database):
    found = seen_by(database, scope_of("usr_nobody", "loc_py"), AGENT)
    assert {(ticket.form_type, ticket.assigned_to) for ticket in found} == {(FormType.SUPPORT_TICKET, None)}
    assert {ticket.location_id for ticket in found} == {"loc_py", None}


@pytest.mark.parametrize(
    ("person", "rights"), [("usr_mia", MANAGER), ("usr_max", HR), ("usr_fay", FINANCE), ("usr_pat", STAFF)]
)
def test_what_waits_in_sql_is_what_the_rule_lets_decide(database, person, rights):
    scope = scope_of(person)
    waiting = asyncio.run(tickets.tickets_waiting_for(database, scope, rights, 100))
    decidable = {
        ticket.id
        for ticket in seen_by(database, scope, rights)
        if may_decide(ticket, list[Decision](), person, rights)
    }
    assert {ticket.id for ticket in waiting} == decidable
    assert bool(decidable) == (rights is not STAFF)


def asked(**query):
    return lambda db, scope: tickets.tickets_asked_for(db, scope, EVERYTHING, TicketQuery(**query), NOW)


QUERIES = {
    "own": asked(),
    "own filtered": asked(status=(Status.OPEN,), form_type=(FormType.PUNCH_FIX,)),
    "own sorted": asked(sort=Sort.DUE_AT, overdue=True, search="printer"),
    "queue": asked(scope=TicketScope.ALL),
    "queue sorted": asked(scope=TicketScope.ALL, sort=Sort.PRIORITY, priority=(Priority.HIGH,)),
    "queue of a location": asked(scope=TicketScope.ALL, location_id="loc_py", overdue=True),
    "queue of a while": asked(
        scope=TicketScope.ALL,
        status=tuple(Status),
        created_from=date(2026, 2, 1),
        created_to=date(2026, 2, 28),
    ),
    "queue of nobody": asked(scope=TicketScope.UNASSIGNED, form_type=(FormType.IMPACT_FILTER,)),
    "queue of me": asked(scope=TicketScope.ASSIGNED, assigned_to="usr_pat"),
    "approvals": asked(scope=TicketScope.APPROVALS),
    "several": lambda db, scope: tickets.tickets_numbered(db, scope, EVERYTHING, ["26-000001", "26-000002"]),
    "own unfinished": lambda db, scope: tickets.own_unfinished(db, scope, EVERYTHING, 5),
    "waiting": lambda db, scope: tickets.tickets_waiting_for(db, scope, EVERYTHING, 5),
    "one": lambda db, scope: tickets.find_ticket(db, scope, EVERYTHING, "26-000001"),
    "report": lambda db, scope: reports.counted(db, scope, EVERYTHING, TODAY, TODAY, NOW),
    "export": lambda db, scope: reports.exported(db, scope, EVERYTHING, TODAY, TODAY, NOW),
    "absences": lambda db, scope: absences.absences_between(db, scope, TODAY, date(2026, 4, 1)),
    "of a key": lambda db, scope: tickets.ticket_of_reference(db, scope, EVERYTHING, "demo-1"),
    "of an id": lambda db, scope: tickets.ticket_of_id(db, scope, EVERYTHING, "tkt_0001"),
    "overdue": lambda db, scope: reminders.overdue_tickets(db, scope, NOW, timedelta(hours=24)),
    "stalled": lambda db, scope: reminders.stalled_tickets(db, scope, NOW, timedelta(days=1)),
    "unanswered": lambda db, scope: reminders.unanswered_tickets(db, scope, NOW, timedelta(days=1)),
    "ended time off": lambda db, scope: reminders.ended_time_off(db, scope, NOW),
    "pending": lambda db, scope: reminders.pending_tickets(db, scope),
    "a comment": lambda db, scope: comments.find_comment(db, scope, "cmt_0001"),
    "notifications": lambda db, scope: notifications.notifications_of(db, "usr_max", NotificationQuery()),
    "unread": lambda db, scope: notifications.unread_count(db, "usr_max"),
}


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_no_query_reads_all_requests(database, query):
    database.asked.clear()
    asyncio.run(query(database, scope_of("usr_pat")))
    for statement in database.asked:
        for step in database.plan(statement):
            # `person` are the participants within one request.
            assert not step.startswith("SCAN") or step.startswith("SCAN person"), step


def test_the_jobs_of_the_portal_see_every_request(database):
    scope = asyncio.run(reminders.everywhere(database))
    found = asyncio.run(tickets.tickets_where(database, scope, reminders.EVERYTHING, ""))
    (total,) = database.connection.execute("SELECT COUNT(*) FROM tickets").fetchone()
    assert len(found) == total


def test_history_decisions_and_files_are_found_by_their_request(database):
    scope = scope_of("usr_pat")
    ticket = look(database, scope, EVERYTHING, "26-000001")
    database.asked.clear()
    assert asyncio.run(history.history_of(database, scope, ticket, with_internal=True))
    asyncio.run(history.decisions_of(database, scope, ticket))
    asyncio.run(attachments.attachments_of(database, scope, ticket))
    asyncio.run(uploads.own_uploads(database, scope, ["upl_1", "upl_2"]))
    asyncio.run(comments.commenters(database, scope, ticket))
    assert len(database.asked) == 5
    for statement in database.asked:
        assert not any(step.startswith("SCAN") for step in database.plan(statement))
