"""Who works on what: turns of agents, taking, giving several, priority and the lists, on the real runtime."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.platform.auth.factories import make_person
from tests.platform.management.factories import (
    act,
    assert_error,
    comment,
    day,
    grant,
    make_employee,
    make_support,
    make_time_off,
    sent,
)

pytestmark = pytest.mark.runtime

AGENT = "management:support-agent"


@pytest.fixture
def make_agent(platform):
    """Makes support agents, whose turns end with the test."""
    agents = []

    def make(last_assigned_at=None):
        person = make_person(platform)
        grant(platform, person, AGENT)
        if last_assigned_at:
            platform.run("INSERT INTO support_rotation VALUES (?, ?)", person, last_assigned_at)
        agents.append(person)
        return person

    yield make
    platform.run("DELETE FROM user_permissions WHERE permission = ?", AGENT)


def support(platform, **changes):
    return sent(platform, "usr_pat", "support_ticket", make_support(**changes))


def test_support_requests_go_to_the_agents_in_turn(platform, make_agent):
    """Worked example 2."""
    first, second = make_agent("2026-03-01T10:00:00.000Z"), make_agent()
    assert [support(platform)["assigned_to"] for _ in range(3)] == [second, first, second]
    ticket = support(platform)
    page = platform.get(f"/requests/{ticket['ticket_number']}", first).text
    assert page.index("Sent") < page.index("Assigned to")


def test_requests_sent_at_once_are_shared_evenly(platform, make_agent):
    agents = [make_agent() for _ in range(2)]
    platform.sign_in("usr_pat")
    with ThreadPoolExecutor(4) as pool:
        tickets = list(pool.map(lambda _: support(platform), range(4)))
    assert sorted(ticket["assigned_to"] for ticket in tickets) == sorted(agents * 2)


def test_an_agent_changes_what_they_said_of_a_request_that_was_completed_for_nobody(platform, make_agent):
    agent = make_agent()
    ticket = sent(platform, "usr_pat", "support_ticket", make_support())
    ticket = act(platform, "usr_mia", ticket, "assign", user_id=None).json()
    entry = comment(platform, agent, ticket, "Is it plugged in?").json()
    assert act(platform, "usr_mia", ticket, "status", status="completed").status_code == 200
    changed = platform.request("PATCH", f"/api/v1/comments/{entry['id']}", agent, json={"content": "Solved."})
    assert (changed.status_code, changed.json()["content"]) == (200, "Solved.")


def test_agents_who_left_or_whose_grant_ended_get_nothing(platform, make_agent):
    gone, ended = make_agent(), make_agent()
    platform.run("UPDATE users SET is_active = 0 WHERE id = ?", gone)
    platform.run("UPDATE user_permissions SET expires_at = '2026-01-01' WHERE user_id = ?", ended)
    assert support(platform)["assigned_to"] is None
    assert sent(platform, "usr_pat", "support_ticket", make_support())["status"] == "open"


def test_an_agent_takes_what_nobody_has_and_no_more(platform, make_agent):
    ticket = support(platform)
    agent = make_agent()
    listed = platform.get("/api/v1/tickets?scope=unassigned&limit=100", agent).json()["items"]
    assert ticket["id"] in {each["id"] for each in listed}
    assert "Take it" in platform.get(f"/requests/{ticket['ticket_number']}", agent).text
    assert_error(act(platform, agent, ticket, "assign", user_id="usr_wes"), 403, "FORBIDDEN")
    taken = act(platform, agent, ticket, "assign", user_id=agent)
    assert taken.json()["assigned_to"] == agent
    assert_error(act(platform, make_agent(), taken.json(), "assign", user_id=agent), 404, "NOT_FOUND")


def test_the_second_of_two_managers_is_told_of_the_first(platform):
    """Worked example 11."""
    ticket = support(platform)
    for status in ("in_progress", "stalled", "in_progress"):
        ticket = act(platform, "usr_mia", ticket, "status", status=status).json()
    assert ticket["version"] == 4
    first = act(platform, "usr_mia", ticket, "assign", user_id="usr_wes")
    assert (first.status_code, first.json()["version"]) == (200, 5)
    second = act(platform, "usr_max", ticket, "assign", user_id="usr_fay")
    assert assert_error(second, 409, "VERSION_CONFLICT")["current"]["version"] == 5


def bulk(platform, person, tickets, user_id):
    numbers = [ticket["ticket_number"] for ticket in tickets]
    return platform.post("/api/v1/tickets/assign", person, json={"numbers": numbers, "user_id": user_id})


def test_several_requests_are_given_to_somebody_or_none_of_them(platform):
    tickets = [support(platform) for _ in range(3)]
    answer = bulk(platform, "usr_mia", tickets, "usr_wes")
    assert {each["assigned_to"] for each in answer.json()["items"]} == {"usr_wes"}
    leave = sent(platform, make_employee(platform, "usr_mia"), "time_off_request", make_time_off())
    assert_error(bulk(platform, "usr_mia", [*tickets, leave], "usr_fay"), 403, "FORBIDDEN")
    assert_error(bulk(platform, "usr_mia", tickets, "usr_ina"), 422, "ASSIGNEE_INACTIVE")
    assert_error(bulk(platform, "usr_mia", [{"ticket_number": "26-999999"}], "usr_fay"), 404, "NOT_FOUND")
    assert_error(bulk(platform, "usr_pat", tickets, "usr_fay"), 403, "FORBIDDEN")
    assert_error(bulk(platform, "usr_mia", tickets * 17, "usr_fay"), 400, "VALIDATION_ERROR")
    number = tickets[0]["ticket_number"]
    shown = platform.get(f"/api/v1/tickets/{number}", "usr_mia").json()["ticket"]
    assert (shown["assigned_to"], shown["version"]) == ("usr_wes", 2)


def test_what_is_ticked_on_the_page_is_given_to_somebody(platform):
    number = support(platform)["ticket_number"]
    path = "/queue/assign?scope=unassigned"
    done = platform.post(path, "usr_mia", data={"selected": [number], "user_id": "usr_wes"})
    assert (done.status_code, done.headers["location"]) == (303, "/queue?scope=unassigned")
    nothing = platform.post(path, "usr_mia", data={"user_id": "usr_wes"})
    assert (nothing.status_code, "Choose requests and a person." in nothing.text) == (400, True)


def test_priority_is_changed_and_an_edit_leaves_it(platform):
    person = make_employee(platform, "usr_mia")
    ticket = sent(platform, person, "support_ticket", make_support())
    path = f"/api/v1/tickets/{ticket['ticket_number']}"
    body = {"priority": "urgent", "version": 1}
    assert_error(platform.request("PATCH", path, person, json=body), 403, "FORBIDDEN")
    changed = platform.request("PATCH", path, "usr_mia", json=body).json()
    assert (changed["priority"], changed["version"]) == ("urgent", 2)
    form = {"form_data": make_support(details="Now it is out of paper."), "version": 2}
    assert platform.request("PATCH", path, person, json=form).json()["priority"] == "urgent"
    both = form | {"priority": "low", "version": 3}
    assert_error(platform.request("PATCH", path, "usr_mia", json=both), 400, "VALIDATION_ERROR")
    page = f"/requests/{ticket['ticket_number']}"
    answer = platform.post(f"{page}/priority", "usr_mia", data={"priority": "low", "version": "3"})
    assert answer.status_code == 303
    assert "Priority low" in platform.get(page, "usr_mia").text


def numbers(platform, person, query):
    body = platform.get(f"/api/v1/tickets?limit=100&{query}", person).json()
    return [each["ticket_number"] for each in body["items"]]


def test_lists_are_filtered_and_sorted(platform):
    person = make_employee(platform, "usr_mia")
    low = sent(platform, person, "support_ticket", make_support(details="A 100%_dark test screen."))
    urgent = sent(platform, person, "support_ticket", make_support(urgent=True, important=True))
    leave = sent(platform, person, "time_off_request", make_time_off())
    one, two, three = (each["ticket_number"] for each in (low, urgent, leave))
    assert numbers(platform, person, "sort=priority") == [two, three, one]
    assert numbers(platform, person, "sort=priority&order=asc") == [one, three, two]
    assert numbers(platform, person, "sort=created_at") == [one, two, three]
    assert numbers(platform, person, "sort=due_at&order=desc")[0] == three
    assert numbers(platform, person, "search=100%25_dark") == [one]
    assert numbers(platform, person, f"search={two}") == [two]
    assert numbers(platform, person, "priority=low&priority=urgent") == [two, one]
    assert numbers(platform, person, "status=pending_approval&status=approved") == [three]
    assert numbers(platform, person, f"created_from={day(0)}&created_to={day(0)}") == [three, two, one]
    assert numbers(platform, person, f"created_to={day(-1)}") == []
    assert numbers(platform, person, "overdue=true") == []
    platform.run("UPDATE tickets SET due_at = '2026-01-01T00:00:00.000Z' WHERE id = ?", low["id"])
    assert numbers(platform, person, "overdue=true") == [one]
    assert one in numbers(platform, "usr_mia", "scope=all&overdue=true")
    assert numbers(platform, "usr_mia", "scope=all&location_id=loc_aa&search=100%25_dark") == []
    assert three in numbers(platform, "usr_mia", "scope=approvals")
    assert one in platform.get("/queue?overdue=true&sort=priority&search=dark", "usr_mia").text
    assert_error(platform.get("/api/v1/tickets?sort=title", person), 400, "VALIDATION_ERROR")


def test_finished_requests_are_listed_when_asked_for(platform):
    ticket = support(platform)
    done = act(platform, "usr_mia", ticket, "status", status="completed").json()
    assert done["ticket_number"] not in numbers(platform, "usr_mia", "scope=all")
    assert done["ticket_number"] in numbers(platform, "usr_mia", "scope=all&status=completed")
