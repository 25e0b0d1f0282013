"""The large inventory is one that the app could have written."""

import asyncio

import pytest

from app_workers.inventory.store.reconciling import differences
from tests.harness.tables import HostDatabase
from tools.bench.large.rows import ITEMS, MOVEMENTS, large_rows


@pytest.fixture(scope="module")
def database():
    database = HostDatabase("inventory")
    database.carry_out(list(large_rows()))
    yield database
    database.connection.close()


def count(database, sql):
    return database.connection.execute(f"SELECT COUNT(*) FROM {sql}").fetchone()[0]  # noqa: S608 - our own


def test_it_is_as_large_as_it_says(database):
    assert count(database, "inventory_items") == ITEMS
    assert count(database, "stock_movements") == MOVEMENTS
    assert count(database, "inventory_lots WHERE quantity > 0") == ITEMS // 10 * 3 * 2


def test_what_is_on_hand_is_the_sum_of_the_ledger(database):
    assert asyncio.run(differences(database)) == []


def test_some_of_it_is_to_be_bought(database):
    short = count(
        database, "inventory_stock WHERE quantity_on_hand <= reorder_point AND location_id = 'loc_aa'"
    )
    assert 500 < short < 1000
