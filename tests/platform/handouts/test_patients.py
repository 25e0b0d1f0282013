"""Patients: looked up by number and by code, and what they say of messages."""

import json
import re
from uuid import uuid4

import pytest

from ganger.codes import shown_code
from tests.platform.handouts.packets import ask, begin, error_of
from tools.local.providers.fault import Fault

pytestmark = pytest.mark.runtime

CHANNELS = ["sms", "email"]


def issue(platform, mrn="10000001", **more):
    answer = ask(platform, "POST", "/patient-codes", {"mrn": mrn} | more)
    assert answer.status_code == 201, answer.text
    return answer.json()


def look_up(platform, person="usr_pat", **asked):
    return ask(platform, "POST", "/patients/lookup", asked, person)


def test_a_patient_is_looked_up_by_number_with_what_they_say_of_messages(platform):
    found = look_up(platform, mrn="10000001").json()
    assert (found["patient"]["name"], found["patient"]["birth_date"]) == ("Pat Example", "1985-06-15")
    assert (found["patient"]["email"], found["patient"]["phone"]) == ("pat@example.test", "+17345550142")
    assert [each["channel"] for each in found["consents"]] == CHANNELS
    assert error_of(look_up(platform, mrn="99999999")) == (404, "PATIENT_NOT_FOUND")
    assert error_of(look_up(platform, mrn="10000001", code="P")) == (400, "VALIDATION_ERROR")


def test_a_code_leads_to_its_patient_until_it_is_revoked(platform):
    code = issue(platform)
    assert re.fullmatch("P[0-9A-Z]{12}", code["code"])
    typed = shown_code(code["code"]).lower()
    assert look_up(platform, code=typed).json()["patient"]["mrn"] == "10000001"
    assert error_of(look_up(platform, "usr_wes", code=typed)) == (404, "PATIENT_NOT_FOUND")
    revoked = ask(platform, "POST", f"/patient-codes/{code['id']}/revoke").json()
    assert (revoked["scan_count"], revoked["revoked_at"] is not None) == (1, True)
    assert error_of(look_up(platform, code=typed)) == (410, "PATIENT_CODE_EXPIRED")
    assert error_of(look_up(platform, code="P000000000000")) == (404, "PATIENT_NOT_FOUND")
    happened = platform.rows(
        "SELECT action FROM audit_logs WHERE record_type = 'patient_code' AND record_id = ?", code["id"]
    )
    assert {"handouts:issue-patient-code", "handouts:scan-patient-code", "handouts:revoke-patient-code"} <= {
        row["action"] for row in happened
    }


def test_a_code_ends_after_30_days(platform):
    code = issue(platform)
    platform.run("UPDATE patient_codes SET expires_at = '2026-01-01T00:00:00.000Z' WHERE id = ?", code["id"])
    assert error_of(look_up(platform, code=code["code"])) == (410, "PATIENT_CODE_EXPIRED")
    form = {"kind": "mrn", "location_id": "loc_aa", "client_ref": uuid4().hex, "mrn": code["code"]}
    page = platform.post("/handouts/new", "usr_pat", data=form)
    assert (page.status_code, "not valid any more" in page.text) == (410, True)


def test_a_slip_is_issued_printed_and_scanned_where_handouts_are_begun(platform):
    """From the form at the front desk to the form of a new packet, without script."""
    form = {"mrn": "10000003", "location_id": "loc_py", "client_ref": uuid4().hex}
    refused = platform.post("/handouts/patient-codes", "usr_fay", data=form | {"mrn": "12"})
    assert (refused.status_code, "MRN must have 6 to 10 digits" in refused.text) == (400, True)
    slips = [platform.post("/handouts/patient-codes", "usr_fay", data=form) for _ in range(2)]
    address = slips[0].headers["location"]
    assert slips[1].headers["location"] == address
    slip = platform.get(address, "usr_fay").text
    (shown,) = re.findall(r"P[0-9A-Z]{4}-[0-9A-Z]{5}-[0-9A-Z]{3}", slip.partition("packet-slip-code")[2])[:1]
    assert "<svg" in slip and "10000003" not in address
    (look,) = platform.rows(
        "SELECT fields_json FROM audit_logs WHERE action = 'phi:read' AND record_id = ?",
        address.rpartition("/")[2],
    )
    assert json.loads(look["fields_json"]) == ["patient_mrn"]
    begun = platform.post("/handouts/new", "usr_fay", data=form | {"kind": "mrn", "mrn": shown})
    assert begun.status_code == 303, begun.text
    assert "Casey Demo" in platform.get(begun.headers["location"], "usr_fay").text
    assert platform.post(f"{address}/revoke", "usr_fay").status_code == 303
    assert "This code was revoked" in platform.get(address, "usr_fay").text


def test_when_the_record_system_is_away_the_patient_can_be_typed_in(platform):
    platform.outside.ehr.fault = Fault.FAILS
    try:
        assert error_of(look_up(platform, mrn="10000002")) == (503, "EHR_UNAVAILABLE")
        form = {"kind": "mrn", "location_id": "loc_aa", "client_ref": uuid4().hex, "mrn": "10000002"}
        page = platform.post("/handouts/new", "usr_pat", data=form)
        assert (page.status_code, "Type the patient in" in page.text) == (503, True)
    finally:
        platform.outside.ehr.recover()
    assert look_up(platform, mrn="10000002").status_code == 200


def test_what_a_patient_says_last_of_a_channel_holds(platform):
    said = {"mrn": "10000002", "channel": "email", "consented": True, "method": "written"}
    agreed = ask(platform, "POST", "/consents", said)
    assert (agreed.status_code, agreed.json()["consented"], agreed.json()["method"]) == (201, True, "written")
    assert ask(platform, "POST", "/consents", said | {"consented": False}).json()["consented"] is False
    by_channel = {each["channel"]: each for each in look_up(platform, mrn="10000002").json()["consents"]}
    assert by_channel["email"]["consented"] is False
    assert error_of(ask(platform, "POST", "/consents", said | {"channel": "fax"})) == (
        400,
        "VALIDATION_ERROR",
    )


def test_what_a_patient_says_is_recorded_while_the_packet_is_filled_in_and_nothing_typed_is_lost(platform):
    """Without script: the form of the draft holds both."""
    draft = begin(platform, mrn="10000002")
    path = f"/handouts/generate/{draft['id']}"
    form = {"lock_version": "1", "provider_name": "Dr. Demo", "template": "tpl_sun", "action": "consent"}
    said = {"channel": "sms", "consented": "true", "method": "written"}
    page = platform.post(path, "usr_pat", data=form | {"channel": "sms", "method": "written"})
    assert (page.status_code, 'href="#packet-consented"' in page.text) == (400, True)
    recorded = platform.post(path, "usr_pat", data=form | said | {"lock_version": "2"})
    assert (recorded.status_code, recorded.headers["location"]) == (303, path)
    page = platform.get(path, "usr_pat").text
    assert "Agrees" in page and "in writing" in page
    assert 'value="Dr. Demo"' in page and 'id="fill-tpl_sun"' in page
    # What is chosen beside another button is not left behind when the packet is given out.
    given = form | said | {"lock_version": "3", "action": "generate", "consented": "false"}
    assert platform.post(path, "usr_pat", data=given).status_code == 303
    by_channel = {each["channel"]: each for each in look_up(platform, mrn="10000002").json()["consents"]}
    assert by_channel["sms"]["consented"] is False
