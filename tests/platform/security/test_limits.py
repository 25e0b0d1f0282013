"""Rate limits on real workerd, with limits so low that a test can reach them."""

import itertools
import time

import pytest

from ganger.session import COOKIE

pytestmark = pytest.mark.runtime

ALLOWED = 4  # of the portal and the patient worker
SIGN_INS = 12
PROGRAM = {"accept": "application/json", "sec-fetch-site": "same-origin"}
_addresses = itertools.count(1)


@pytest.fixture(autouse=True)
def within_one_minute():
    """The counters start afresh with each minute of the clock; a test must not lie on both sides."""
    left = 60 - time.time() % 60
    if left < 15:
        time.sleep(left + 0.1)


def new_address() -> dict[str, str]:
    return PROGRAM | {"cf-connecting-ip": f"198.51.100.{next(_addresses)}"}


def sign_in(strict, person: str) -> dict[str, str]:
    """The headers of a session that began at an address of its own."""
    headers = new_address()
    answer = strict.post("/auth/development/sign-in", data={"person_id": person, "to": "/"}, headers=headers)
    assert answer.status_code == 303, answer.text
    return headers | {"cookie": f"{COOKIE}={answer.cookies[COOKIE]}"}


def test_one_read_too_many_is_refused_to_this_person_and_to_no_other(strict):
    pat, wes = sign_in(strict, "usr_pat"), sign_in(strict, "usr_wes")
    statuses = [strict.get("/api/v1/apps", headers=pat).status_code for _ in range(ALLOWED + 1)]
    assert statuses == [200] * ALLOWED + [429]
    assert strict.get("/api/v1/apps", headers=wes).status_code == 200


def test_the_refusal_says_when_to_come_back_in_the_envelope_and_on_a_page(strict):
    headers = sign_in(strict, "usr_fay")
    for _ in range(ALLOWED):
        strict.get("/api/v1/apps", headers=headers)
    answer = strict.get("/api/v1/apps", headers=headers)
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (429, "RATE_LIMITED")
    assert error["details"] == {"retry_after_s": 60}
    assert answer.headers["retry-after"] == "60"
    page = strict.get("/", headers=headers | {"accept": "text/html"})
    assert (page.status_code, page.headers["retry-after"]) == (429, "60")
    assert "Too many requests" in page.text


def test_a_second_session_of_the_same_person_counts_with_the_first(strict):
    first, second = sign_in(strict, "usr_tia"), sign_in(strict, "usr_tia")
    for _ in range(ALLOWED):
        strict.get("/api/v1/apps", headers=first)
    assert strict.get("/api/v1/apps", headers=second).status_code == 429


def test_sign_ins_count_by_address(strict):
    here, there = new_address(), new_address()

    def attempt(headers):
        return strict.post("/auth/development/sign-in", data={"person_id": "usr_nobody"}, headers=headers)

    statuses = [attempt(here).status_code for _ in range(SIGN_INS + 1)]
    assert statuses == [403] * SIGN_INS + [429]
    assert attempt(there).status_code == 403


def test_a_claimed_address_changes_nothing(strict):
    here = new_address()
    for number in range(SIGN_INS):
        claimed = {"x-forwarded-for": f"192.0.2.{number}", "x-real-ip": f"192.0.2.{number}"}
        strict.post("/auth/development/sign-in", data={"person_id": "usr_nobody"}, headers=here | claimed)
    answer = strict.post("/auth/development/sign-in", data={"person_id": "usr_nobody"}, headers=here)
    assert answer.status_code == 429


def test_patient_pages_count_by_address_and_a_network_of_ipv6_counts_as_one(strict):
    def visit(address):
        headers = {"host": "kiosk.localhost", "cf-connecting-ip": address}
        return strict.get("/", headers=headers).status_code

    assert [visit(f"2001:db8:7:7::{number}") for number in range(ALLOWED + 1)] == [200] * ALLOWED + [429]
    assert visit("2001:db8:7:8::1") == 200


def test_health_is_told_however_much_is_asked(strict):
    headers = {"host": "kiosk.localhost", "cf-connecting-ip": "198.51.100.250"}
    assert {strict.get("/health", headers=headers).status_code for _ in range(ALLOWED * 3)} == {200}
