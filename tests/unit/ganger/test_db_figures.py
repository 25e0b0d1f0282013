"""What is counted and told of calls of the database."""

import asyncio
import json

import pytest

from ganger.db import ConstraintFailed, DatabaseError, Statement, expect, insert
from ganger.db_figures import Figures, TimedDatabase


class Slow:
    """A database with a clock of its own, whose calls take as long and end as they are told."""

    def __init__(self):
        self.now_s, self.takes_s, self.error = 100.0, 0.0, None

    async def rows(self, sql, *values):
        await self._waited()
        return [{"sql": sql, "values": values}]

    async def batch(self, statements):
        await self._waited()

    async def _waited(self):
        await asyncio.sleep(0)
        self.now_s += self.takes_s
        if self.error is not None:
            raise self.error


@pytest.fixture
def slow():
    return Slow()


@pytest.fixture
def figures():
    return Figures()


@pytest.fixture
def timed(slow, figures):
    return TimedDatabase(slow, figures, lambda: slow.now_s)


def told(capsys):
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_queries_and_batches_are_counted_each_with_the_slowest(timed, slow, figures, capsys):
    for takes_s in (0.25, 0.5):
        slow.takes_s = takes_s
        assert asyncio.run(timed.row("SELECT name FROM users WHERE id = ?", "usr_1")) == {
            "sql": "SELECT name FROM users WHERE id = ?",
            "values": ("usr_1",),
        }
    asyncio.run(timed.batch([Statement("DELETE FROM users")]))
    assert figures.plain() == {
        "queries": {"calls": 2, "failed": 0, "slow": 0, "meanMs": 375.0, "slowestMs": 500.0},
        "batches": {"calls": 1, "failed": 0, "slow": 0, "meanMs": 500.0, "slowestMs": 500.0},
    }
    assert told(capsys) == []


def test_nothing_asked_has_no_mean(figures):
    assert figures.plain()["queries"]["meanMs"] is None


@pytest.mark.parametrize(("takes_s", "alerts"), [(1.0, 0), (1.0001, 1)])
def test_more_than_a_second_is_slow(timed, slow, figures, capsys, takes_s, alerts):
    slow.now_s, slow.takes_s = 0.0, takes_s
    asyncio.run(timed.rows("SELECT 1"))
    assert (figures.queries.slow, len(told(capsys))) == (alerts, alerts)


def test_an_alert_names_table_and_verb_and_no_value(timed, slow, capsys):
    slow.takes_s = 2.0
    asyncio.run(timed.rows("\n    SELECT id FROM generated_handouts WHERE patient_name = ?", "Pat Example"))
    relied = expect("version", "SELECT version = ? FROM inventory_items", 3)
    asyncio.run(timed.batch([relied, insert("stock_movements", {"note": "Pat Example"})]))
    query, batch = told(capsys)
    head = {"level": "error", "class": "security", "event": "database slow", "ms": 2000.0}
    assert query == head | {"stage": "query", "code": "select:generated_handouts", "count": 1}
    assert batch == head | {"stage": "batch", "code": "insert:stock_movements", "count": 2}


def test_what_had_no_answer_is_a_failure_and_what_the_schema_refused_is_none(timed, slow, figures):
    for error in (DatabaseError("away"), ConstraintFailed("CHECK")):
        slow.error = error
        with pytest.raises(type(error)):
            asyncio.run(timed.batch([Statement("DELETE FROM users")]))
    slow.error = DatabaseError("away")
    with pytest.raises(DatabaseError):
        asyncio.run(timed.rows("SELECT 1"))
    assert (figures.batches.calls, figures.batches.failed) == (2, 1)
    assert (figures.queries.calls, figures.queries.failed) == (1, 1)
