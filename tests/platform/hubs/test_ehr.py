"""The EHR hub on real workerd, with the FHIR stand-in."""

import pytest

from tools.local.providers import Fault

pytestmark = pytest.mark.runtime


def patient(hubs, mrn):
    asked = {"mrn": mrn, "purpose": "handouts for today's visit", "location_id": "loc_aa"}
    return hubs.call("find_patient", asked, "Ehr")


def test_a_patient_is_found_by_mrn_and_the_look_is_written_down(hubs):
    assert patient(hubs, "10000001") == {
        "mrn": "10000001",
        "given_name": "Pat",
        "family_name": "Example",
        "birth_date": "1985-06-15",
        "email": "pat@example.test",
        "mobile": "+17345550142",
    }
    (row,) = hubs.rows("SELECT * FROM audit_logs WHERE action = 'phi:read' AND record_id = '10000001'")
    assert row["justification"] == "handouts for today's visit"
    assert "Example" not in str(row)


def test_a_patient_who_is_not_there_is_not_found(hubs):
    assert patient(hubs, "99999999")["refused"] == "PATIENT_NOT_FOUND"


def test_the_appointments_of_a_day_come_by_time(hubs):
    asked = {"day": "2026-03-02", "purpose": "arrivals", "location_id": "loc_aa"}
    found = hubs.call("appointments_on", asked, "Ehr")["appointments"]
    assert [(each["id"], each["practitioner"]) for each in found] == [
        ("apt-1", "Dr. Demo"),
        ("apt-2", "Dr. Demo"),
    ]


def test_an_ehr_that_fails_is_asked_again_and_then_left_alone(hubs):
    ehr = hubs.providers.ehr
    ehr.fault, ehr.asked = Fault.FAILS, 0
    assert patient(hubs, "10000001") == {"refused": "UNAVAILABLE", "details": {"provider": "ehr"}}
    assert ehr.asked == 2
    for _ in range(3):
        patient(hubs, "10000001")
    assert hubs.health()["ehr"]["state"] == "open"
    asked_until_now = ehr.asked
    assert patient(hubs, "10000001")["refused"] == "UNAVAILABLE"
    assert ehr.asked == asked_until_now
