"""What the command menu is told, on real workerd."""

import re

import pytest

from tools.registry import Kind, load_registry

pytestmark = pytest.mark.runtime

PROGRAM = {"accept": "application/json"}


def commands(platform, person):
    answer = platform.get("/api/v1/commands", person, headers=PROGRAM)
    assert answer.status_code == 200
    return answer.json()["items"]


def test_the_menu_offers_the_apps_in_service_and_no_other(platform):
    apps = [each["href"] for each in commands(platform, "usr_pat") if each["note"] == "App"]
    staff = load_registry().of_kind(Kind.STAFF)
    assert apps == [worker.mount for worker in staff if worker.in_service]


@pytest.mark.parametrize("person", ["usr_pat", "usr_mia"])
def test_the_menu_offers_every_section_of_the_portal_that_the_person_has(platform, person):
    offered = {each["href"] for each in commands(platform, person)}
    tabs = re.search(r'<nav class="shell-tabs[^>]*>(.*?)</nav>', platform.get("/", person).text, re.DOTALL)
    assert tabs is not None
    sections = set(re.findall(r'href="([^"]*)"', tabs.group(1)))
    assert sections <= offered
    assert ("/reports" in offered) == ("/reports" in sections)


def test_the_menu_offers_every_form(platform):
    offered = {each["href"] for each in commands(platform, "usr_pat")}
    forms = re.findall(r'href="(/requests/new/\w+)"', platform.get("/requests/new", "usr_pat").text)
    assert len(forms) == 7
    assert set(forms) <= offered


def test_the_menu_offers_the_other_locations_of_the_person(platform):
    def places(person):
        return [each["fields"] for each in commands(platform, person) if each["note"] == "Work at"]

    assert places("usr_tia") == [{"location_id": "loc_py"}]
    assert places("usr_pat") == []


def test_only_the_persons_own_browser_keeps_the_answer(platform):
    headers = platform.get("/api/v1/commands", "usr_pat", headers=PROGRAM).headers
    assert headers["cache-control"] == "private, max-age=300"
    assert headers["vary"] == "cookie"
