"""Identity that is not the router's word, and cookies that are not ours, at the door of every real worker."""

import random
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ganger.identity import HEADER, identity_header
from ganger.tokens import KeyRing
from tests.harness.mutants import PAT, SAM, foreign_cookies, foreign_headers, mutants
from tests.harness.workers import running
from tests.platform.auth.factories import make_person, sign_in_on, with_cookie
from tools.local.keys import development_vars
from tools.registry import Kind, load_registry

pytestmark = pytest.mark.runtime

REGISTRY = load_registry()
AUTH = REGISTRY.workers["auth"]
WORKERS = [*REGISTRY.of_kind(Kind.STAFF), AUTH]


def ring(name):
    return KeyRing.parse(development_vars()[name])


def ask(platform, worker, identity):
    """Ask a worker for a page directly, with an identity header of our choice."""
    url = platform.local.addresses()[worker.id] + (worker.mount or "/auth/sessions")
    # An address for each worker, so that no rate limit answers in the place of the check.
    headers = {"accept": "text/html", "cf-connecting-ip": f"198.51.100.{WORKERS.index(worker) + 1}"}
    return platform.client.get(url, headers=headers | {HEADER: identity})


@pytest.mark.parametrize("worker", [*running(Kind.STAFF), AUTH], ids=lambda worker: worker.id)
def test_no_foreign_header_is_believed_by_any_worker(platform, worker):
    assert_believes_no_foreign_header(platform, worker)


def assert_believes_no_foreign_header(platform, worker):
    now, keys = time.time(), ring("IDENTITY_KEYS")
    genuine = [identity_header(keys, person, worker.name, now) for person in (PAT, SAM)]
    assert ask(platform, worker, genuine[0]).status_code == 200
    elsewhere = [other for other in WORKERS if other.id != worker.id]
    replayed = identity_header(keys, SAM, random.choice(elsewhere).name, now)  # noqa: S311 - any of them
    for header in [replayed, *foreign_headers(keys, worker.name, now).values(), *changed(genuine)]:
        assert ask(platform, worker, header).status_code == 401, header


def changed(genuine):
    """Some dozens of changed tokens that fit an HTTP header; all of them are tried without HTTP elsewhere."""
    found = []

    @settings(max_examples=60, database=None, suppress_health_check=list(HealthCheck))
    @given(mutants(genuine))
    def collect(mutant):
        if mutant.isascii() and mutant.isprintable() and mutant == mutant.strip():
            found.append(mutant)

    collect()
    return found


def test_no_foreign_cookie_opens_any_page(platform):
    now, keys = time.time(), ring("SESSION_KEYS")
    person = make_person(platform)
    genuine = [sign_in_on(platform, person) for _ in range(2)]
    foreign = [*foreign_cookies(keys, now).values(), *changed(genuine)]
    for value in foreign:
        if ";" in value or not value:
            continue
        answer = platform.get("/inventory", headers=with_cookie(value))
        assert (answer.status_code, answer.headers["location"]) == (303, "/auth/sign-in?to=/inventory"), value


def test_a_header_from_outside_is_dropped_at_the_router(platform):
    identity = identity_header(ring("IDENTITY_KEYS"), SAM, "ganger-inventory-staff", time.time())
    answer = platform.get("/inventory", headers={HEADER: identity})
    assert answer.status_code == 303


@given(st.binary(min_size=1, max_size=60))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bytes_in_the_header_make_a_worker_fail(platform, raw):
    value = bytes(byte for byte in raw if byte >= 0x20 and byte != 0x7F).strip() or b"x"
    url = platform.local.addresses()["auth"] + "/auth/sessions"
    address = (b"cf-connecting-ip", b"198.51.100.200")
    answer = platform.client.get(url, headers=[(b"accept", b"text/html"), address, (HEADER.encode(), value)])
    assert answer.status_code == 401
