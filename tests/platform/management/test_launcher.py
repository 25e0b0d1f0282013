"""The portal's start page and its list of apps, on the real runtime."""

import re

import pytest

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


def test_the_launcher_shows_every_other_app_and_links_only_those_in_service(platform):
    main = main_of(platform.get("/", person="usr_pat"))
    assert "Staff Management Portal" not in main
    for app in (app for app in APPS if app.mount != "/"):
        assert app.title.replace("&", "&amp;") in main
        assert (f'href="{app.mount}"' in main) == app.in_service
    assert main.count("Not in service") == sum(not app.in_service for app in APPS)


def test_the_launcher_asks_people_to_sign_in(platform):
    answer = platform.get("/")
    assert (answer.status_code, answer.headers["location"]) == (303, "/auth/sign-in?to=/")


def test_the_list_of_apps_tells_programs_what_the_registry_says(platform):
    body = platform.get("/api/v1/apps", person="usr_pat").json()
    assert (body["page"], body["total"]) == (1, len(APPS))
    assert body["items"] == [
        {"id": app.id, "title": app.title, "mount": app.mount, "in_service": app.in_service} for app in APPS
    ]


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
