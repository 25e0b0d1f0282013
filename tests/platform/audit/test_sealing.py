"""The hourly job on the real runtime, and what an intruder with the database cannot hide from it."""

from datetime import timedelta

import pytest

from ganger.audit_chain import GENESIS
from tests.platform.audit.conftest import NOON

pytestmark = pytest.mark.runtime


def places(ledger):
    return [problem.place for problem in ledger.problems()]


def test_the_cron_seals_what_came_since_the_last_time(ledger):
    ledger.write(3)
    assert ledger.seal() == "ok"
    ledger.write(2)
    ledger.seal(NOON + timedelta(hours=1))
    first, second = ledger.seals()
    assert (first["first_row"], first["last_row"], first["previous_hash"]) == (1, 3, GENESIS)
    assert (second["first_row"], second["last_row"], second["previous_hash"]) == (4, 5, first["seal_hash"])
    assert places(ledger) == []


def test_an_hour_without_rows_is_sealed_too(ledger):
    ledger.seal()
    assert [seal["row_count"] for seal in ledger.seals()] == [0]
    assert places(ledger) == []


def test_many_rows_take_several_seals(ledger):
    for _ in range(6):
        ledger.write(100)
    ledger.seal()
    assert [seal["row_count"] for seal in ledger.seals()] == [500, 100]
    assert places(ledger) == []


def test_the_log_knows_the_hash_of_each_seal(ledger):
    ledger.write(1)
    ledger.seal()
    (seal,) = ledger.seals()
    (line,) = ledger.logged.facts("seal_hash")
    assert (line["sequence"], line["seal_hash"]) == (1, seal["seal_hash"])


TAMPERING = {
    "altered": ("seal 1", "UPDATE audit_logs SET user_id = 'usr_other' WHERE sequence = 2"),
    "authorized": ("seal 1", "UPDATE audit_logs SET is_consented = 1 WHERE sequence = 2"),
    "removed": ("row 2", "DELETE FROM audit_logs WHERE sequence = 2"),
    "removed and closed up": (
        "seal 1",
        "DELETE FROM audit_logs WHERE sequence = 2",
        "UPDATE audit_logs SET sequence = sequence - 1 WHERE sequence > 2",
    ),
    "end removed": ("seal 2", "DELETE FROM audit_logs WHERE sequence > 3"),
    "inserted": (
        "seal 1",
        "UPDATE audit_logs SET sequence = -sequence - 1 WHERE sequence > 1",
        "UPDATE audit_logs SET sequence = -sequence WHERE sequence < 0",
        "INSERT INTO audit_logs (sequence, id, occurred_at, action, record_type, record_id, request_id)"
        " VALUES (2, 'forged', '2026-03-02T12:00:00.000Z', 'test:write', 'item', 'itm_9', '0')",
    ),
    "moved": (
        "seal 1",
        "UPDATE audit_logs SET sequence = 1000 WHERE sequence = 1",
        "UPDATE audit_logs SET sequence = 1 WHERE sequence = 2",
        "UPDATE audit_logs SET sequence = 2 WHERE sequence = 1000",
    ),
    "seal removed": ("seal 1", "DELETE FROM audit_seals WHERE sequence = 1"),
    "seal forged": ("seal 2", "UPDATE audit_seals SET rows_hash = seal_hash WHERE sequence = 2"),
    "signature removed": ("seal 2", "UPDATE audit_seals SET mac = rows_hash WHERE sequence = 2"),
}


@pytest.mark.parametrize("kind", TAMPERING)
def test_what_an_intruder_does_to_the_tables_is_found(ledger, kind):
    first_bad, *changes = TAMPERING[kind]
    ledger.write(3)
    ledger.seal()
    ledger.write(2)
    ledger.seal(NOON + timedelta(hours=1))
    # A row's number must stay positive where the schema says so; an intruder is not bound by the schema.
    ledger.tamper("PRAGMA ignore_check_constraints = ON", *changes)
    assert places(ledger)[:1] == [first_bad]


def test_nothing_is_sealed_onto_a_forged_seal_and_superadmins_are_told(ledger):
    ledger.write(1)
    ledger.seal()
    ledger.tamper("UPDATE audit_seals SET mac = rows_hash")
    assert ledger.seal(NOON + timedelta(hours=1)) == "ok"
    assert len(ledger.seals()) == 1
    assert ledger.logged.facts("audit chain broken")[0]["class"] == "security"
    (told,) = ledger.select("SELECT user_id, title FROM notifications")
    assert "ganger audit verify" in told["title"]


def test_nothing_is_sealed_where_an_unsealed_row_was_removed(ledger):
    ledger.write(3)
    ledger.tamper("DELETE FROM audit_logs WHERE sequence = 2")
    ledger.seal()
    assert ledger.seals() == []
    assert ledger.logged.facts("audit chain broken")[0]["class"] == "security"


def test_rows_that_are_sealed_late_are_told_of(ledger):
    ledger.write(1)
    ledger.seal(NOON + timedelta(hours=3))
    assert ledger.logged.facts("audit rows sealed late")[0]["class"] == "security"


def test_an_end_that_was_taken_away_and_sealed_anew_is_told_of(ledger):
    ledger.write(2)
    ledger.seal()
    ledger.tamper("DELETE FROM audit_seals", "UPDATE audit_logs SET user_id = 'usr_other'")
    ledger.seal(NOON + timedelta(hours=4))
    assert ledger.logged.facts("audit rows sealed late")[0]["class"] == "security"
    known = ledger.logged.facts("seal_hash", count=2)
    assert len({line["seal_hash"] for line in known}) == 2  # two seals of the same number
