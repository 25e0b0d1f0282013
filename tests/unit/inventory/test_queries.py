"""The store's queries: what they say in SQL that the rules say in Python, and how they find their rows."""

import asyncio
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app_workers.inventory.demo import statements
from app_workers.inventory.domain.levels import lot_condition, stock_status
from app_workers.inventory.models.alerts import AlertQuery
from app_workers.inventory.models.catalogue import SheetQuery, VendorQuery
from app_workers.inventory.models.ledger import MovementQuery
from app_workers.inventory.models.scanning import UnmatchedQuery
from app_workers.inventory.models.stock import ItemQuery, LotCondition, LotQuery, StockQuery, StockStatus
from app_workers.inventory.store.alerts import alerts_in, refresh_alerts
from app_workers.inventory.store.barcodes import barcodes_of, find_barcode, first_barcodes
from app_workers.inventory.store.items import find_item, item_names, item_of_sku, items_at, shortages_at
from app_workers.inventory.store.levels import (
    all_lots_of,
    find_lot,
    level_values,
    levels_in,
    levels_of,
    lots_of,
    tiles_at,
)
from app_workers.inventory.store.lots import lot_of_id, lots_in
from app_workers.inventory.store.movements import (
    listed_movements,
    movements_in,
    movements_of_ids,
    movements_of_request,
)
from app_workers.inventory.store.people import is_other_colleague, other_colleagues
from app_workers.inventory.store.reports import (
    posted_counts,
    received_of_orders,
    used_and_wasted,
    values_at_end,
)
from app_workers.inventory.store.safety import find_sheet, items_of_sheet, sheet_names, sheets
from app_workers.inventory.store.scanning import find_unmatched, unmatched
from app_workers.inventory.store.stock import stock_in
from app_workers.inventory.store.vendors import find_vendor, offers_of, vendors
from ganger.identity import Location
from ganger.scope import Scope
from tests.harness.tables import HostDatabase
from tests.unit.inventory.factories import TODAY

NOW = datetime(2026, 1, 10, 15, tzinfo=UTC)
PLACE = Scope("usr_mia", (Location("loc_aa", "Ann Arbor"),))
EVERYWHERE = Scope("usr_mia", tuple(Location(id_, id_) for id_ in ("loc_aa", "loc_wx", "loc_py")))


@pytest.fixture(scope="module")
def database():
    database = HostDatabase("inventory")
    database.carry_out(statements(TODAY))
    yield database
    database.connection.close()


def test_status_filters_agree_with_the_rule(database):
    everything, total = asyncio.run(items_at(database, PLACE, ItemQuery(limit=100), TODAY))
    assert total == len(everything)
    for status in StockStatus:
        found, _ = asyncio.run(items_at(database, PLACE, ItemQuery(limit=100, status=status), TODAY))
        assert found
        assert found == [line for line in everything if line.stock and line.stock.status is status]


def test_usable_agrees_with_the_condition_of_each_lot(database):
    for sku in ("lid-1pc-epi", "tri-10", "bic-84", "chx-4oz", "alu-20"):
        lots = asyncio.run(lots_of(database, EVERYWHERE, f"itm_{sku}"))
        for level in asyncio.run(levels_of(database, EVERYWHERE, f"itm_{sku}", TODAY)):
            unusable = sum(
                lot.quantity
                for lot in lots
                if lot.location_id == level.location_id
                and lot_condition(lot, TODAY) in (LotCondition.EXPIRED, LotCondition.QUARANTINED)
            )
            assert level.usable == level.on_hand - unusable


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 50), st.integers(0, 20), st.integers(0, 20))
def test_status_in_sql_is_the_status_of_the_rule(database, on_hand, reorder_point, above):
    par_level = reorder_point + above
    database.connection.execute("SAVEPOINT one_example")
    database.connection.execute(
        "UPDATE inventory_stock SET quantity_on_hand = ?, reorder_point = ?, par_level = ?"
        " WHERE id = 'stk_glv-nit-m_loc_aa'",
        (on_hand, reorder_point, par_level),
    )
    levels = database.connection.execute(levels_in(PLACE), level_values(PLACE, TODAY)).fetchall()
    database.connection.execute("ROLLBACK TO one_example")
    found = [level["level_status"] for level in levels if level["item_id"] == "itm_glv-nit-m"]
    assert found == [stock_status(on_hand, reorder_point, par_level)]


QUERIES = {
    "items": lambda db: items_at(db, PLACE, ItemQuery(), TODAY),
    "items found": lambda db: items_at(
        db, PLACE, ItemQuery(search="x", category="other", status="low", vendor_id="v"), TODAY
    ),
    "items searched": lambda db: items_at(db, PLACE, ItemQuery(search="x"), TODAY),
    "alerts": lambda db: alerts_in(db, EVERYWHERE, AlertQuery()),
    "alerts of a place": lambda db: alerts_in(db, PLACE, AlertQuery(type="expired")),
    "alerts of an item refreshed": lambda db: refresh_alerts(db, EVERYWHERE, NOW, ["itm_bic-84"]),
    "items of a sheet": lambda db: items_of_sheet(db, "sds_formalin"),
    "barcodes": lambda db: barcodes_of(db, "itm_bic-84"),
    "barcode": lambda db: find_barcode(db, "00099999000016"),
    "first barcodes": lambda db: first_barcodes(db, ["itm_bic-84", "itm_tri-10"]),
    "item of a SKU": lambda db: item_of_sku(db, "BIC-84"),
    "names of items": lambda db: item_names(db),
    "codes that led nowhere": lambda db: unmatched(db, UnmatchedQuery()),
    "code that led nowhere": lambda db: find_unmatched(db, "unm_1"),
    "vendors": lambda db: vendors(db, VendorQuery()),
    "vendor": lambda db: find_vendor(db, "ven_office"),
    "offers": lambda db: offers_of(db, "itm_bic-84"),
    "sheets": lambda db: sheets(db, SheetQuery(search="form")),
    "sheet": lambda db: find_sheet(db, "sds_formalin"),
    "names of sheets": lambda db: sheet_names(db),
    "shortages": lambda db: shortages_at(db, PLACE, TODAY),
    "item": lambda db: find_item(db, "itm_bic-84"),
    "levels": lambda db: levels_of(db, EVERYWHERE, "itm_bic-84", TODAY),
    "tiles": lambda db: tiles_at(db, PLACE, TODAY),
    "lots": lambda db: lots_of(db, EVERYWHERE, "itm_bic-84"),
    "lot": lambda db: find_lot(db, PLACE, "itm_bic-84", "DEMO001"),
    "ledger": lambda db: movements_in(db, EVERYWHERE, MovementQuery(cursor="mov_x")),
    "ledger of an item": lambda db: movements_in(db, EVERYWHERE, MovementQuery(item_id="itm_bic-84")),
    "ledger of a type": lambda db: listed_movements(
        db, EVERYWHERE, MovementQuery.checked({"type": "waste", "user_id": "usr_pat", "sku": "bic-84"})
    ),
    "ledger of some days": lambda db: listed_movements(
        db, EVERYWHERE, MovementQuery.checked({"from": "2026-01-01", "to": "2026-01-10"})
    ),
    "stock": lambda db: stock_in(db, EVERYWHERE, StockQuery(), TODAY),
    "stock found": lambda db: stock_in(
        db, PLACE, StockQuery(search="x", category="other", status="low", vendor_id="v"), TODAY
    ),
    "used and wasted": lambda db: used_and_wasted(db, EVERYWHERE, TODAY, TODAY),
    "received of orders": lambda db: received_of_orders(db, EVERYWHERE, TODAY, TODAY),
    "values": lambda db: values_at_end(db, EVERYWHERE, TODAY),
    "posted counts": lambda db: posted_counts(db, EVERYWHERE, TODAY, TODAY),
    "movements": lambda db: movements_of_ids(db, EVERYWHERE, ["mov_bic-84_loc_aa_0"]),
    "movements of a request": lambda db: movements_of_request(db, EVERYWHERE, "no such reference"),
    "all lots": lambda db: all_lots_of(db, EVERYWHERE, "itm_bic-84"),
    "list of lots": lambda db: lots_in(db, PLACE, LotQuery(lot_number="D", days=30), TODAY),
    "list of all lots": lambda db: lots_in(db, EVERYWHERE, LotQuery(), TODAY),
    "lot of an id": lambda db: lot_of_id(db, EVERYWHERE, "lot_lid-1pc-epi_loc_wx_demo24a"),
    "witnesses": lambda db: other_colleagues(db, "usr_mia"),
    "witness": lambda db: is_other_colleague(db, "usr_mia", "usr_pat"),
}


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_no_query_reads_a_whole_table_without_an_index(database, query):
    database.asked.clear()
    asyncio.run(query(database))
    for statement in database.asked:
        for step in database.plan(statement):
            # These hold what was found by an index just before.
            made = ("SCAN level", "SCAN listed", "SCAN (subquery")
            assert not step.startswith("SCAN") or "INDEX" in step or step.startswith(made), step


@pytest.mark.parametrize(
    "asked",
    [
        MovementQuery(),
        MovementQuery(item_id="itm_bic-84"),
        MovementQuery(sku="bic-84"),
        MovementQuery.checked({"type": "waste", "user_id": "usr_pat"}),
    ],
    ids=["all", "item", "SKU", "type and person"],
)
def test_the_ledger_is_read_in_order_without_sorting(database, asked):
    database.asked.clear()
    asyncio.run(movements_in(database, EVERYWHERE, asked))
    assert not any("TEMP B-TREE" in step for step in database.plan(database.asked[0]))


def test_stock_says_what_is_on_its_way_to_each_location(database):
    lines, total = asyncio.run(stock_in(database, EVERYWHERE, StockQuery(limit=100), TODAY))
    assert total == database.connection.execute("SELECT COUNT(*) FROM inventory_stock").fetchone()[0]
    moving = database.connection.execute(
        "SELECT to_location_id, item_id, SUM(quantity) AS sent FROM stock_transfer_lines AS line"
        " JOIN stock_transfers AS transfer ON transfer.id = transfer_id"
        " WHERE status = 'in_transit' GROUP BY to_location_id, item_id"
    ).fetchall()
    everything = [
        line
        for page in range(1, total // 100 + 2)
        for line in asyncio.run(stock_in(database, EVERYWHERE, StockQuery(limit=100, page=page), TODAY))[0]
    ]
    assert len(everything) == total
    assert [line.item.name for line in lines] == sorted(line.item.name for line in lines)
    stocked = {(line.stock.location_id, line.item.id): line.inbound for line in everything if line.inbound}
    sent = {(row["to_location_id"], row["item_id"]): row["sent"] for row in moving}
    assert sent
    assert stocked == {key: value for key, value in sent.items() if key in stocked}


def test_ledger_of_some_days_has_both_of_them(database):
    days = MovementQuery.checked({"from": "2025-12-01", "to": "2025-12-31", "limit": 100})
    found = asyncio.run(listed_movements(database, EVERYWHERE, days))
    assert found
    assert all("2025-12-01T05" <= line.created_at < "2026-01-01T05" for line in found)
    assert all(line.item_name and line.sku for line in found)
