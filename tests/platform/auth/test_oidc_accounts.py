"""Requests for access, and the links that administrators make of them, in the real database."""

import asyncio
import itertools
import re
from datetime import UTC, datetime

import pytest

from ganger.audit import Actor
from ganger.db import ConstraintFailed, ExpectationFailed, Statement
from ganger.errors import Conflict
from ganger.tokens import KeyRing
from service_workers.auth.oidc.attempt import begin
from service_workers.auth.oidc.id_token import Identity
from service_workers.auth.store_accounts import (
    approve_access,
    linked_user,
    refuse_access,
    use_attempt,
)
from tools.local import RunnerError
from tools.paths import ROOT

pytestmark = pytest.mark.runtime

NOW = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)
SAM = Actor("usr_sam", "req_1", "192.0.2.1", NOW)
_numbers = itertools.count(1)


class HostedDatabase:
    """The platform's database as a `ganger.db.Database` on the host."""

    def __init__(self, portal) -> None:
        self._local = portal.staff.local

    async def rows(self, sql, *values):
        return self._local.batch([Statement(sql, values)])[0]

    async def row(self, sql, *values):
        return next(iter(await self.rows(sql, *values)), None)

    async def batch(self, statements):
        try:
            self._local.batch(statements)
        except RunnerError as error:
            kind = ExpectationFailed if "EXPECTATION_FAILED" in str(error) else ConstraintFailed
            raise kind(str(error)) from error


def make_request(portal) -> tuple[str, Identity]:
    """Write a request for access that no other test knows."""
    number = next(_numbers)
    request_id, email = f"req_access_{number}", f"new{number}@example.test"
    identity = Identity("https://id.example.test", f"subject-{number}", email, f"New {number}")
    portal.staff.run(
        "INSERT INTO access_requests (id, issuer, subject, email, name, requested_at) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        request_id, identity.issuer, identity.subject, identity.email, identity.name, "2026-11-22",
    )  # fmt: skip
    return request_id, identity


def audit_of(portal, request_id):
    rows = portal.staff.rows(
        "SELECT user_id, action, fields_json FROM audit_logs WHERE record_id = ?", request_id
    )
    return [tuple(row.values()) for row in rows]


def status_of(portal, request_id):
    (row,) = portal.staff.rows("SELECT status, decided_by FROM access_requests WHERE id = ?", request_id)
    return tuple(row.values())


def test_an_approved_account_is_that_person_s(portal):
    db = HostedDatabase(portal)
    request_id, identity = make_request(portal)
    asyncio.run(approve_access(db, SAM, request_id, "usr_wes"))
    assert asyncio.run(linked_user(db, identity)) == "usr_wes"
    assert status_of(portal, request_id) == ("approved", "usr_sam")
    assert audit_of(portal, request_id) == [("usr_sam", "auth:access-approved", '{"user_id": "usr_wes"}')]


def test_the_same_subject_of_another_issuer_is_somebody_else(portal):
    db = HostedDatabase(portal)
    request_id, identity = make_request(portal)
    asyncio.run(approve_access(db, SAM, request_id, "usr_wes"))
    other = Identity("https://elsewhere.test", identity.subject, identity.email, identity.name)
    assert asyncio.run(linked_user(db, other)) is None


@pytest.mark.parametrize("person", ["usr_ina", "usr_nobody"])
def test_only_an_active_person_is_given_an_account(portal, person):
    request_id, identity = make_request(portal)
    with pytest.raises(Conflict):
        asyncio.run(approve_access(HostedDatabase(portal), SAM, request_id, person))
    assert status_of(portal, request_id) == ("pending", None)
    assert asyncio.run(linked_user(HostedDatabase(portal), identity)) is None
    assert audit_of(portal, request_id) == []


def test_a_request_is_decided_once(portal):
    db = HostedDatabase(portal)
    request_id, identity = make_request(portal)
    asyncio.run(refuse_access(db, SAM, request_id))
    assert status_of(portal, request_id) == ("refused", "usr_sam")
    for decide in (approve_access(db, SAM, request_id, "usr_wes"), refuse_access(db, SAM, request_id)):
        with pytest.raises(Conflict):
            asyncio.run(decide)
    assert asyncio.run(linked_user(db, identity)) is None
    assert [action for _, action, _ in audit_of(portal, request_id)] == ["auth:access-refused"]


def test_an_attempt_is_used_once_and_its_mark_forgotten_when_it_has_run_out(portal):
    db = HostedDatabase(portal)
    ring = KeyRing({"test": b"t" * 32})
    first, _ = begin(ring, "first", "/", NOW.timestamp())
    assert asyncio.run(use_attempt(db, first, NOW))
    assert not asyncio.run(use_attempt(db, first, NOW))
    later, _ = begin(ring, "later", "/", NOW.timestamp() + 601)
    assert asyncio.run(use_attempt(db, later, datetime.fromtimestamp(NOW.timestamp() + 601, UTC)))
    marks = {row["mark"] for row in portal.staff.rows("SELECT mark FROM used_sign_in_attempts")}
    assert later.mark in marks and first.mark not in marks


def test_the_first_administrator_is_linked_as_the_documentation_says(portal):
    request_id, identity = make_request(portal)
    (by_hand,) = re.findall(r"```sql\n(.*?)```", (ROOT / "docs/security/sign-in.md").read_text(), re.DOTALL)
    for statement in by_hand.replace("USER_ID", "usr_sam").replace("REQUEST_ID", request_id).split(";\n"):
        if statement.strip():
            portal.staff.run(statement)
    assert asyncio.run(linked_user(HostedDatabase(portal), identity)) == "usr_sam"
    assert status_of(portal, request_id) == ("approved", "usr_sam")
    assert audit_of(portal, request_id) == [("usr_sam", "auth:access-approved", '{"user_id":"usr_sam"}')]
