"""Requests on their way to an app and back."""

import http.client
import time
from pathlib import Path

import pytest
from websockets.sync.client import connect

from ganger.identity import person_from_header
from ganger.session import COOKIE
from ganger.tokens import KeyRing
from tests.platform.router.conftest import ANSWER_WITHIN_MS, PAT, Router, cookie_of
from tools.local.keys import development_vars

pytestmark = pytest.mark.runtime

PAGE = "text/html"
MB = 1_048_576


@pytest.fixture
def cookie() -> str:
    return cookie_of(PAT, time.time())


def received(router: Router, path: str, cookie: str, **headers: str) -> dict[str, str]:
    """The headers that the app behind the path received."""
    headers_of: dict[str, str] = router.get(path, cookie, **headers).json()["headers"]
    return headers_of


def test_the_app_learns_route_target_request_and_person(router, cookie):
    answer = router.get("/inventory/items", cookie)
    headers = answer.json()["headers"]
    assert headers["x-ganger-router"] == "staff-portal"
    assert headers["x-ganger-route"] == "/inventory"
    assert headers["x-ganger-target"] == "ganger-inventory-staff"
    assert headers["x-request-id"] == answer.headers["x-request-id"]
    ring = KeyRing.parse(development_vars()["IDENTITY_KEYS"])
    identity = headers["x-ganger-identity"]
    assert person_from_header(ring, identity, "ganger-inventory-staff", time.time()) == PAT
    assert person_from_header(ring, identity, "ganger-staff-management", time.time()) is None


def test_the_answer_tells_target_time_and_request(router, cookie):
    headers = router.get("/inventory/items", cookie).headers
    assert headers["x-ganger-route-target"] == "Medical Supply Inventory"
    assert headers["x-ganger-router-time"].endswith("ms")
    assert headers["server-timing"].startswith("router;dur=")
    assert len(headers["x-request-id"]) == 32


def test_headers_of_the_routers_own_from_outside_gain_nothing(router, cookie):
    forged = {
        "x_ganger_identity": "dev.e30.forged",
        "X_Ganger_Role": "superadmin",
        "x_ganger_target": "ganger-config-staff",
        "x_request_id": "chosen-outside",
    }
    headers = received(router, "/inventory/items", cookie, **forged)
    assert "x-ganger-role" not in headers
    assert headers["x-ganger-target"] == "ganger-inventory-staff"
    assert headers["x-ganger-identity"] != "dev.e30.forged"
    assert headers["x-request-id"] != "chosen-outside"


def test_an_identity_header_from_outside_signs_nobody_in(router):
    ring_holder = received(router, "/inventory/items", cookie_of(PAT, time.time()))
    stolen = ring_holder["x-ganger-identity"]
    assert router.get("/inventory/items", x_ganger_identity=stolen).status_code == 401


def test_the_session_cookie_stays_with_the_router(router, cookie):
    sent = f"{COOKIE}={cookie}; theme=dark"
    headers = router.client.get(router.url + "/inventory/items", headers={"cookie": sent}).json()["headers"]
    assert headers["cookie"] == "theme=dark"


def test_method_path_and_query_arrive_unchanged(router, cookie):
    answer = router.send("DELETE", "/Inventory/a%2Fb//c?x=%C3%A9&y=", cookie).json()
    assert (answer["method"], answer["path"], answer["query"]) == (
        "DELETE",
        "/Inventory/a%2Fb//c",
        "?x=%C3%A9&y=",
    )


def test_dot_segments_are_resolved_before_the_app_is_chosen(router, cookie):
    connection = http.client.HTTPConnection(router.url.removeprefix("http://"))
    connection.request("GET", "/inventory/%2e%2e/requests", headers={"cookie": f"{COOKIE}={cookie}"})
    answer = connection.getresponse()
    assert answer.headers["x-ganger-route-target"] == "Staff Management Portal"
    answer.read()
    connection.close()


def test_an_unknown_path_goes_to_the_portal(router, cookie):
    headers = received(router, "/inventoryx/items", cookie)
    assert headers["x-ganger-target"] == "ganger-staff-management"


def test_redirects_and_several_cookies_pass_through(router, cookie):
    moved = router.get("/inventory/moved", cookie)
    assert (moved.status_code, moved.headers["location"]) == (302, "/inventory/elsewhere")
    assert router.get("/inventory/cookies", cookie).headers.get_list("set-cookie") == ["a=1", "b=2"]


def test_an_upload_of_50_mb_arrives_whole_while_memory_stays_flat(router, cookie):
    def chunks():
        for _ in range(50):
            yield b"x" * MB
            peaks.append(resident_bytes(router.local.pid))

    router.send("POST", "/inventory/upload", cookie, content=b"x" * MB)
    peaks = [resident_bytes(router.local.pid)]
    answer = router.send("POST", "/inventory/upload", cookie, content=chunks())
    assert answer.json() == {"bytes": 50 * MB}
    assert max(peaks) - peaks[0] < 25 * MB


def test_a_download_streams_through(router, cookie):
    with router.client.stream(
        "GET",
        router.url + "/inventory/download",
        headers={"cookie": f"{COOKIE}={cookie}", "accept-encoding": "identity"},
    ) as answer:
        sizes = [len(chunk) for chunk in answer.iter_raw()]
    assert sum(sizes) == 256 * 65_536
    assert max(sizes) <= MB


def test_what_has_begun_in_time_may_last(router, cookie):
    address = router.url.replace("http://", "ws://") + "/inventory/socket"
    with connect(address, additional_headers={"cookie": f"{COOKIE}={cookie}"}) as socket:
        started = time.monotonic()
        assert len(router.get("/inventory/lasting", cookie).content) == 8 * 65_536
        assert time.monotonic() - started > ANSWER_WITHIN_MS / 1000
        socket.send("still here")
        assert socket.recv(timeout=5) == "echo still here"


def test_a_websocket_passes_through(router, cookie):
    address = router.url.replace("http://", "ws://") + "/inventory/socket"
    with connect(address, additional_headers={"cookie": f"{COOKIE}={cookie}"}) as socket:
        socket.send("hello")
        assert socket.recv(timeout=5) == "echo hello"


def test_a_failing_app_yields_a_page_with_the_way_to_the_others(router, cookie):
    answer = router.get("/inventory/throw", cookie, accept=PAGE)
    assert answer.status_code == 503
    assert "Medical Supply Inventory does not answer right now" in answer.text
    assert answer.headers["x-request-id"] in answer.text
    assert 'href="/"' in answer.text
    assert router.get("/requests", cookie).status_code == 200


def test_a_failing_app_yields_the_envelope_to_programs(router, cookie):
    answer = router.get("/inventory/api/v1/throw", cookie)
    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["details"]) == (503, "UNAVAILABLE", {"app": "inventory"})
    assert error["request_id"] == answer.headers["x-request-id"]


def test_an_app_that_does_not_answer_in_time_is_given_up(router, cookie):
    started = time.monotonic()
    answer = router.get("/inventory/hang", cookie, accept=PAGE)
    took_ms = (time.monotonic() - started) * 1000
    assert answer.status_code == 503
    assert ANSWER_WITHIN_MS <= took_ms < ANSWER_WITHIN_MS + 2_000


def test_a_request_with_a_body_is_never_sent_twice(router, cookie):
    before = router.counts("inventory").get("/inventory/throw", 0)
    assert router.send("POST", "/inventory/throw", cookie, content=b"once").status_code == 503
    assert router.counts("inventory")["/inventory/throw"] == before + 1


def test_an_app_that_was_never_started_is_down_while_others_answer(router, cookie):
    assert router.get("/meds/cases", cookie, accept=PAGE).status_code == 503
    assert router.get("/inventory/items", cookie).status_code == 200


def test_a_request_slower_than_two_seconds_is_logged(router, cookie):
    request_id = router.get("/inventory/late", cookie).headers["x-request-id"]
    assert router.logged.facts(request_id, '"stage": "request"', '"level": "warning"')


def resident_bytes(runner_pid: int) -> int:
    """Memory of the runner's workerd, of which there is one."""
    runner = Path(f"/proc/{runner_pid}/task/{runner_pid}/children").read_text().split()
    status = [Path(f"/proc/{pid}/status").read_text() for pid in runner]
    return max(int(text.partition("VmRSS:")[2].split()[0]) * 1024 for text in status if "VmRSS:" in text)
