"""What somebody sees who is not signed in. Asks only what changes nothing."""

import pytest

from tools.registry import Kind, load_registry

pytestmark = pytest.mark.runtime

APPS = load_registry().of_kind(Kind.STAFF)


def test_the_router_says_that_it_is_well(stranger):
    report = stranger.get("/health").json()
    assert (report["status"], report["router"], report["totalRoutes"]) == (
        "healthy",
        "staff-portal",
        len(APPS),
    )


def test_the_state_of_every_worker_is_not_for_strangers(stranger):
    assert stranger.get("/health/deep").status_code == 401


@pytest.mark.parametrize("mount", [app.mount for app in APPS])
def test_every_app_asks_who_is_there(stranger, mount):
    answer = stranger.get(mount, headers={"accept": "text/html"})
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/auth/sign-in?to=/")


def test_a_program_is_told_so_in_the_envelope(stranger):
    answer = stranger.get("/inventory/api/v1/items")
    assert answer.status_code == 401
    error = answer.json()["error"]
    assert error["code"] == "UNAUTHENTICATED"
    assert error["request_id"] == answer.headers["x-request-id"]


def test_an_identity_from_outside_counts_for_nothing(stranger):
    forged = {"x-ganger-identity": "forged", "x-ganger-route": "/inventory"}
    assert stranger.get("/inventory/api/v1/items", headers=forged).status_code == 401


def test_the_sign_in_page_is_there_and_may_not_be_framed(stranger):
    answer = stranger.get("/auth/sign-in")
    assert answer.status_code == 200
    assert answer.headers["x-frame-options"] == "DENY"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "max-age=31536000" in answer.headers["strict-transport-security"]
