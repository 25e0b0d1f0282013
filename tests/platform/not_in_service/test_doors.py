"""What is asked of the workers in service, asked of each that is not."""

import pytest

from tests.harness.html import html_problems
from tests.harness.staff import PAGE
from tests.harness.workers import CLOSED, closed
from tests.platform.auth.test_sessions_refused import assert_believes_no_foreign_header
from tests.platform.security.test_headers import (
    assert_answers_for_its_own_host_alone,
    assert_patient_page_carries_them,
    nonces_of,
)
from tests.platform.security.test_permissions import (
    GRANTED,
    PROGRAM,
    ROLES,
    allows,
    differences,
    is_public,
    make_people,
)
from tools.registry import Kind

pytestmark = pytest.mark.runtime

STAFF, PATIENT = closed(Kind.STAFF), closed(Kind.PATIENT)


def by_id(worker):
    return worker.id


@pytest.mark.parametrize("worker", STAFF, ids=by_id)
def test_no_foreign_header_is_believed(platform, worker):
    assert_believes_no_foreign_header(platform, worker)


@pytest.fixture(scope="module")
def people(platform):
    return make_people(platform)


@pytest.mark.parametrize("worker", STAFF, ids=by_id)
@pytest.mark.parametrize("who", [*ROLES, GRANTED])
def test_each_role_gets_what_the_table_gives_it(platform, people, worker, who):
    def ask(line):
        return platform.request(line.method, line.path, people[who], PROGRAM)

    assert differences(worker, who, allows(who), ask) == []


@pytest.mark.parametrize("worker", STAFF, ids=by_id)
def test_nobody_gets_past_the_router_without_a_session(platform, worker):
    def ask(line):
        return platform.request(line.method, line.path, headers=PROGRAM)

    assert differences(worker, "nobody", lambda _: False, ask) == []


@pytest.mark.parametrize("worker", CLOSED, ids=by_id)
def test_each_refuses_by_itself_who_does_not_come_through_the_router(platform, worker):
    address = platform.local.addresses()[worker.id]

    def ask(line):
        return platform.client.request(line.method, address + line.path, headers=PROGRAM)

    assert differences(worker, "nobody", is_public, ask) == []


def test_no_page_holds_what_its_policy_forbids(platform):
    nonces = nonces_of(platform, [worker.mount for worker in STAFF])
    assert len(set(nonces)) == len(STAFF)


@pytest.mark.parametrize("worker", PATIENT, ids=by_id)
def test_patient_pages_carry_the_security_headers(platform, worker):
    assert_patient_page_carries_them(platform, worker)


@pytest.mark.parametrize("worker", PATIENT, ids=by_id)
def test_a_patient_worker_answers_for_its_own_host_alone(platform, worker):
    assert_answers_for_its_own_host_alone(platform, worker)


def test_the_first_page_of_every_patient_site_is_valid_html(platform):
    addresses = platform.local.addresses()
    pages = {
        worker.id: platform.client.get(f"{addresses[worker.id]}/", headers={"accept": PAGE}).text
        for worker in PATIENT
    }
    assert html_problems(pages) == []
