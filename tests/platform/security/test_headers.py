"""What every answer carries, whoever gives it, and what no page holds."""

import re
from html.parser import HTMLParser

import pytest

from ganger.headers import PATIENT_HEADERS, STAFF_HEADERS
from tests.harness.staff import PAGE
from tests.harness.workers import running
from tests.platform.security.test_scope import addresses
from tools.registry import Kind

pytestmark = pytest.mark.runtime

CLOSED = [worker.mount for worker in running(Kind.STAFF) if not worker.in_service]
PATIENT = running(Kind.PATIENT)
EVIL = {"origin": "https://evil.test", "sec-fetch-site": "cross-site"}

# Who asks, what, and the status that shows that the answer is the one meant.
ANSWERS = {
    "a page": ("GET", "/", "usr_pat", {}, 200),
    "a list for programs": ("GET", "/api/v1/apps", "usr_pat", {"accept": "application/json"}, 200),
    "an app's own not found": ("GET", "/inventory/no/such", "usr_pat", {}, 404),
    "an app's envelope": ("GET", "/inventory/api/v1/no", "usr_pat", {}, 404),
    "a wrong method": ("DELETE", "/inventory/items", "usr_pat", {}, 405),
    "a foreign change": ("POST", "/inventory/api/v1/receipts", "usr_pat", EVIL, 403),
    "an app not in service": ("GET", CLOSED[0], "usr_pat", {}, 200),
    "a way to sign in": ("GET", "/auth/sign-in", None, {}, 200),
    "a redirect of an app": ("GET", "/auth/sign-in", "usr_pat", {}, 303),
    "the router's redirect": ("GET", "/inventory", None, {}, 303),
    "the router's refusal": ("GET", "/api/v1/apps", None, {"accept": "application/json"}, 401),
    "the router's health": ("GET", "/health", None, {}, 200),
    "a foreign host": ("GET", "/", None, {"host": "evil.test"}, 421),
}


@pytest.mark.parametrize("case", ANSWERS)
def test_every_answer_carries_the_security_headers(platform, case):
    method, path, person, headers, status = ANSWERS[case]
    answer = platform.request(method, path, person, headers)
    assert answer.status_code == status
    assert {**answer.headers} | STAFF_HEADERS == {**answer.headers}
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "*" not in policy
    assert answer.headers["x-request-id"]
    assert not [name for name in answer.headers if name.startswith("access-control")]
    assert "server" not in answer.headers and "x-powered-by" not in answer.headers


@pytest.mark.parametrize("worker", PATIENT, ids=lambda worker: worker.id)
def test_patient_pages_carry_them_too(platform, worker):
    assert_patient_page_carries_them(platform, worker)


def assert_patient_page_carries_them(platform, worker):
    host = f"{worker.host.partition('.')[0]}.localhost"
    answer = platform.get("/", headers={"host": host, "origin": "https://evil.test"})
    assert answer.status_code == 200
    # The handouts' first page is the same for everybody.
    own = {"cache-control"} if worker.id == "handouts-patient" else set()
    expected = PATIENT_HEADERS.keys() - {"permissions-policy"} - own
    assert all(answer.headers[name] == PATIENT_HEADERS[name] for name in expected)
    assert expected >= STAFF_HEADERS.keys() - {"permissions-policy"} - own
    assert "camera" not in answer.headers["permissions-policy"]
    assert not [name for name in answer.headers if name.startswith("access-control")]


def test_static_files_carry_them_too(platform):
    page = platform.get("/inventory", "usr_pat").text
    found = sorted(set(re.findall(r'(?:href|src)="([^"]*/assets/[^"]+)"', page)))
    assert found
    for path in found:
        answer = platform.get(path, "usr_pat", headers={"origin": "https://evil.test"})
        assert answer.status_code == 200, path
        for name in ("x-content-type-options", "strict-transport-security", "cross-origin-resource-policy"):
            assert answer.headers[name] == STAFF_HEADERS[name], path
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert not [name for name in answer.headers if name.startswith("access-control")]


@pytest.mark.parametrize(
    "path", ["/", "/inventory/api/v1/receipts", CLOSED[0], "/auth/sign-in", "/auth/sign-out"]
)
@pytest.mark.parametrize("person", ["usr_pat", None])
def test_a_preflight_opens_nothing(platform, path, person):
    wish = {"access-control-request-method": "POST", "access-control-request-headers": "content-type"}
    answer = platform.request("OPTIONS", path, person, {"accept": "*/*"} | EVIL | wish)
    assert answer.status_code in (401, 403, 405, 503)
    assert not [name for name in answer.headers if name.startswith("access-control")]


class Markup(HTMLParser):
    """Finds what the policy would have to allow by name: handlers, inline styles, scripts without nonce."""

    def __init__(self, nonce: str) -> None:
        super().__init__()
        self.nonce = nonce
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        for name, value in attrs:
            if name == "style" or name.startswith(("on", "hx-on")):
                self.found.append(f"{tag} {name}")
            if name in ("href", "src", "action", "formaction") and (value or "").strip().lower().startswith(
                ("javascript:", "http:", "//")
            ):
                self.found.append(f"{tag} {name}={value}")
        if tag == "style" and given.get("nonce") != self.nonce:
            self.found.append("style without nonce")
        if tag == "script" and "src" not in given and given.get("nonce") != self.nonce:
            self.found.append("script without nonce")
        if tag in ("base", "iframe", "object", "embed"):
            self.found.append(tag)


def nonce_of(answer) -> str:
    (nonce,) = set(re.findall(r"'nonce-([^']+)'", answer.headers["content-security-policy"]))
    return nonce


def nonces_of(platform, paths) -> list[str]:
    """The nonce of each page, after a look at its markup."""
    nonces = []
    for path in paths:
        answer = platform.get(path, "usr_sam", headers={"accept": PAGE})
        if not answer.headers.get("content-type", "").startswith("text/html") or not answer.text:
            continue
        markup = Markup(nonce_of(answer))
        markup.feed(answer.text)
        assert markup.found == [], path
        nonces.append(markup.nonce)
    return nonces


def test_no_page_holds_what_its_policy_forbids(platform):
    others = ["/inventory/no/such", "/auth/sign-in", "/auth/sessions", "/auth/second-factor"]
    nonces = nonces_of(platform, [*addresses(platform), *CLOSED, *others])
    assert len(nonces) > 20
    assert len(set(nonces)) == len(nonces)
    assert min(len(nonce) for nonce in nonces) >= 22


@pytest.mark.parametrize(
    "host", ["evil.test", "staff.localhost.evil.test", "127.0.0.1.evil.test", "staff.gangerdermatology.com"]
)
@pytest.mark.parametrize("path", ["/", "/health", "/auth/sign-in", "/inventory"])
def test_a_request_for_another_host_gets_nothing_of_ours(platform, host, path):
    answer = platform.get(path, "usr_pat", headers={"host": host})
    assert (answer.status_code, answer.json()["error"]["code"]) == (421, "MISDIRECTED")
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("worker", PATIENT, ids=lambda worker: worker.id)
def test_a_patient_worker_answers_for_its_own_host_alone(platform, worker):
    assert_answers_for_its_own_host_alone(platform, worker)


def assert_answers_for_its_own_host_alone(platform, worker):
    address = platform.local.addresses()[worker.id]
    answer = platform.client.get(address, headers={"host": "evil.test", "accept": "application/json"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (421, "MISDIRECTED")


@pytest.mark.parametrize(
    "target",
    ["//evil.test", "/\\evil.test", "/%2F/evil.test", "/%5Cevil.test", "/.//evil.test", "/..//evil.test"],
)
def test_no_redirect_leads_to_another_host(platform, target):
    """A browser reads two leading slashes, of either kind, as the name of a host."""
    for person in (None, "usr_pat"):
        answer = platform.get(target, person)
        location = answer.headers.get("location", "/")
        assert re.match(r"/(?![/\\])", location), location
        assert platform.get(location, person, headers={}).headers.get("location", "/")[:2] not in (
            "//",
            "/\\",
        )
