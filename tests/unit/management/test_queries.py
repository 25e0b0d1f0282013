"""How the store's queries find their rows, and whose rows they show."""

import asyncio
from datetime import date

import pytest

from app_workers.management.demo import statements
from app_workers.management.domain.access import Rights
from app_workers.management.domain.approvals import may_decide
from app_workers.management.models.forms import FormType
from app_workers.management.models.tickets import Decision, Status, TicketQuery, TicketScope
from app_workers.management.store import history, tickets
from ganger.identity import Location
from ganger.scope import Scope
from tests.harness.tables import HostDatabase
from tests.unit.management.factories import HR, MANAGER, STAFF

TODAY = date(2026, 3, 2)
PLACES = {place: Location(place, place) for place in ("loc_aa", "loc_wx", "loc_py")}
EVERYTHING = Rights(is_manager=True, is_hr=True)


@pytest.fixture(scope="module")
def database():
    database = HostDatabase("management")
    database.carry_out(statements(TODAY))
    yield database
    database.connection.close()


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


def test_hr_sees_every_request_that_is_decided_and_no_others(database):
    found = seen_by(database, scope_of("usr_nobody", "loc_aa"), HR)
    total = database.connection.execute("SELECT COUNT(*) FROM tickets WHERE approval_steps > 0").fetchone()[0]
    assert len(found) == total
    assert all(ticket.needs_approval for ticket in found)


@pytest.mark.parametrize(("person", "rights"), [("usr_mia", MANAGER), ("usr_max", HR), ("usr_pat", STAFF)])
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


QUERIES = {
    "own": lambda db, scope: tickets.own_tickets(db, scope, EVERYTHING, TicketQuery()),
    "own filtered": lambda db, scope: tickets.own_tickets(
        db, scope, EVERYTHING, TicketQuery(status=Status.OPEN, form_type=FormType.PUNCH_FIX)
    ),
    "queue": lambda db, scope: tickets.queue_tickets(db, scope, EVERYTHING, TicketQuery()),
    "queue of nobody": lambda db, scope: tickets.queue_tickets(
        db, scope, EVERYTHING, TicketQuery(scope=TicketScope.UNASSIGNED, form_type=FormType.IMPACT_FILTER)
    ),
    "own unfinished": lambda db, scope: tickets.own_unfinished(db, scope, EVERYTHING, 5),
    "waiting": lambda db, scope: tickets.tickets_waiting_for(db, scope, EVERYTHING, 5),
    "one": lambda db, scope: tickets.find_ticket(db, scope, EVERYTHING, "26-000001"),
    "of a key": lambda db, scope: tickets.ticket_of_reference(db, scope, EVERYTHING, "demo-1"),
    "of an id": lambda db, scope: tickets.ticket_of_id(db, scope, EVERYTHING, "tkt_0001"),
}


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_no_query_reads_all_requests(database, query):
    database.asked.clear()
    asyncio.run(query(database, scope_of("usr_pat")))
    for statement in database.asked:
        for step in database.plan(statement):
            # `person` are the participants within one request.
            assert not step.startswith("SCAN") or step.startswith("SCAN person"), step


def test_history_and_decisions_are_found_by_their_request(database):
    scope = scope_of("usr_pat")
    ticket = look(database, scope, EVERYTHING, "26-000001")
    database.asked.clear()
    assert asyncio.run(history.history_of(database, scope, ticket, with_internal=True))
    asyncio.run(history.decisions_of(database, scope, ticket))
    assert len(database.asked) == 2
    for statement in database.asked:
        assert not any(step.startswith("SCAN") for step in database.plan(statement))


def test_the_demo_covers_every_form_and_every_status(database):
    query = database.connection.execute
    assert {row[0] for row in query("SELECT DISTINCT form_type FROM tickets")} == set(FormType)
    assert {row[0] for row in query("SELECT DISTINCT status FROM tickets")} == set(Status)


def test_seeding_twice_changes_nothing(database):
    before = list(database.connection.iterdump())
    database.carry_out(statements(TODAY))
    assert list(database.connection.iterdump()) == before
