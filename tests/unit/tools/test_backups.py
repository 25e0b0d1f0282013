"""A copy of the database, put into an order in which it can be read in again."""

import sqlite3

import pytest

from tools.backups import BackupProblem, arranged
from tools.drills.restore import differing

# As wrangler writes it: `items` refers to a table further down, and the trigger counts what is written.
COPY = """PRAGMA defer_foreign_keys=TRUE;
CREATE TABLE items (id TEXT PRIMARY KEY, sheet TEXT REFERENCES sheets (id), note TEXT);
INSERT INTO "items" ("id","sheet","note") VALUES('i1','s1','CREATE TABLE; or
INSERT INTO, two lines; of a text');
CREATE TABLE sheets (id TEXT PRIMARY KEY);
INSERT INTO "sheets" ("id") VALUES('s1');
CREATE TABLE counted (number INTEGER);
INSERT INTO "counted" ("number") VALUES(1);
CREATE TRIGGER names_hold INSTEAD OF INSERT ON names BEGIN SELECT 1; END;
CREATE INDEX items_by_sheet ON items (sheet);
CREATE VIEW names AS SELECT id FROM items;
CREATE TRIGGER count_items AFTER INSERT ON items
BEGIN
    UPDATE counted SET number = number + 1;
    DELETE FROM counted WHERE number > 9;
END;
"""


def read_in(statements):
    database = sqlite3.connect(":memory:")
    database.execute("PRAGMA foreign_keys = ON")
    database.execute("BEGIN")
    for statement in statements:
        database.execute(statement)
    database.commit()
    return database


def test_tables_come_before_rows_and_triggers_after_them():
    database = read_in(arranged(COPY))
    assert database.execute("SELECT number FROM counted").fetchall() == [(1,)]
    assert "two lines; of a text" in database.execute("SELECT note FROM items").fetchone()[0]


def test_as_it_was_written_it_could_not_be_read_in():
    statements = [part + ";" for part in COPY.split(";\n")[:2]]
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        read_in([*statements[:2], "INSERT INTO items (id, sheet) VALUES ('i1', 's1');"])


@pytest.mark.parametrize("text", ["", "PRAGMA defer_foreign_keys=TRUE;\n", COPY[:300], "not SQL"])
def test_what_is_no_whole_copy_is_refused(text):
    with pytest.raises(BackupProblem):
        arranged(text)


def test_a_row_that_is_lost_or_altered_is_told():
    before = {"items": (2, "a"), "sheets": (1, "b")}
    assert differing(before, before) == []
    assert len(differing(before, {"items": (2, "c")})) == 2
