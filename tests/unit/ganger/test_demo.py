"""The demo data, carried out on the platform's own tables."""

import re
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ganger.demo import statements

MIGRATIONS = Path(__file__).parents[3] / "ganger" / "migrations"
NOW = datetime(2026, 11, 22, 14, 3, 7, tzinfo=UTC)


def seed(database, now=NOW):
    for statement in statements(now):
        database.execute(statement.sql, statement.values)


def table_statements():
    """The tables alone: the host's SQLite is older than D1's and cannot read all of the triggers."""
    for path in sorted(MIGRATIONS.glob("*.sql")):
        yield from re.findall(r"^CREATE TABLE .*?;$", path.read_text(), flags=re.DOTALL | re.MULTILINE)


@pytest.fixture
def database():
    database = sqlite3.connect(":memory:")
    database.execute("PRAGMA foreign_keys = ON")
    for statement in table_statements():
        database.execute(statement)
    yield database
    database.close()


def counts(database):
    tables = ("locations", "users", "user_roles", "user_locations")
    return {table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}  # noqa: S608


def test_seeding_twice_changes_nothing(database):
    seed(database)
    before = list(database.iterdump())
    seed(database, datetime(2027, 1, 1, tzinfo=UTC))
    assert list(database.iterdump()) == before


def test_the_same_instant_gives_the_same_statements():
    assert statements(NOW) == statements(NOW)


def test_there_are_three_locations_and_every_person_has_one_role(database):
    seed(database)
    found = counts(database)
    assert found["locations"] == 3
    assert found["user_roles"] == found["users"] == 24


def test_staff_belong_to_the_locations_they_are_given(database):
    seed(database)
    rows = database.execute("SELECT location_id FROM user_locations WHERE user_id = 'usr_pat'").fetchall()
    assert rows == [("loc_aa",)]


def test_one_person_is_deactivated(database):
    seed(database)
    assert database.execute("SELECT id FROM users WHERE NOT is_active").fetchall() == [("usr_ina",)]


def test_people_and_phones_are_plainly_fictional(database):
    seed(database)
    emails = [row[0] for row in database.execute("SELECT email FROM users")]
    phones = [row[0] for row in database.execute("SELECT phone FROM locations")]
    assert all(email.endswith("@example.test") for email in emails)
    assert all("-555-01" in phone for phone in phones)
