"""Codes of visit slips: how they are read, until when they lead anywhere, what the store keeps of them."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest

from app_workers.handouts.demo import statements
from app_workers.handouts.domain.patient_codes import read_identifier, read_patient_code, state_of
from app_workers.handouts.models.patient_codes import CodeState, PatientCodeQuery, PatientCodeStart
from app_workers.handouts.store.patient_codes import (
    count_scan,
    delete_codes,
    find_patient_code,
    issue_code,
    patient_code_of,
    patient_codes,
    revoke_code,
)
from ganger.audit import Actor
from ganger.clock import iso_utc
from ganger.errors import NotFound, ValidationFailed
from ganger.identity import Location
from ganger.scope import Scope
from tests.harness.tables import HostDatabase

NOW = datetime(2026, 1, 10, 15, tzinfo=UTC)
ACTOR = Actor("usr_pat", "req_1", None, NOW)
PLACE = Scope("usr_pat", (Location("loc_aa", "Ann Arbor"),))
ELSEWHERE = Scope("usr_wes", (Location("loc_wx", "Wixom"),))
CODE = "P4T7VZ2M9KQ3H"


@pytest.fixture
def database():
    database = HostDatabase("handouts")
    database.carry_out(statements(date(2026, 1, 10)))
    yield database
    database.connection.close()


@pytest.mark.parametrize("typed", [CODE, "p4t7v-z2m9k-q3h", " P4T7V Z2M9K Q3H ", CODE.lower()])
def test_a_code_is_read_however_it_is_typed(typed):
    assert read_patient_code(typed) == CODE
    assert read_identifier(typed).code == typed.strip()


@pytest.mark.parametrize(
    "typed", ["", "P4T7VZ2M9KQ3", "74T7VZ2M9KQ3H", "P4T7VZ2M9KQ3U", "12345", "12345678901"]
)
def test_what_is_neither_number_nor_code_is_refused(typed):
    with pytest.raises(ValidationFailed) as refused:
        read_identifier(typed)
    assert list(refused.value.fields) == ["mrn"]


def test_digits_are_a_chart_number():
    assert read_identifier(" 10000001 ").mrn == "10000001"


def test_a_code_is_valid_up_to_and_including_its_end():
    end = iso_utc(NOW)
    assert state_of(end, False, NOW) is CodeState.VALID
    assert state_of(end, False, NOW + timedelta(milliseconds=1)) is CodeState.EXPIRED
    assert state_of(end, True, NOW) is CodeState.REVOKED


def test_the_same_request_is_the_same_code(database):
    asked = PatientCodeStart(mrn="10000001", client_ref="once")
    end = NOW + timedelta(days=30)
    first = asyncio.run(issue_code(database, PLACE, ACTOR, asked, "P000000000001", end))
    again = asyncio.run(issue_code(database, PLACE, ACTOR, asked, "P000000000002", end))
    assert first == again
    assert (first.code, first.expires_at) == ("P000000000001", "2026-02-09T15:00:00.000Z")
    audited = database.connection.execute("SELECT * FROM audit_logs WHERE record_id = ?", (first.id,))
    assert [row["action"] for row in audited] == ["handouts:issue-patient-code"]


def test_a_scan_is_counted_until_the_code_is_revoked(database):
    code = asyncio.run(patient_code_of(database, PLACE, CODE))
    assert asyncio.run(count_scan(database, PLACE, ACTOR, code))
    revoked = asyncio.run(revoke_code(database, PLACE, ACTOR, code))
    assert (revoked.scan_count, revoked.revoked_at) == (2, iso_utc(NOW))
    assert not asyncio.run(count_scan(database, PLACE, ACTOR, code))
    assert asyncio.run(revoke_code(database, PLACE, ACTOR, code)) == revoked


def test_another_location_knows_nothing_of_a_code(database):
    code = asyncio.run(patient_code_of(database, PLACE, CODE))
    assert asyncio.run(patient_code_of(database, ELSEWHERE, CODE)) is None
    with pytest.raises(NotFound):
        asyncio.run(find_patient_code(database, ELSEWHERE, code.id))
    listed, total = asyncio.run(patient_codes(database, ELSEWHERE, PatientCodeQuery()))
    assert ([each.location_id for each in listed], total) == (["loc_wx"], 1)


def test_codes_go_a_while_after_their_end(database):
    everywhere = Scope("system", (*PLACE.locations, *ELSEWHERE.locations))
    asyncio.run(delete_codes(database, everywhere, NOW - timedelta(days=10)))
    listed, _ = asyncio.run(patient_codes(database, everywhere, PatientCodeQuery()))
    assert {each.location_id for each in listed} == {"loc_aa"}
