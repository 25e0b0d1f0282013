"""A worker that lacks what it needs says so and serves nothing."""

import pytest

from tools.local.keys import development_vars

pytestmark = pytest.mark.runtime

PROGRAM = {"accept": "application/json", "sec-fetch-site": "same-origin"}


def assert_names_only(answer, *missing):
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (503, "NOT_CONFIGURED")
    assert error["details"] == {"missing": list(missing)}
    assert not [value for value in development_vars().values() if value in answer.text]


@pytest.mark.parametrize("path", ["/kiosk", "/kiosk/api/v1/any", "/kiosk/healthy"])
def test_an_app_without_its_keys_serves_nothing_and_names_them(strict, path):
    address = strict.local.addresses()["kiosk"]
    for method in ("GET", "POST"):
        answer = strict.client.request(method, address + path, headers=PROGRAM)
        assert_names_only(answer, "IDENTITY_KEYS")


def test_an_app_without_its_keys_believes_no_identity(strict):
    address = strict.local.addresses()["kiosk"]
    answer = strict.client.get(f"{address}/kiosk", headers=PROGRAM | {"x-ganger-identity": "dev.e30.AAAA"})
    assert_names_only(answer, "IDENTITY_KEYS")


def test_people_get_a_page_that_names_what_is_missing(strict):
    page = strict.get("/kiosk", "usr_max")
    assert page.status_code == 503
    assert "IDENTITY_KEYS" in page.text


def test_its_health_is_still_told(strict):
    address = strict.local.addresses()["kiosk"]
    assert strict.client.get(f"{address}/kiosk/health").status_code == 200


def test_a_router_without_its_keys_lets_nobody_in(bare_router):
    host = {"host": "staff.localhost"}
    for path in ("/", "/inventory", "/auth/sign-in", "/health/deep"):
        answer = bare_router.get(path, headers=PROGRAM | host)
        assert_names_only(answer, "SESSION_KEYS", "IDENTITY_KEYS", "MONITOR_TOKEN")
    assert bare_router.get("/health", headers=host).status_code == 200


def test_in_production_a_developers_hosts_are_foreign(bare_router):
    for host in ("localhost", "127.0.0.1:8787", "ganger-staff-portal-router"):
        assert bare_router.get("/health", headers={"host": host}).status_code == 421
