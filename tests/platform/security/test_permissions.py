"""Every route of every worker, asked as every role, answers as the table of permissions says."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest

from tests.harness.staff import StaffPortal
from tests.harness.workers import running
from tests.platform.auth.factories import cookie_of, make_person, sign_in, with_cookie
from tools.paths import ROOT
from tools.permissions import Table, read_table
from tools.registry import Kind, Worker, load_registry
from tools.routes import routes_of

pytestmark = pytest.mark.runtime

REGISTRY = load_registry()
TABLE = read_table(ROOT)
STAFF = running(Kind.STAFF)
EVERYONE = running(Kind.STAFF, Kind.PATIENT, Kind.SERVICE)
AUTH = REGISTRY.workers["auth"]
PROGRAM = {"accept": "application/json", "sec-fetch-site": "same-origin"}
ROLES = ("staff", "manager", "superadmin")
GRANTED = "staff with every grant"


@dataclass(frozen=True)
class Line:
    """One line of the table, and an address that it stands for."""

    method: str
    path: str
    permission: str

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def lines(worker: Worker, table: Table = TABLE) -> Iterator[Line]:
    if worker.in_service:
        listed = table.routes[worker.id] | table.development.get(worker.id, {})
    else:
        listed = {
            f"{route.method} {route.path}": table.closed[worker.kind]
            for route in routes_of(ROOT, REGISTRY, worker, "development")
            if route.path != "/health"
        }
    for name, permission in listed.items():
        method, _, path = name.partition(" ")
        mount = (worker.mount or "").rstrip("/")
        yield Line(method, mount + re.sub(r"\{[^}]+\}", "x", path), permission)


def is_refused(answer: httpx.Response, line: Line) -> bool:
    """Whether the kernel refused for want of the permission; a refusal by the handler is another matter."""
    if answer.status_code == 401:
        return True
    if answer.status_code != 403:
        return False
    error = answer.json()["error"]
    return error["code"] == "FORBIDDEN" and error["details"].get("permission") == line.permission


def differences(worker: Worker, who: str, is_allowed, ask) -> list[str]:
    found = []
    for line in lines(worker):
        answer = ask(line)
        assert answer.status_code != 429, "the walk itself runs into a rate limit"
        if is_refused(answer, line) is is_allowed(line.permission):
            found.append(f"{line} as {who}: {answer.status_code}")
    return found


def holds(role: str):
    def is_allowed(permission: str) -> bool:
        roles = TABLE.permissions[permission].roles
        return not roles or role in roles

    return is_allowed


def is_public(permission: str) -> bool:
    return not TABLE.permissions[permission].roles


def make_people(platform: StaffPortal) -> dict[str, str]:
    """A person of each role, and one of the lowest role who is granted every permission there is."""
    found = {role: make_person(platform, role) for role in ROLES} | {GRANTED: make_person(platform)}
    for permission in TABLE.permissions:
        platform.run(
            "INSERT INTO user_permissions (user_id, permission, granted_at) VALUES (?, ?, '2026-01-01')",
            found[GRANTED], permission,
        )  # fmt: skip
    return found


def allows(who: str):
    """What the table gives them."""
    return (lambda _: True) if who == GRANTED else holds(who)


@pytest.fixture(scope="module")
def people(platform: StaffPortal) -> dict[str, str]:
    return make_people(platform)


@pytest.mark.parametrize("worker", STAFF, ids=lambda worker: worker.id)
@pytest.mark.parametrize("who", [*ROLES, GRANTED])
def test_each_role_gets_what_the_table_gives_it(platform, people, worker, who):
    def ask(line):
        return platform.request(line.method, line.path, people[who], PROGRAM)

    assert differences(worker, who, allows(who), ask) == []


@pytest.mark.parametrize("who", ROLES)
def test_each_role_gets_what_the_table_gives_it_of_identity(platform, people, who):
    def ask(line):
        # Some of these end sessions, so each is asked with one of its own.
        cookie = cookie_of(sign_in(platform, people[who]))
        return platform.request(line.method, line.path, headers=PROGRAM | with_cookie(cookie))

    assert differences(AUTH, who, holds(who), ask) == []


@pytest.mark.parametrize("worker", STAFF, ids=lambda worker: worker.id)
def test_nobody_gets_past_the_router_without_a_session(platform, worker):
    def ask(line):
        return platform.request(line.method, line.path, headers=PROGRAM)

    # The router answers its own /health; those of the apps are for the platform itself.
    found = differences(worker, "nobody", lambda _: False, ask)
    assert found == (["GET /health as nobody: 200"] if worker.mount == "/" else [])


def test_nobody_gets_only_the_public_routes_of_identity(platform):
    def ask(line):
        return platform.request(line.method, line.path, headers=PROGRAM)

    assert differences(AUTH, "nobody", is_public, ask) == []


@pytest.mark.parametrize("worker", EVERYONE, ids=lambda worker: worker.id)
def test_each_worker_refuses_by_itself_who_does_not_come_through_the_router(platform, worker):
    address = platform.local.addresses()[worker.id]

    def ask(line):
        return platform.client.request(line.method, address + line.path, headers=PROGRAM)

    assert differences(worker, "nobody", is_public, ask) == []
