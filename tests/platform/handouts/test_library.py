"""The library of templates, by a program and by its pages, on the real runtime."""

import re
from uuid import uuid4

import pytest

pytestmark = pytest.mark.runtime

API = "/handouts/api/v1/templates"
TEXT = {"sections": [{"id": "words", "type": "text", "content": "Keep {{spot}} dry."}]}
BLANK = {
    "id": "blanks",
    "type": "fields",
    "content": "On: {{spot}}",
    "fields": [{"id": "spot", "type": "text", "label": "Where", "required": True}],
}


def written(platform, person="usr_mia", **changes):
    content = {"sections": [*TEXT["sections"], BLANK]}
    body = {"name": f"Care {uuid4().hex[:8]}", "category": "education", "content": content} | changes
    answer = platform.post(API, person=person, json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def step(platform, template, action, person="usr_max", **body):
    current = platform.get(f"{API}/{template['id']}", person=person).json()
    sent = {"lock_version": current["lock_version"], **body}
    return platform.post(f"{API}/{template['id']}/{action}", person=person, json=sent)


def names(platform, query):
    return [each["name"] for each in platform.get(f"{API}?{query}", person="usr_pat").json()["items"]]


def test_a_template_goes_from_draft_to_what_is_given_out(platform):
    """Acceptance example 6; what is kept of the list is dropped with the change."""
    template = written(platform)
    assert (template["template_type"], template["complexity"]) == ("dynamic", 1)
    query = "status=approved&location_id=loc_aa&limit=100"
    assert template["name"] not in names(platform, query)
    assert step(platform, template, "submit", "usr_mia").json()["status"] == "pending_approval"
    refused = step(platform, template, "approve", "usr_mia")
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "SELF_APPROVAL")
    assert step(platform, template, "approve", note="Good").json()["status"] == "approved"
    assert template["name"] in names(platform, query)
    second = step(platform, template, "new-version", "usr_mia")
    assert (second.status_code, second.json()["version"]) == (201, 2)
    again = step(platform, template, "new-version", "usr_mia")
    assert (again.status_code, again.json()["error"]["code"]) == (409, "DRAFT_EXISTS")
    assert step(platform, second.json(), "submit", "usr_mia").status_code == 200
    assert step(platform, second.json(), "withdraw").status_code == 403
    assert step(platform, second.json(), "withdraw", "usr_mia").json()["status"] == "draft"
    assert step(platform, second.json(), "submit", "usr_mia").status_code == 200
    assert step(platform, second.json(), "approve").status_code == 200
    assert platform.get(f"{API}/{template['id']}", person="usr_pat").json()["status"] == "archived"
    assert names(platform, query).count(template["name"]) == 1
    assert step(platform, second.json(), "archive").json()["status"] == "archived"
    assert template["name"] not in names(platform, query)


def test_what_is_wrong_with_a_text_is_told_and_not_saved(platform):
    """Acceptance example 4."""
    unknown = {"sections": [{"id": "words", "type": "text", "content": "{{patient_ssn}}"}]}
    body = {"name": "No", "category": "education", "content": unknown}
    refused = platform.post(API, person="usr_mia", json=body)
    assert (refused.status_code, refused.json()["error"]["code"]) == (400, "UNKNOWN_VARIABLE")
    told = platform.post(f"{API}/validate", person="usr_mia", json={"content": unknown}).json()
    assert (told["valid"], told["problems"][0]["where"]) == (False, "words")
    shape = platform.post(f"{API}/validate", person="usr_mia", json={"content": {"sections": []}}).json()
    assert (shape["valid"], shape["problems"][0]["code"]) == (False, "VALIDATION_ERROR")
    fine = platform.post(f"{API}/validate", person="usr_mia", json={"content": {"sections": [BLANK]}})
    assert fine.json() == {"valid": True, "problems": []}


def test_a_preview_shows_answers_and_problems(platform):
    """Acceptance examples 1 and 4."""
    plan = {
        "wash": {"bp_percent": "5", "wash_times": "twice"},
        "strong": {"bp_percent": "25", "wash_times": "once"},
    }
    shown = {
        name: platform.post(
            f"{API}/tpl_acne_plan/preview",
            person="usr_pat",
            json={"answers": {"fields": fields, "checklists": {"plan": ["wash"]}}},
        ).json()
        for name, fields in plan.items()
    }
    assert "Use the 5% benzoyl peroxide wash twice a day." in shown["wash"]["html"]
    assert shown["wash"]["problems"] == []
    assert shown["strong"]["problems"] == [{"field": "bp_percent", "code": "RANGE"}]
    template = written(platform)
    answers = {"fields": {"spot": "<b>x</b>"}}
    html = platform.post(
        f"{API}/{template['id']}/preview", person="usr_pat", json={"answers": answers}
    ).json()["html"]
    assert "On: &lt;b&gt;x&lt;/b&gt;" in html


def test_an_edit_states_what_it_was_made_from(platform):
    template = written(platform)
    body = {name: template[name] for name in ("name", "category", "content", "rules", "lock_version")}
    url = f"{API}/{template['id']}"
    assert platform.request("PUT", url, "usr_mia", json={**body, "description": "First"}).status_code == 200
    late = platform.request("PUT", url, "usr_mia", json={**body, "description": "Second"})
    assert (late.status_code, late.json()["error"]["code"]) == (409, "VERSION_CONFLICT")
    assert late.json()["error"]["details"]["current"]["description"] == "First"
    approved = platform.get(f"{API}/tpl_wound", person="usr_mia").json()
    body["lock_version"] = approved["lock_version"]
    refused = platform.request("PUT", f"{API}/tpl_wound", "usr_mia", json=body)
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "NOT_EDITABLE")


@pytest.fixture
def longer_codes(platform):
    """Codes of Plymouth are valid for 45 days."""
    platform.run(
        "INSERT INTO location_configs (location_id, app_key, key, value_json, updated_at)"
        " VALUES ('loc_py', 'handouts', 'qr_valid_days', '45', '2026-01-01T00:00:00.000Z')"
    )
    yield
    platform.run("DELETE FROM location_configs WHERE location_id = 'loc_py' AND app_key = 'handouts'")


@pytest.mark.usefixtures("longer_codes")
def test_settings_are_those_in_effect_at_the_location(platform):
    url = "/handouts/api/v1/settings?location_id="
    assert platform.get(f"{url}loc_py", person="usr_fay").json()["qr_valid_days"] == 45
    assert platform.get(f"{url}loc_aa", person="usr_pat").json()["qr_valid_days"] == 30
    assert platform.get(f"{url}loc_py", person="usr_pat").status_code == 404


def lock(page):
    return re.search(r'name="lock_version" value="(\d+)"', page)[1]


def test_a_draft_is_written_block_by_block_with_plain_forms(platform):
    name = f"Care {uuid4().hex[:8]}"
    form = {"name": name, "category": "education", "language": "en", "digital_enabled": "on", "tags": "a, b"}
    refused = platform.post("/handouts/templates/new", person="usr_mia", data={**form, "category": ""})
    assert (refused.status_code, "Category is required" in refused.text) == (400, True)
    made = platform.post("/handouts/templates/new", person="usr_mia", data=form)
    assert made.status_code == 303
    here = made.headers["location"].removesuffix("/edit")
    page = platform.get(f"{here}/add-section?type=checklist", person="usr_mia").text
    block = {
        "lock_version": lock(page),
        "type": "checklist",
        "title": "Steps",
        "items.0.id": "wash",
        "items.0.content": "Wash {{times}}.",
    }
    more = platform.post(f"{here}/add-section", person="usr_mia", data={**block, "do.add-field.items.0": ""})
    assert (more.status_code, "Not saved yet" in more.text) == (200, True)
    assert 'value="field_1"' in more.text
    wrong = platform.post(f"{here}/add-section", person="usr_mia", data=block)
    assert (wrong.status_code, "{{times}} is neither a field" in wrong.text) == (400, True)
    block |= {
        "items.0.fields.0.id": "times",
        "items.0.fields.0.type": "select",
        "items.0.fields.0.label": "How often",
        "items.0.fields.0.options": "once\n2 | twice",
    }
    assert platform.post(f"{here}/add-section", person="usr_mia", data=block).status_code == 303
    outline = platform.get(f"{here}/edit", person="usr_mia").text
    assert "Wash once." in outline
    moved = platform.post(
        f"{here}/sections/checklist_1/up", person="usr_mia", data={"lock_version": lock(outline)}
    )
    assert moved.status_code == 303
    rule = {
        "rules.0.type": "show_if",
        "rules.0.field": "wash",
        "rules.0.operator": "is_checked",
        "rules.0.target": "text_1",
        "lock_version": lock(platform.get(f"{here}/rules", person="usr_mia").text),
    }
    assert platform.post(f"{here}/rules", person="usr_mia", data=rule).status_code == 303
    page = platform.get(f"{here}/sections/checklist_1", person="usr_mia").text
    kept = platform.post(
        f"{here}/sections/checklist_1/remove", person="usr_mia", data={"lock_version": lock(page)}
    )
    assert (kept.status_code, "wash is neither a field nor an item" in kept.text) == (400, True)
    template = platform.get(here.replace("/handouts/", "/handouts/api/v1/"), person="usr_mia").json()
    assert [section["id"] for section in template["content"]["sections"]] == ["checklist_1", "text_1"]
    assert (template["template_type"], template["tags"]) == ("conditional", ["a", "b"])
    sent = platform.post(f"{here}/submit", person="usr_mia", data={"lock_version": template["lock_version"]})
    assert sent.status_code == 303
    assert platform.get(f"{here}/edit", person="usr_mia").status_code == 409
    assert name in platform.get("/handouts/approvals", person="usr_max").text


def test_staff_read_the_library_and_write_nothing(platform):
    page = platform.get("/handouts/templates/tpl_sun", person="usr_pat")
    assert (page.status_code, "Make a new version" in page.text) == (200, False)
    for path in ("/handouts/templates/new", "/handouts/approvals"):
        assert platform.get(path, person="usr_pat").status_code == 403
    clinical = platform.get(f"{API}?category=medication", person="usr_pat").json()["items"]
    assert [each["name"] for each in clinical] == ["Isotretinoin information for women"]
