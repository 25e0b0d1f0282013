"""Workers whose app is not built yet say so, each for itself."""

import httpx
import pytest

from tests.harness.workers import CLOSED, closed
from tools.registry import Kind

pytestmark = pytest.mark.runtime

STAFF, PATIENT, SERVICE = closed(Kind.STAFF), closed(Kind.PATIENT), closed(Kind.SERVICE)


def by_id(worker):
    return worker.id


def ask(platform, worker, path, method="GET", **headers):
    url = platform.local.addresses()[worker.id] + path
    return httpx.request(
        method, url, headers={"accept": "text/html", "sec-fetch-site": "same-origin"} | headers
    )


@pytest.mark.parametrize("worker", STAFF, ids=by_id)
def test_a_staff_mount_answers_with_a_page_that_says_so(platform, worker):
    page = platform.get(worker.mount, person="usr_pat")
    assert page.status_code == 200
    assert f"{worker.title} is not in service yet".replace("&", "&amp;") in page.text
    assert 'href="/"' in page.text
    assert page.headers["x-frame-options"] == "DENY"


def test_any_path_and_method_below_the_mount_answers_alike(platform):
    for method, path in (
        ("GET", "/meds/a/b/c"),
        ("POST", "/MEDS/new"),
        ("PUT", "/meds"),
        ("DELETE", "/meds/1"),
    ):
        answer = platform.request(method, path, person="usr_pat")
        assert answer.status_code == 200
        assert "is not in service yet" in answer.text


def test_programs_get_the_envelope(platform):
    answer = platform.get("/meds/api/v1/authorizations", person="usr_pat")
    assert answer.status_code == 503
    error = answer.json()["error"]
    assert error["code"] == "NOT_IN_SERVICE"
    assert error["request_id"] == answer.headers["x-request-id"]


def test_a_staff_worker_shows_its_page_to_no_one_without_a_sign_in(platform):
    assert platform.get("/kiosk").status_code == 303
    assert ask(platform, STAFF[0], STAFF[0].mount).status_code == 401


@pytest.mark.parametrize("worker", PATIENT, ids=by_id)
def test_a_patient_host_answers_everyone_without_the_staff_navigation(platform, worker):
    page = ask(platform, worker, "/qr/abc")
    assert page.status_code == 200
    assert f"{worker.title} is not in service yet" in page.text
    assert "Inventory" not in page.text
    assert page.headers["cache-control"] == "no-store"


def test_a_patient_host_believes_nobody_who_says_who_they_are(platform):
    page = ask(platform, PATIENT[0], "/", **{"x-ganger-identity": "dev.e30.AAAA"})
    assert page.status_code == 200


@pytest.mark.parametrize("worker", SERVICE, ids=by_id)
def test_a_service_answers_only_its_health(platform, worker):
    health = ask(platform, worker, "/health")
    assert (health.status_code, health.json()["inService"]) == (200, False)
    assert ask(platform, worker, "/anything", accept="application/json").status_code == 503


@pytest.mark.parametrize("worker", CLOSED, ids=by_id)
def test_every_closed_worker_is_healthy(platform, worker):
    assert platform.local.health(worker.id) == 200
