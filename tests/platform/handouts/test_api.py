"""Random requests to every address of the API: none fails, and each is answered as the description says."""

from uuid import uuid4

import pytest

from tests.harness.described import statuses_and_problems
from tests.platform.handouts.packets import PAT, ask, begin, make_ready

pytestmark = pytest.mark.runtime

PEOPLE = ("usr_sam", "usr_mia", "usr_max")
TEXT = {"sections": [{"id": "words", "type": "text", "content": "Keep it dry."}]}


def test_every_answer_is_as_described(platform):
    """Rows of their own, for the requests submit, revoke and send what is known to them."""
    template = {"name": f"Random {uuid4().hex[:8]}", "category": "education", "content": TEXT}
    packet = make_ready(platform, begin(platform, manual=PAT | {"mrn": "10000001"}))
    mail = {
        "channel": "email",
        "destination": "pat@example.test",
        "destination_confirmed": True,
        "consent": {"consented": True, "method": "verbal"},
    }
    known = {
        "template_id": ask(platform, "POST", "/templates", template, "usr_mia").json()["id"],
        "packet_id": packet["id"],
        "delivery_id": ask(platform, "POST", f"/packets/{packet['id']}/deliveries", mail).json()["id"],
        "code_id": ask(platform, "POST", "/patient-codes", {"mrn": "10000001"}).json()["id"],
        "location_id": "loc_aa",
    }
    told, wrong = statuses_and_problems(platform, "/handouts", PEOPLE, known, examples=1)
    assert wrong == []
    assert {200, 201, 400, 404} <= told


def test_people_find_an_address_and_read_what_it_refuses(platform):
    listed = platform.get("/handouts/reference", person="usr_pat").text
    assert "/handouts/reference/post-patients-lookup" in listed
    page = platform.get("/handouts/reference/post-patients-lookup", person="usr_pat").text
    assert "PatientLookup as application/json" in page
    assert "PATIENT_CODE_EXPIRED" in page
