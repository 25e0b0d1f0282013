"""Whole pages: layouts, error pages and the page of an app that is not open."""

import json
import re
from types import SimpleNamespace

import pytest
from jinja2 import ModuleLoader

from ganger.ui.environment import make_environment
from tests.unit.ui.factories import (
    UI,
    environment,
    ids_of,
    make_app,
    make_context,
    make_person,
    render_error,
)

STATUSES = (400, 401, 403, 404, 409, 422, 429, 500, 502, 503)


def staff_page(**changes: object) -> str:
    nav = [{"label": "Stock", "href": "/inventory/items", "current": True}]
    return environment.get_template("ui/app.html").render(make_context(**({"nav": nav} | changes)))


def plain_page(**changes: object) -> str:
    context = make_context(**({"person": None, "apps": ()} | changes))
    return environment.get_template("ui/plain.html").render(context)


def not_in_service(**changes: object) -> str:
    return environment.get_template("ui/not_in_service.html").render(make_context(**changes))


ALL_PAGES = [
    staff_page(flash=SimpleNamespace(text="Saved", tone="success")),
    plain_page(),
    not_in_service(),
    not_in_service(person=None, apps=()),
    *(render_error(status) for status in STATUSES),
    *(render_error(status, person=None, apps=(), app=make_app(mount=None)) for status in STATUSES),
]


@pytest.mark.parametrize("page", ALL_PAGES)
def test_page_keeps_to_the_content_policy(page):
    assert not re.search(r"<[^>]*\s(style|on\w+)=", page)
    for element in re.findall(r"<(?:style|script)\b[^>]*>", page):
        assert 'nonce="n0nce"' in element


@pytest.mark.parametrize("page", ALL_PAGES)
def test_page_has_landmarks_unique_ids_and_the_request(page):
    ids = ids_of(page)
    assert len(ids) == len(set(ids))
    for landmark in ("<header", '<main id="main"', "<footer"):
        assert page.count(landmark) == 1
    assert page.index('href="#main"') < page.index("<header")
    assert '<html lang="en">' in page
    assert "01TEST" in page
    assert "None" not in page


def test_staff_page_names_page_app_and_person():
    page = staff_page()
    assert "<title>Stock \N{EN DASH} Medical Supply Inventory \N{EN DASH} Ganger</title>" in page
    assert "Pat Example" in page
    assert "Plymouth, Wixom" in page
    assert '<form method="post" action="/auth/sign-out">' in page
    assert '<a href="/inventory/items" aria-current="page">Stock</a>' in page


def test_app_out_of_service_is_text_not_a_link():
    page = staff_page()
    assert 'href="/inventory" aria-current="true"' in page
    assert "Medication Authorization</span>" in page
    assert "Not in service" in page
    assert 'href="/meds"' not in page


def test_person_without_locations_has_none_shown():
    page = staff_page(person=make_person(locations=()))
    assert "Location" not in page


def test_prefetch_never_touches_sign_in_or_the_api():
    rules = re.search(r'<script type="speculationrules"[^>]*>(.*?)</script>', staff_page())
    assert rules is not None
    told = json.loads(rules.group(1))
    assert sorted(told) == ["prefetch", "prerender"]
    for (rule,) in told.values():
        assert rule["eagerness"] == "moderate"
        assert {"not": {"href_matches": ["/auth/*", "/api/*", "/*/api/*"]}} in rule["where"]["and"]
        assert any("[data-no-prefetch]" in str(each) for each in rule["where"]["and"])


def test_who_has_several_locations_chooses_one_without_script():
    page = staff_page()
    assert '<form class="menu-panel place-panel" method="post" action="/location">' in page
    assert '<input type="hidden" name="to" value="/inventory/items?status=low">' in page
    assert '<button class="menu-choice" name="location_id" value="loc_wx">Wixom</button>' in page
    assert page.count('aria-current="true">Plymouth') == 1


def test_who_has_one_location_sees_it_and_has_nothing_to_choose():
    place = SimpleNamespace(id="loc_py", name="Plymouth")
    page = staff_page(person=make_person(locations=(place,), location=place))
    assert '<p class="shell-place">' in page
    assert 'action="/location"' not in page


@pytest.mark.parametrize(
    ("labels", "folds"),
    [
        (["Overview", "Items"], None),
        (["Apps", "My requests", "New request", "Queue", "Approvals"], "folds-sm"),
        ([f"Section number {number}" for number in range(6)], "folds-md"),
    ],
)
def test_sections_fold_into_a_menu_where_their_labels_do_not_fit(labels, folds):
    nav = [{"label": label, "href": f"/{label}", "current": label == labels[0]} for label in labels]
    page = staff_page(nav=nav)
    menus = re.findall(
        r'<details class="menu sections ([\w-]+)" name="shell-menu">\s*<summary>(.*?)<svg', page
    )
    shown = [(folds, f'<span class="visually-hidden">Section: </span>{labels[0]}')] if folds else []
    assert menus == shown


@pytest.mark.parametrize(
    ("facts", "begins"),
    [({}, "Stock"), ({"status": 422}, "Error: Stock"), ({"status": 404, "error_code": "NOT_FOUND"}, "Stock")],
)
def test_the_title_of_a_refused_form_begins_with_error(facts, begins):
    assert f"<title>{begins} " in staff_page(**facts)
    assert f"<title>{begins} " in plain_page(**facts)


def test_plain_page_offers_no_navigation():
    page = plain_page()
    assert "<nav" not in page
    assert "sign-out" not in page


@pytest.mark.parametrize("status", STATUSES)
def test_error_page_names_the_error_and_the_ways_back(status):
    page = render_error(status)
    assert page.count("<h1>") == 1
    assert f"{status} SOME_CODE" in page
    assert 'href="/inventory">' in page
    assert ">Staff portal<" in page


def test_error_page_says_the_message_and_the_fields():
    details = {"fields": {"quantity": "is missing"}}
    page = render_error(400, message="Some fields need <attention>.", details=details)
    assert "Some fields need &lt;attention&gt;." in page
    assert "<li>quantity: is missing</li>" in page


def test_error_page_offers_to_ask_again_only_where_that_can_help():
    assert "<span>Try again</span></a>" in render_error(503, again="/inventory/items?page=2")
    assert ">Try again<" not in render_error(503)


def test_error_page_offers_a_request_to_who_is_signed_in():
    assert 'href="/requests/new/support_ticket"' in render_error(403)
    assert 'href="/requests/new/support_ticket"' not in render_error(404)
    assert 'href="/requests/new/support_ticket"' not in render_error(500, person=None, apps=())


def test_a_conflict_is_somebody_elses_change_only_where_it_is_one():
    assert "<h1>Someone was faster</h1>" in render_error(409, error_code="VERSION_CONFLICT")
    assert "<h1>Not possible as things are now</h1>" in render_error(409)


def test_unavailable_page_names_the_app():
    assert "<h1>Medical Supply Inventory is not available right now</h1>" in render_error(503)


def test_app_not_in_service_tells_its_purpose():
    page = not_in_service()
    assert "<h1>Medical Supply Inventory is not in service yet</h1>" in page
    assert "Stock by lot" in page


def test_compiled_templates_render_the_same_pages(tmp_path):
    environment.compile_templates(tmp_path, zip=None, ignore_errors=False)
    compiled = make_environment(ModuleLoader(tmp_path))
    assert compiled.get_template("ui/app.html").render(make_context()) == staff_page(nav=())


def test_notice_of_the_whole_app_stands_above_the_page():
    page = staff_page(banner={"text": "You act as Pat Example.", "tone": "warning"})
    assert 'class="banner banner-warning" role="region" aria-label="Notice"' in page
    assert page.index("You act as") < page.index("<main")
    assert "banner" not in staff_page()


def test_modules_are_found_by_their_names():
    imports = re.search(r'<script type="importmap"[^>]*>(.*?)</script>', staff_page())
    assert imports is not None
    modules = {
        f"ui/{name}": f"/assets/{name}.js"
        for name in ("bell", "dialogs", "forms", "live", "palette", "tabs", "toasts")
    }
    assert json.loads(imports.group(1)) == {"imports": modules}
    assert all((UI / "static" / f"{name.removeprefix('ui/')}.js").exists() for name in modules)
