"""Calls over service bindings, as `ganger.rpc` makes and answers them."""

import pytest

from tests.harness import calls
from tools.local.providers import Fault

pytestmark = pytest.mark.runtime

PATIENT = {"mrn": "10000001"}


def test_a_method_that_is_not_there_is_malformed(hubs):
    assert hubs.call("no such", PATIENT) == {"refused": "MALFORMED", "details": {}}


def test_a_wrong_question_is_refused_by_its_fields_without_what_they_hold(hubs):
    refusal = hubs.call("consents_of", {"mrn": 10000001, "name": "Pat Example"})
    assert refusal["refused"] == "VALIDATION_ERROR"
    assert refusal["details"]["fields"].keys() == {"mrn", "name"}
    assert "Pat" not in str(refusal) and "1000" not in str(refusal)


def test_a_call_whose_time_is_over_is_not_made(hubs):
    refusal = calls.ask(hubs.app, "Communication", "consents_of", PATIENT, within_s=0.0)
    assert refusal["refused"] == "DEADLINE_EXCEEDED"


def test_who_waits_learns_in_time_although_the_ehr_hangs(hubs):
    hubs.providers.ehr.fault = Fault.HANGS
    asked = PATIENT | {"purpose": "visit", "location_id": "loc_aa"}
    refusal = calls.ask(hubs.app, "Ehr", "find_patient", asked, within_s=0.2)
    # Either side may notice first.
    assert refusal["refused"] in ("DEADLINE_EXCEEDED", "UNAVAILABLE")
    assert hubs.health()["ehr"]["state"] == "closed"


@pytest.mark.parametrize("entrypoint", ["Away", "Nowhere"])
def test_a_worker_that_is_away_or_not_bound_is_unavailable(hubs, entrypoint):
    assert hubs.call("consents_of", PATIENT, entrypoint)["refused"] == "UNAVAILABLE"
