"""No store reads or writes practice data without a Scope."""

import pytest

from tools.build import read_sources
from tools.paths import ROOT
from tools.scoping import EXCEPTIONS, practice_tables, read_migrations, scoping_problems, statement_problems

MIGRATION = """
CREATE TABLE lots (
    id TEXT PRIMARY KEY, -- not a location_id
    location_id TEXT NOT NULL REFERENCES locations (id)
);
CREATE TABLE lot_notes (
    lot_id TEXT NOT NULL REFERENCES lots (id)
);
CREATE TABLE lot_note_words (
    note_id TEXT NOT NULL REFERENCES lot_notes (lot_id)
);
CREATE TABLE items (
    -- location_id was here once
    image_id TEXT REFERENCES lots (id)
);
CREATE TABLE parcels (
    from_location_id TEXT NOT NULL REFERENCES locations (id),
    to_location_id TEXT NOT NULL REFERENCES locations (id)
);
"""
TABLES = frozenset({"lots", "lot_notes", "lot_note_words", "parcels"})
STORE = "app_workers/stock/store/lots.py"
HEAD = "from ganger.scope import Scope\n\n"


def problems(text, path=STORE):
    excused = {f"tools/scoping.py: {excuse} needs no exception." for excuse in EXCEPTIONS}
    return [problem for problem in scoping_problems({path: HEAD + text}, TABLES) if problem not in excused]


def test_practice_data_are_tables_of_a_location_and_what_belongs_to_them():
    assert practice_tables([MIGRATION]) == TABLES


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM lots WHERE location_id IN ({marks})",
        "SELECT * FROM items WHERE id = ?",
        "SELECT * FROM items WHERE id IN (SELECT item_id FROM lots WHERE lots.location_id = ?)",
        "SELECT * FROM lot_notes JOIN lots ON lots.id = lot_id WHERE location_id IN ({marks})",
        "UPDATE lots SET quantity = 0 WHERE id = ? AND location_id = ?",
        "INSERT INTO lots (id, location_id) VALUES (?, ?)",
        "SELECT * FROM parcels WHERE from_location_id IN ({marks}) OR to_location_id IN ({marks})",
        "a remark on lots",
    ],
)
def test_statements_that_say_which_locations_they_mean_are_well(sql):
    assert list(statement_problems(sql, TABLES)) == []


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM lots",
        "SELECT * FROM lots ORDER BY location_id",
        "SELECT * FROM items JOIN lots ON lots.item_id = items.id",
        "SELECT * FROM lot_notes WHERE lot_id = ?",
        "SELECT * FROM parcels WHERE home_location_id = ?",
        "DELETE FROM lots WHERE id = ?",
        "UPDATE lots SET quantity = 0 WHERE id = ?",
        "INSERT INTO lots (id) VALUES (?)",
        "SELECT (SELECT SUM(n) FROM lots WHERE item_id = ?) FROM x WHERE location_id = ?",
        "SELECT * FROM x WHERE location_id = ? AND id IN (SELECT id FROM lots)",
        "SELECT * FROM lots WHERE location_id = ? UNION ALL SELECT * FROM lots",
        "WITH all_lots AS (SELECT * FROM lots) SELECT * FROM all_lots WHERE location_id = ?",
    ],
)
def test_a_statement_without_a_location_on_its_own_level_is_found(sql):
    assert len(list(statement_problems(sql, TABLES))) == 1


SCOPED = "SELECT * FROM lots WHERE location_id IN ({marks})"


def test_a_function_with_a_scope_that_it_uses_is_well():
    assert (
        problems(f"_LOTS = '{SCOPED}'\nasync def lots(db, scope: Scope):\n    return db.rows(_LOTS, scope)\n")
        == []
    )


@pytest.mark.parametrize(
    "function",
    [
        "async def lots(db):\n    return db.rows(_LOTS)\n",
        "def lots(db):\n    return _lots(db)\n\n\ndef _lots(db):\n    return db.rows(_LOTS)\n",
        "class Lots:\n    def all(self, db):\n        return db.rows(_LOTS)\n",
        "def add(db):\n    return insert('lots', {})\n",
    ],
)
def test_a_public_function_that_reaches_practice_data_without_a_scope_is_found(function):
    (problem,) = problems(f"_LOTS = '{SCOPED}'\n\n\n{function}")
    assert "takes no Scope" in problem


def test_a_scope_that_is_not_used_is_found():
    (problem,) = problems(f"def lots(db, scope: Scope):\n    return db.rows('{SCOPED}')\n")
    assert "does not use it" in problem


def test_what_another_module_of_the_store_reads_counts_too():
    other = {"app_workers/stock/store/sql.py": f"LOTS = '{SCOPED}'\n"}
    user = {
        STORE: "from app_workers.stock.store.sql import LOTS\n\n\ndef lots(db):\n    return db.rows(LOTS)\n"
    }
    assert any("takes no Scope" in problem for problem in scoping_problems(other | user, TABLES))


def test_sql_outside_the_store_is_found():
    (problem,) = problems(
        "async def get(ctx):\n    return ctx.db.rows('SELECT * FROM lots')\n", "app_workers/stock/routes.py"
    )
    assert "outside the store" in problem


def test_an_exception_that_nothing_needs_is_found():
    assert len(scoping_problems({}, TABLES)) == len(EXCEPTIONS)


def real_problems(change=None):
    sources = read_sources(ROOT)
    for path, before, after in change or ():
        assert before in sources[path]
        sources[path] = sources[path].replace(before, after)
    return scoping_problems(sources, practice_tables(read_migrations(ROOT)))


def test_every_store_of_the_platform_is_well():
    assert real_problems() == []


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("app_workers/inventory/store/levels.py", "WHERE stock.location_id IN ({marks})", "WHERE TRUE"),
        (
            "app_workers/inventory/store/levels.py",
            "FROM inventory_lots WHERE item_id = ? AND location_id IN ({marks})",
            "FROM inventory_lots WHERE item_id = ?",
        ),
        (
            "app_workers/inventory/store/movements.py",
            "WHERE +movement.location_id IN ({marks})",
            "WHERE TRUE",
        ),
        ("app_workers/inventory/store/levels.py", "scope: Scope, item_id", "scope: object, item_id"),
    ],
)
def test_taking_a_condition_or_a_scope_out_of_a_store_is_found(path, before, after):
    assert real_problems([(path, before, after)])
