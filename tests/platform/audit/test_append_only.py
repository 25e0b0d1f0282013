"""What D1 refuses to whoever writes statements, and what a batch keeps together."""

import pytest

from ganger.db import Statement
from tools.local import RunnerError

pytestmark = pytest.mark.runtime

_ROW = "(id, occurred_at, action, record_type, record_id, request_id)"
_NUMBERED = "(sequence, id, occurred_at, action, record_type, record_id, request_id)"
_VALUES = "occurred_at, 'test:forged', record_type, record_id, request_id FROM audit_logs LIMIT 1"
_SEAL = (
    "sequence, first_row, last_row, row_count, rows_hash, previous_hash, "
    "substr('f' || seal_hash, 1, 64), sealed_at, key_id, mac FROM audit_seals"
)

REFUSED = (
    "UPDATE audit_logs SET user_id = 'usr_other' WHERE sequence = 2",
    "UPDATE OR REPLACE audit_logs SET sequence = 1 WHERE sequence = 2",
    "UPDATE audit_logs SET sequence = sequence + 10",
    "DELETE FROM audit_logs WHERE sequence = 3",
    "DELETE FROM audit_logs",
    f"INSERT OR REPLACE INTO audit_logs {_ROW} SELECT id, {_VALUES}",
    f"REPLACE INTO audit_logs {_ROW} SELECT id, {_VALUES}",
    f"INSERT OR IGNORE INTO audit_logs {_ROW} SELECT id, {_VALUES}",
    f"INSERT OR REPLACE INTO audit_logs {_NUMBERED} SELECT 2, 'new', {_VALUES}",
    f"INSERT INTO audit_logs {_ROW} SELECT id, {_VALUES} ON CONFLICT DO UPDATE SET user_id = 'x'",
    f"INSERT INTO audit_logs {_NUMBERED} SELECT 99, 'new', {_VALUES}",
    f"INSERT INTO audit_logs {_NUMBERED} SELECT -1, 'new', {_VALUES}",
    "UPDATE audit_seals SET mac = rows_hash",
    "DELETE FROM audit_seals",
    f"INSERT OR REPLACE INTO audit_seals SELECT {_SEAL}",
)


@pytest.mark.parametrize("sql", REFUSED)
def test_a_statement_that_would_change_history_is_refused(ledger, sql):
    ledger.write(3)
    ledger.seal()
    before = ledger.rows(), ledger.seals()
    with pytest.raises(RunnerError, match=r"append-only|without gaps|CHECK"):
        ledger.run(Statement(sql))
    assert (ledger.rows(), ledger.seals()) == before


def test_a_refused_statement_takes_its_whole_batch_along(ledger):
    ledger.write(2)
    before = ledger.rows()
    insert = Statement(f"INSERT INTO audit_logs {_ROW} SELECT 'new', {_VALUES}")
    with pytest.raises(RunnerError, match="append-only"):
        ledger.run(insert, Statement("DELETE FROM audit_logs WHERE sequence = 1"))
    assert ledger.rows() == before


def test_a_batch_that_was_rolled_back_leaves_no_gap(ledger):
    ledger.write(2)
    with pytest.raises(RunnerError):
        ledger.run(
            Statement(f"INSERT INTO audit_logs {_ROW} SELECT 'new', {_VALUES}"),
            Statement("INSERT INTO expectations (name, is_met) VALUES ('never', 0)"),
        )
    ledger.write(1)
    assert [row["sequence"] for row in ledger.rows()] == [1, 2, 3]
