"""The portal's start page and its list of apps, on the real runtime."""

import re

import pytest

from tests.platform.auth.factories import make_person
from tests.platform.management.factories import assert_error, grant, make_employee, make_time_off, sent
from tools.registry import Kind, load_registry

pytestmark = pytest.mark.runtime

APPS = load_registry().of_kind(Kind.STAFF)


def main_of(page):
    return page.text.partition("<main")[2].partition("</main>")[0]


def test_the_launcher_greets_the_person_and_names_their_location(platform):
    page = platform.get("/", person="usr_pat")
    assert page.status_code == 200
    assert re.search(r"<h1>Good (morning|afternoon|evening), Pat</h1>", page.text)
    assert "Your location: Ann Arbor" in page.text


def shown_to(role):
    """The apps that somebody of that role is shown without grants; the portal itself is none of them."""
    roles = ["staff", "manager", "superadmin"]
    rank = roles.index(role)
    return [app for app in APPS if app.mount != "/" and roles.index(app.min_role) <= rank]


@pytest.mark.parametrize("role", ["staff", "manager", "superadmin"])
def test_the_launcher_shows_the_apps_of_a_role_and_links_only_those_in_service(platform, role):
    person = make_person(platform, role)
    main = main_of(platform.get("/", person))
    listed = shown_to(role)
    for app in (app for app in APPS if app.mount != "/"):
        assert (app.title.replace("&", "&amp;") in main) == (app in listed)
        assert (f'href="{app.mount}"' in main) == (app in listed and app.in_service)
    assert main.count("Not in service") == sum(not app.in_service for app in listed)


def test_an_app_for_holders_of_a_permission_is_shown_to_them_in_the_switcher_too(platform):
    """Worked example 14, its second part."""
    person, holder = make_person(platform, "manager"), make_person(platform, "manager")
    grant(platform, holder, "meds:read")
    title = "Medication Authorization Management"
    assert title not in platform.get("/", person).text
    assert platform.get("/", holder).text.count(title) == 2
    assert "meds" not in keys(apps_of(platform, person))
    assert "meds" in keys(apps_of(platform, holder))


def test_the_launcher_asks_people_to_sign_in(platform):
    answer = platform.get("/")
    assert (answer.status_code, answer.headers["location"]) == (303, "/auth/sign-in?to=/")


def apps_of(platform, person):
    body = platform.get("/api/v1/apps", person).json()
    assert (body["page"], body["total"]) == (1, len(body["items"]))
    return body["items"]


def keys(apps):
    return [app["id"] for app in apps]


def test_the_list_of_apps_tells_programs_what_the_registry_says(platform):
    assert apps_of(platform, make_person(platform)) == [
        {
            "id": app.id,
            "title": app.title,
            "mount": app.mount,
            "in_service": app.in_service,
            "category": app.category.value,
            "state": "active",
            "pinned": None,
            "recent": None,
        }
        for app in shown_to("staff")
    ]


def test_pins_are_kept_in_their_order_and_the_ninth_is_refused(platform):
    """Worked example 14, its first part."""
    person = make_person(platform, "superadmin")
    listed = keys(apps_of(platform, person))
    eight = listed[7::-1]
    answer = platform.request("PUT", "/api/v1/apps/pins", person, json={"app_keys": eight})
    assert (answer.status_code, answer.json()) == (200, {"app_keys": eight})
    nine = platform.request("PUT", "/api/v1/apps/pins", person, json={"app_keys": listed[:9]})
    assert_error(nine, 422, "TOO_MANY_PINS")
    assert pinned(platform, person) == eight
    page = platform.post(f"/apps/{listed[8]}/pin", person, data={"page": ""})
    assert page.status_code == 303
    assert pinned(platform, person) == eight


def pinned(platform, person):
    found = [app for app in apps_of(platform, person) if app["pinned"]]
    return keys(sorted(found, key=lambda app: app["pinned"]))


def test_only_apps_of_theirs_are_pinned(platform):
    person = make_person(platform)
    for key in ("meds", "nothing"):
        body = {"app_keys": ["inventory", key]}
        refused = platform.request("PUT", "/api/v1/apps/pins", person, json=body)
        assert list(assert_error(refused, 400, "VALIDATION_ERROR")["fields"]) == ["app_keys.1"]
        assert platform.post(f"/apps/{key}/pin", person, data={"page": ""}).status_code == 404


def test_buttons_pin_move_and_unpin(platform):
    person = make_person(platform)

    def press(key, what, **fields):
        answer = platform.post(f"/apps/{key}/{what}", person, data={"page": "profile"} | fields)
        assert (answer.status_code, answer.headers["location"]) == (303, "/profile#pins")

    for key in ("inventory", "phones", "l10"):
        press(key, "pin")
    press("l10", "pin", position=1)
    assert pinned(platform, person) == ["l10", "inventory", "phones"]
    press("inventory", "unpin")
    assert pinned(platform, person) == ["l10", "phones"]
    assert "Call Center Operations" in main_of(platform.get("/profile", person))


def test_the_latest_launch_stands_first(platform):
    person = make_person(platform)
    answer = platform.post("/api/v1/apps/inventory/launch", person)
    assert (answer.status_code, answer.json()) == (200, {"url": "/inventory"})
    platform.post("/api/v1/apps/inventory/launch", person)
    for number, key in enumerate(("phones", "l10", "reps", "staffing")):
        platform.run(
            "INSERT INTO app_launches (user_id, app_key, last_launched_at) VALUES (?, ?, ?)",
            person, key, f"2026-01-0{number + 1}T00:00:00.000Z",
        )  # fmt: skip
    recent = sorted((app["recent"], app["id"]) for app in apps_of(platform, person) if app["recent"])
    assert recent == [(1, "inventory"), (2, "staffing"), (3, "reps"), (4, "l10")]
    (row,) = platform.rows("SELECT launch_count FROM app_launches WHERE user_id = ? LIMIT 1", person)
    assert row["launch_count"] == 2


@pytest.fixture
def set_state(platform):
    """Put inventory in a state as the configuration app will, until the end of the test."""
    yield lambda state: platform.run(
        "INSERT INTO platform_applications (app_key, state, updated_at) VALUES ('inventory', ?, '2026-01-01')"
        " ON CONFLICT (app_key) DO UPDATE SET state = excluded.state",
        state,
    )
    platform.run("DELETE FROM platform_applications")


def test_an_app_in_maintenance_says_so_and_lets_superadmins_in(platform, set_state):
    person, superadmin = make_person(platform), make_person(platform, "superadmin")
    set_state("maintenance")
    main = main_of(platform.get("/", person))
    assert "Maintenance" in main
    assert 'href="/inventory"' not in main
    refused = platform.post("/api/v1/apps/inventory/launch", person)
    assert_error(refused, 409, "APP_IN_MAINTENANCE")
    assert 'href="/inventory"' in main_of(platform.get("/", superadmin))
    assert platform.post("/api/v1/apps/inventory/launch", superadmin).status_code == 200


def test_a_disabled_app_is_gone_but_for_superadmins_who_see_why(platform, set_state):
    person, superadmin = make_person(platform), make_person(platform, "superadmin")
    set_state("disabled")
    assert "Medical Supply Inventory" not in main_of(platform.get("/", person))
    main = main_of(platform.get("/", superadmin))
    assert "Disabled" in main
    assert 'href="/inventory"' not in main
    for who in (person, superadmin):
        assert platform.post("/api/v1/apps/inventory/launch", who).status_code == 404


def test_an_app_that_is_not_in_service_is_not_launched(platform):
    refused = platform.post("/api/v1/apps/phones/launch", "usr_pat")
    assert_error(refused, 503, "NOT_IN_SERVICE")


def test_widgets_hold_what_the_person_waits_for_and_what_waits_for_them(platform):
    person = make_employee(platform, "usr_mia")
    ticket = sent(platform, person, "time_off_request", make_time_off(leave_type="bereavement"))
    own = platform.get("/api/v1/widgets/my_requests", person).json()
    assert (own["title"], own["total"]) == ("My open requests", 1)
    assert own["items"] == [
        {
            "label": ticket["title"],
            "value": "Waiting for approval",
            "href": f"/requests/{ticket['ticket_number']}",
            "tone": "warn",
        }
    ]
    assert "bereavement" not in str(own)
    waiting = platform.get("/api/v1/widgets/pending_approvals", "usr_mia").json()
    assert 1 <= len(waiting["items"]) <= 10
    assert waiting["total"] >= len(waiting["items"])
    assert platform.get("/api/v1/widgets/pending_approvals", person).json()["total"] == 0
    assert platform.get("/api/v1/widgets/nothing", person).status_code == 404


def test_the_list_of_apps_needs_a_person(platform):
    answer = platform.get("/api/v1/apps")
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "UNAUTHENTICATED")


def test_an_address_that_no_app_owns_is_not_found(platform):
    page = platform.get("/no-such-app", person="usr_pat")
    assert page.status_code == 404
    assert "Page not found" in page.text


def test_an_unknown_api_path_answers_with_the_envelope(platform):
    answer = platform.get("/api/v1/nothing", person="usr_pat")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "NOT_FOUND")
