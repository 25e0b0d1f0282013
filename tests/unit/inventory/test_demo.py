import pytest

from app_workers.inventory.demo import statements
from app_workers.inventory.demo.catalogue import PRODUCTS
from app_workers.inventory.domain.barcodes import has_valid_check_digit
from app_workers.inventory.models.catalogue import Category
from app_workers.inventory.models.orders import OrderStatus
from tests.harness.tables import HostDatabase
from tests.unit.inventory.factories import TODAY


@pytest.fixture(scope="module")
def query():
    """Ask the demo data one question."""
    database = HostDatabase("inventory")
    database.carry_out(statements(TODAY))
    yield lambda sql, *values: [tuple(row) for row in database.connection.execute(sql, values)]
    database.connection.close()


def test_stock_is_the_sum_of_its_movements(query):
    assert not query("""
        SELECT stock.id, quantity_on_hand, SUM(quantity_change)
        FROM inventory_stock AS stock LEFT JOIN stock_movements USING (item_id, location_id)
        GROUP BY stock.id HAVING quantity_on_hand IS NOT SUM(quantity_change)""")


def test_stock_of_lot_tracked_items_is_the_sum_of_its_lots(query):
    assert not query("""
        SELECT stock.id, quantity_on_hand, SUM(lot.quantity)
        FROM inventory_stock AS stock JOIN inventory_items AS item ON item.id = stock.item_id
        LEFT JOIN inventory_lots AS lot USING (item_id, location_id)
        WHERE is_lot_tracked GROUP BY stock.id HAVING quantity_on_hand IS NOT SUM(lot.quantity)""")


def test_every_lot_is_the_sum_of_its_movements(query):
    assert not query("""
        SELECT lot.id, lot.quantity, SUM(quantity_change)
        FROM inventory_lots AS lot LEFT JOIN stock_movements AS movement ON movement.lot_id = lot.id
        GROUP BY lot.id HAVING lot.quantity IS NOT SUM(quantity_change)""")


def test_each_movement_starts_where_the_last_one_ended(query):
    assert not query("""
        SELECT id FROM (
            SELECT id, previous_quantity, COALESCE(LAG(new_quantity) OVER (
                PARTITION BY item_id, location_id ORDER BY created_at, id), 0) AS last_quantity
            FROM stock_movements)
        WHERE previous_quantity <> last_quantity""")


def test_movements_of_lots_stand_only_for_lot_tracked_items(query):
    assert not query("""
        SELECT movement.id FROM stock_movements AS movement
        JOIN inventory_items AS item ON item.id = movement.item_id
        WHERE (movement.lot_id IS NOT NULL) <> item.is_lot_tracked""")


def test_there_is_enough_to_try_every_page(query):
    counts = {
        table: query(f"SELECT COUNT(*) FROM {table}")[0][0]  # noqa: S608
        for table in ("inventory_items", "inventory_barcodes", "inventory_lots", "stock_movements")
    }
    assert counts["inventory_items"] >= 60
    assert counts["inventory_barcodes"] >= 60
    assert counts["inventory_lots"] == 45
    assert 270 <= counts["stock_movements"] <= 330
    assert set(PRODUCTS) == set(Category)


def test_lots_of_every_condition(query):
    day = TODAY.isoformat()
    expired = query("SELECT COUNT(*) FROM inventory_lots WHERE expires_on < ?", day)
    soon = query(
        "SELECT COUNT(*) FROM inventory_lots WHERE expires_on BETWEEN ?1 AND date(?1, '+30 day')", day
    )
    quarantined = query("SELECT COUNT(*) FROM inventory_lots WHERE status = 'quarantined'")
    assert (expired, soon, quarantined) == ([(3,)], [(6,)], [(1,)])


def test_barcodes_are_valid_and_the_example_code_is_the_gloves(query):
    """Worked example 1, the code of GLV-NIT-M."""
    codes = dict(query("SELECT barcode, item_id FROM inventory_barcodes"))
    assert all(len(code) == 14 and has_valid_check_digit(code) for code in codes)
    assert codes["00099999000016"] == "itm_glv-nit-m"


def test_the_named_rows_are_there(query):
    rows = query("""
        SELECT sku, location_id, quantity_on_hand, reorder_point, par_level, storage_place
        FROM inventory_stock JOIN inventory_items AS item ON item.id = item_id
        WHERE (sku, location_id) IN (VALUES ('GLV-NIT-M', 'loc_aa'), ('PUN-4MM', 'loc_py')) ORDER BY sku""")
    assert rows == [
        ("GLV-NIT-M", "loc_aa", 14, 10, 30, "Room 2, cabinet B"),
        ("PUN-4MM", "loc_py", 0, 10, 25, "Procedure room, drawer 1"),
    ]
    lots = query(
        """
        SELECT lot_number, quantity, julianday(expires_on) - julianday(?) FROM inventory_lots
        WHERE item_id = 'itm_lid-1pc-epi' AND location_id = 'loc_wx' ORDER BY lot_number""",
        TODAY.isoformat(),
    )
    assert lots == [("DEMO24A", 6, -40.0), ("DEMO26C", 20, 200.0)]


def test_the_same_day_gives_the_same_statements():
    assert statements(TODAY) == statements(TODAY)


def test_seeding_twice_changes_nothing():
    database = HostDatabase("inventory")
    database.carry_out(statements(TODAY))
    before = list(database.connection.iterdump())
    database.carry_out(statements(TODAY))
    assert list(database.connection.iterdump()) == before
    database.connection.close()


def test_transfers_are_in_the_ledger_as_they_were_sent_and_received(query):
    assert query("SELECT status FROM stock_transfers ORDER BY transfer_number") == [
        ("received",),
        ("in_transit",),
        ("draft",),
    ]
    assert query("""
        SELECT reference_id, movement_type, SUM(quantity_change) FROM stock_movements
        WHERE reference_type = 'transfer' GROUP BY 1, 2 ORDER BY 1, 2""") == [
        ("trf_moving", "transfer_out", -4),
        ("trf_received", "transfer_in", 5),
        ("trf_received", "transfer_out", -6),
    ]


def test_a_count_of_every_status_with_something_to_decide(query):
    statuses = query("SELECT status FROM count_sessions ORDER BY status")
    assert statuses == [("cancelled",), ("in_progress",), ("posted",), ("submitted",)]
    assert query("SELECT COUNT(*) FROM count_entries WHERE status = 'needs_approval'") == [(1,)]
    assert not query("SELECT id FROM count_entries WHERE status = 'posted' AND variance <> 0")
    assert not query("""
        SELECT entry.id FROM count_entries AS entry LEFT JOIN count_scans AS scan ON scan.entry_id = entry.id
        WHERE counted_quantity IS NOT scan.quantity""")


def test_orders_cover_every_status_and_received_packs_are_in_the_ledger(query):
    statuses = [status for (status,) in query("SELECT status FROM purchase_orders")]
    assert len(statuses) == 9
    assert set(statuses) == {status.value for status in OrderStatus}
    assert query("""
        SELECT vendor.name, location_id, status, total_cents,
            (SELECT COUNT(*) FROM purchase_order_lines WHERE order_id = purchase.id)
        FROM purchase_orders AS purchase JOIN inventory_vendors AS vendor ON vendor.id = vendor_id
        WHERE order_number = 'PO-2026-00003'""") == [("Demo Medical Supply", "loc_aa", "ordered", 14772, 2)]
    received = query("""
        SELECT order_id, SUM(received_packs * pack_size) FROM purchase_order_lines
        WHERE received_packs > 0 GROUP BY 1 ORDER BY 1""")
    assert received == query("""
        SELECT reference_id, SUM(quantity_change) FROM stock_movements
        WHERE reference_type = 'order' GROUP BY 1 ORDER BY 1""")
