import pytest

from ganger.contracts.ehr import Patient
from service_workers.hubs.ehr.domain import fhir
from tools.local.providers.fhir import FhirStandIn

PAT = FhirStandIn().patients[0]
APPOINTMENT = FhirStandIn().appointments[1]


def bundle(*resources, **more):
    entries = [{"resource": each} for each in resources]
    return {"resourceType": "Bundle", "type": "searchset", "entry": entries} | more


def test_a_patient_is_read_from_a_resource():
    assert fhir.patient(PAT, "10000001") == Patient(
        "10000001", "Pat", "Example", "1985-06-15", "pat@example.test", "+17345550142"
    )


@pytest.mark.parametrize(
    ("telecom", "mobile"),
    [
        ([{"system": "phone", "use": "mobile", "value": "(734) 555-0143"}], "+17345550143"),
        ([{"system": "phone", "use": "mobile", "value": "+1 734 555 0143"}], "+17345550143"),
        ([{"system": "sms", "value": "7345550143"}], "+17345550143"),
        ([{"system": "phone", "use": "home", "value": "7345550143"}], None),
        ([{"system": "phone", "use": "mobile", "value": "555-0143"}], None),
        (None, None),
    ],
)
def test_only_a_mobile_number_is_one(telecom, mobile):
    assert fhir.patient(PAT | {"telecom": telecom}, "10000001").mobile == mobile


def test_the_official_name_is_preferred():
    names = [
        {"use": "nickname", "given": ["P"], "family": "E"},
        {"use": "official", "given": ["Pat", "J"], "family": "Example"},
    ]
    assert fhir.patient(PAT | {"name": names}, "10000001").given_name == "Pat J"


@pytest.mark.parametrize("lost", ["name", "birthDate"])
def test_a_patient_without_name_or_birth_date_is_not_read(lost):
    with pytest.raises(fhir.Unreadable):
        fhir.patient(PAT | {lost: None}, "10000001")


def test_only_the_number_itself_counts():
    assert fhir.has_mrn(PAT, "10000001")
    assert not fhir.has_mrn(PAT, "1000000")
    assert not fhir.has_mrn({}, "10000001")


def test_what_is_no_answer_to_a_search_is_not_read():
    assert list(fhir.resources(bundle(PAT, {"resourceType": "OperationOutcome"}), "Patient")) == [PAT]
    with pytest.raises(fhir.Unreadable):
        list(fhir.resources({"resourceType": "OperationOutcome"}, "Patient"))


def test_an_answer_goes_on_at_the_same_server_only():
    base = "https://ehr.example.test/fhir"
    link = [{"relation": "next", "url": f"{base}/Appointment?page=2"}]
    assert fhir.next_page(bundle(link=link), base) == f"{base}/Appointment?page=2"
    elsewhere = [{"relation": "next", "url": "https://other.example.test/fhir/Appointment"}]
    assert fhir.next_page(bundle(link=elsewhere), base) is None
    assert fhir.next_page(bundle(), base) is None


def test_an_appointment_is_read_from_a_resource():
    found = fhir.appointment(APPOINTMENT)
    assert (found.id, found.status, found.practitioner) == ("apt-1", "booked", "Dr. Demo")
    assert (found.starts_at, found.patient_reference) == ("2026-03-02T09:00:00-05:00", "Patient/pat-10000001")
    with pytest.raises(fhir.Unreadable):
        fhir.appointment({"id": "apt-9"})
