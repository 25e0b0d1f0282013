"""Packets from draft to revocation, for programs."""

import io
import json
import re
from datetime import UTC, datetime
from uuid import uuid4

import pypdf
import pytest

from tests.platform.handouts.packets import PAT, ask, begin, error_of, fill, make_ready, text
from tests.platform.handouts_patient.site import Phone

pytestmark = pytest.mark.runtime


@pytest.fixture(scope="module")
def ready(platform):
    """A packet of two handouts for Pat Example."""
    packet = begin(platform, manual=PAT | {"mrn": "10000001", "phone": "734-555-0142"})
    return make_ready(platform, packet, "tpl_sun", "tpl_wound")


def test_a_packet_is_drawn_and_opens_by_its_code(platform, ready):
    assert ready["status"] == "ready"
    assert ready["patient_phone"] == "+17345550142"
    assert ready["page_count"] >= 2
    answer = ask(platform, "GET", f"/packets/{ready['id']}/pdf")
    assert answer.headers["content-disposition"] == 'inline; filename="handout.pdf"'
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.content)).pages)
    assert "Sun protection" in text and "Pat Example" in text
    phone = Phone(platform)
    link = phone.scan(ready["qr_code"])
    assert phone.get(f"{link}/pdf").status_code == 401
    phone.tell(link)
    pdf = phone.get(f"{link}/pdf")
    assert (pdf.status_code, pdf.content) == (200, answer.content)


def test_the_same_reference_is_the_same_draft(platform):
    asked = {"location_id": "loc_aa", "client_ref": uuid4().hex, "general": True}
    first, second = (ask(platform, "POST", "/packets", asked) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["id"] == second.json()["id"]


def test_answers_that_are_missing_or_wrong_are_told_and_nothing_is_given_out(platform):
    """Example 2."""
    packet = begin(platform)
    chosen = {"tpl_acne_plan": {"fields": {"bp_percent": "25"}, "checklists": {"plan": ["wash"]}}}
    filled = fill(platform, packet, "tpl_acne_plan", answers=chosen)
    codes = {(each["field"], each["code"]) for each in filled.json()["problems"]}
    assert {("bp_percent", "RANGE"), ("wash_times", "REQUIRED")} <= codes
    answer = ask(platform, "POST", f"/packets/{packet['id']}/generate")
    assert error_of(answer) == (400, "ANSWERS_INCOMPLETE")
    assert answer.json()["error"]["details"]["problems"][0]["template_id"] == "tpl_acne_plan"


def test_only_approved_templates_are_given_out_and_none_with_a_patient_to_anybody(platform):
    """Example 6."""
    (draft,) = platform.rows("SELECT id FROM handout_templates WHERE status = 'draft' LIMIT 1")
    assert error_of(fill(platform, begin(platform), draft["id"])) == (409, "TEMPLATE_NOT_APPROVED")
    general = begin(platform, general=True)
    assert error_of(fill(platform, general, "tpl_acne_plan")) == (409, "TEMPLATE_NEEDS_PATIENT")


def test_a_packet_with_a_handout_for_paper_alone_has_no_code_and_is_only_printed(platform):
    """Example 14."""
    dose = {"dose_mg": "40", "dose_times": "once a day", "next_test_on": "2026-12-01"}
    answers = {"tpl_isotretinoin": {"fields": dose}}
    packet = make_ready(platform, begin(platform), "tpl_sun", "tpl_isotretinoin", answers=answers)
    assert (packet["digital_allowed"], packet["qr_code"]) == (False, None)
    mail = {"channel": "email", "destination": "pat@example.test", "destination_confirmed": True}
    refused = ask(platform, "POST", f"/packets/{packet['id']}/deliveries", mail)
    assert error_of(refused) == (409, "DIGITAL_NOT_ALLOWED")
    printed = ask(platform, "POST", f"/packets/{packet['id']}/print")
    assert (printed.status_code, printed.json()["print_count"]) == (200, 1)


def test_what_is_ready_does_not_change_and_a_copy_does(platform, ready):
    assert error_of(fill(platform, ready, "tpl_sun")) == (409, "NOT_EDITABLE")
    copy = ask(platform, "POST", f"/packets/{ready['id']}/duplicate")
    assert copy.status_code == 201
    names = [each["name"] for each in copy.json()["templates"]]
    assert (copy.json()["status"], names) == ("draft", ["Sun protection", "Wound care"])
    assert copy.json()["patient_name"] == "Pat Example"


def test_a_code_is_extended_within_its_bounds(platform, ready):
    more = ask(platform, "POST", f"/packets/{ready['id']}/extend-qr", {"days": 30})
    assert more.json()["qr_expires_at"] > ready["qr_expires_at"]
    assert error_of(ask(platform, "POST", f"/packets/{ready['id']}/extend-qr", {"days": 400})) == (
        400,
        "VALIDATION_ERROR",
    )


def test_a_message_needs_a_confirmed_destination_and_consent(platform, ready):
    """Example 7."""
    path = f"/packets/{ready['id']}/deliveries"
    text = {"channel": "sms", "destination": "734-555-0142", "destination_confirmed": True}
    assert error_of(ask(platform, "POST", path, text | {"destination_confirmed": False}))[0] == 400
    assert error_of(ask(platform, "POST", path, text)) == (409, "CONSENT_REQUIRED")
    agreed = text | {"consent": {"consented": True, "method": "verbal"}}
    sent = ask(platform, "POST", path, agreed)
    assert sent.status_code == 202, sent.text
    assert sent.json()["destination"] == "+17345550142"
    assert [ask(platform, "POST", path, text).status_code for _ in range(4)] == [202] * 4
    assert error_of(ask(platform, "POST", path, text)) == (429, "SEND_LIMIT")
    links = platform.rows("SELECT * FROM handout_links WHERE handout_id = ? AND channel = 'sms'", ready["id"])
    assert [link["revoked_at"] is None for link in links].count(True) == 1


def test_revoking_ends_the_code_what_waits_and_printing(platform):
    """Example 12."""
    packet = make_ready(platform, begin(platform))
    mail = {
        "channel": "email",
        "destination": "pat@example.test",
        "destination_confirmed": True,
        "consent": {"consented": True, "method": "verbal"},
    }
    assert ask(platform, "POST", f"/packets/{packet['id']}/deliveries", mail).status_code == 202
    platform.run("UPDATE delivery_tracking SET status = 'queued' WHERE handout_id = ?", packet["id"])
    revoked = ask(platform, "POST", f"/packets/{packet['id']}/revoke", {"reason": "wrong patient"})
    assert revoked.json()["status"] == "revoked"
    (delivery,) = platform.rows("SELECT status FROM delivery_tracking WHERE handout_id = ?", packet["id"])
    assert delivery["status"] == "cancelled"
    assert Phone(platform).scan(packet["qr_code"]) == 410
    assert error_of(ask(platform, "POST", f"/packets/{packet['id']}/print")) == (409, "REVOKED")
    # A form that is refused leads to the packet's page, which is a look at the patient's data too.
    looks = "SELECT id FROM audit_logs WHERE action = 'phi:read' AND record_id = ?"
    before = len(platform.rows(looks, packet["id"]))
    assert platform.post(f"/handouts/packets/{packet['id']}/print", "usr_pat").status_code == 409
    assert len(platform.rows(looks, packet["id"])) == before + 1
    assert ask(platform, "GET", f"/packets/{packet['id']}").status_code == 200


def test_a_patient_is_looked_up_by_chart_number(platform):
    packet = begin(platform, mrn="10000001")
    assert (packet["patient_name"], packet["patient_dob"]) == ("Pat Example", "1985-06-15")
    assert (packet["patient_source"], packet["patient_email"]) == ("ehr", "pat@example.test")
    asked = {"location_id": "loc_aa", "client_ref": uuid4().hex, "mrn": "99999999"}
    assert error_of(ask(platform, "POST", "/packets", asked)) == (404, "PATIENT_NOT_FOUND")
    page = platform.post("/handouts/new", "usr_pat", data=asked | {"kind": "mrn"})
    assert page.status_code == 404
    assert "Type the patient in" in page.text


def test_a_text_message_brings_a_link_that_opens_the_packet_and_is_followed(platform):
    packet = make_ready(platform, begin(platform))
    sent, message = text(platform, packet)
    assert "Pat" not in message.text and "Sun" not in message.text
    (link,) = re.findall(r"http://handouts\.localhost:\d+(/view/\S+)", message.text)
    phone = Phone(platform)
    assert phone.tell(link).status_code == 303
    assert "Sun protection" in phone.get(link).text
    assert ask(platform, "GET", f"/packets/{packet['id']}").json()["opens"] == 1
    platform.run("UPDATE delivery_tracking SET next_attempt_at = '2015' WHERE id = ?", sent["id"])
    platform.local.scheduled("handouts", "* * * * *", datetime.now(UTC))
    (delivery,) = platform.rows("SELECT * FROM delivery_tracking WHERE id = ?", sent["id"])
    assert delivery["status"] in ("sent", "delivered")
    assert delivery["opened_at"] is not None


@pytest.mark.parametrize(
    "changes", [{"birth_date": "2090-01-01"}, {"birth_date": "1899-12-31"}, {"phone": "12"}, {"email": "x"}]
)
def test_a_patient_that_cannot_be_is_refused(platform, changes):
    asked = {"location_id": "loc_aa", "client_ref": uuid4().hex, "manual": PAT | changes}
    assert error_of(ask(platform, "POST", "/packets", asked)) == (400, "VALIDATION_ERROR")


def test_another_location_sees_nothing_of_a_packet(platform, ready):
    for method, path, body in (
        ("GET", "", None),
        ("GET", "/pdf", None),
        ("POST", "/print", {}),
        ("POST", "/revoke", {"reason": "not theirs"}),
        ("POST", "/deliveries", {"channel": "sms", "destination": "7345550142"}),
    ):
        answer = ask(platform, method, f"/packets/{ready['id']}{path}", body, person="usr_wes")
        assert answer.status_code == 404, path


def test_a_search_is_posted_and_every_look_is_written_down(platform, ready):
    found = ask(platform, "POST", "/packets/search", {"mrn": "10000001", "limit": 100}).json()
    assert ready["id"] in [each["id"] for each in found["items"]]
    nobody = ask(platform, "POST", "/packets/search", {"name": "Nobody at all"}).json()
    assert nobody["total"] == 0
    page = platform.post("/handouts/history", "usr_pat", data={"name": "pat exam", "days": "30"})
    assert "Pat Example" in page.text
    assert 'value="usr_pat"' in page.text
    looks = platform.rows(
        "SELECT fields_json FROM audit_logs WHERE action = 'phi:read' AND record_id = ?", ready["id"]
    )
    assert "patient_name" in json.loads(looks[0]["fields_json"])


def test_a_packet_is_printed_again_from_its_line_of_the_history(platform, ready):
    found = {
        status: platform.post("/handouts/history", "usr_pat", data={"days": "90", "status": status}).text
        for status in ("ready", "revoked", "draft", "failed")
    }
    action = f'action="/handouts/packets/{ready["id"]}/print"'
    assert action in found.pop("ready")
    assert all('class="row-link"' in page and "/print" not in page for page in found.values())
    before = ask(platform, "GET", f"/packets/{ready['id']}").json()["print_count"]
    printed = platform.post(f"/handouts/packets/{ready['id']}/print", "usr_pat")
    assert (printed.status_code, printed.headers["location"]) == (303, f"/handouts/packets/{ready['id']}/pdf")
    assert ask(platform, "GET", f"/packets/{ready['id']}").json()["print_count"] == before + 1


def test_the_link_of_one_message_is_ended_once_and_the_code_goes_on(platform):
    packet = make_ready(platform, begin(platform))
    sent, message = text(platform, packet)
    (link,) = re.findall(r"http://handouts\.localhost:\d+(/view/\S+)", message.text)
    path = f"/deliveries/{sent['id']}/revoke-link"
    assert "End link" in platform.get(f"/handouts/packets/{packet['id']}", "usr_pat").text
    assert ask(platform, "POST", path).status_code == 200
    assert Phone(platform).get(link).status_code == 410
    assert Phone(platform).scan(packet["qr_code"]).startswith("/view/")
    assert error_of(ask(platform, "POST", path)) == (409, "INVALID_TRANSITION")
    page = platform.post(f"/handouts{path}", "usr_pat")
    assert (page.status_code, "Link ended" in page.text, "End link" in page.text) == (409, True, False)


def test_drafts_end_after_a_day_and_packets_after_seven_years(platform):
    draft, packet = begin(platform), make_ready(platform, begin(platform, general=True))
    platform.run("UPDATE generated_handouts SET created_at = '2015-01-01' WHERE id = ?", draft["id"])
    platform.run("UPDATE generated_handouts SET generated_at = '2007-01-01' WHERE id = ?", packet["id"])
    platform.local.scheduled("handouts", "* * * * *", datetime(2015, 1, 3, 7, tzinfo=UTC))
    left = platform.rows("SELECT id FROM generated_handouts WHERE id IN (?, ?)", draft["id"], packet["id"])
    assert left == []
    files = platform.rows("SELECT id FROM file_uploads WHERE id = ?", packet["pdf_upload_id"])
    assert files == []


def test_the_page_of_a_packet_works_without_script(platform):
    """From the form of a new packet to paper."""
    began = platform.post(
        "/handouts/new",
        "usr_pat",
        data={"kind": "general", "location_id": "loc_aa", "client_ref": uuid4().hex},
    )
    path = began.headers["location"]
    packet_id = path.rpartition("/")[2]
    form = {"lock_version": "1", "provider_name": "", "template": "tpl_sun", "action": "save"}
    saved = platform.post(path, "usr_pat", data=form)
    assert saved.headers["location"] == f"{path}#fill"
    given = platform.post(path, "usr_pat", data=form | {"lock_version": "2", "action": "generate"})
    assert given.headers["location"] == f"/handouts/packets/{packet_id}"
    while 'http-equiv="refresh"' in (page := platform.get(given.headers["location"], "usr_pat")).text:
        pass
    assert "Sun protection" in page.text and "<svg" in page.text
    printed = platform.post(f"/handouts/packets/{packet_id}/print", "usr_pat")
    assert printed.headers["location"].endswith("/pdf")
    assert platform.get(printed.headers["location"], "usr_pat").headers["content-type"] == "application/pdf"
    revoked = platform.post(f"/handouts/packets/{packet_id}/revoke", "usr_pat", data={"reason": "x"})
    assert revoked.status_code == 400 and "Reason" in revoked.text
