"""Scanning what arrived into the form of an order."""

from datetime import date

import pytest

from app_workers.inventory.domain.receive_scans import Filled, scanned_in
from app_workers.inventory.errors import LotExpiryMismatch, NotOnOrder, OverReceipt
from app_workers.inventory.models.orders import OrderLine
from app_workers.inventory.models.scanning import Parsed, Scanned
from ganger.errors import ValidationFailed
from tests.unit.inventory.factories import make_item

LOT = Parsed(barcode="1", lot_number="A1", expires_on=date(2027, 12, 31))


def make_line(**changes):
    fields = {
        "id": "l1", "item_id": "itm_1", "item_name": "Gauze", "sku": "G", "stock_unit": "box",
        "is_lot_tracked": False, "is_active": True, "vendor_sku": None, "pack_size": 10,
        "pack_cost_cents": 100, "quantity_packs": 3, "received_packs": 0, "short_packs": 0,
    }  # fmt: skip
    return OrderLine(**(fields | changes))


def scan(line, typed=None, units=1, item_id="itm_1", parsed=None):
    found = Scanned(item=make_item(id=item_id), units_per_scan=units)
    return scanned_in([line], typed or {}, found, parsed or Parsed(barcode="1"))


def test_each_scan_counts_a_pack_of_its_line_and_leaves_the_rest_of_the_form():
    once = scan(make_line(), {"client_ref": "x", "packs.other.0": "7"})
    twice = scan(make_line(), once.typed)
    assert isinstance(twice, Filled)
    assert twice.typed["packs.l1.0"] == "2"
    assert (twice.packs, twice.typed["packs.other.0"], twice.typed["client_ref"]) == (2, "7", "x")
    assert scan(make_line(), units=20).packs == 2
    assert scan(make_line(), units=5).packs == 1


def test_more_than_is_to_come_is_refused():
    refused = scan(make_line(received_packs=1, short_packs=1), {"packs.l1.0": "1"})
    assert isinstance(refused, OverReceipt)
    assert refused.details["outstanding_packs"] == 1


def test_an_item_that_is_not_on_the_order_is_refused_by_name():
    refused = scan(make_line(), item_id="itm_2")
    assert isinstance(refused, NotOnOrder)


def test_a_gs1_code_fills_its_lot_and_the_next_lot_takes_a_row_of_its_own():
    line = make_line(is_lot_tracked=True)
    typed = scan(line, parsed=LOT).typed
    assert (typed["packs.l1.0"], typed["lot.l1.0"], typed["expires.l1.0"]) == ("1", "A1", "2027-12-31")
    typed = scan(line, typed, parsed=LOT.model_copy(update={"lot_number": "B2"})).typed
    assert (typed["packs.l1.0"], typed["packs.l1.1"], typed["lot.l1.1"]) == ("1", "1", "B2")
    assert scan(line, typed, parsed=LOT).typed["packs.l1.0"] == "2"
    other_day = LOT.model_copy(update={"expires_on": date(2026, 1, 1)})
    assert isinstance(scan(line, typed, parsed=other_day), LotExpiryMismatch)


def test_a_code_without_a_lot_never_joins_a_named_one():
    line = make_line(is_lot_tracked=True)
    typed = scan(line, scan(line, parsed=LOT).typed).typed
    assert (typed["packs.l1.0"], typed["packs.l1.1"], typed["lot.l1.1"]) == ("1", "1", "")
    assert scan(line, typed).typed["packs.l1.1"] == "2"
    unnamed = scan(line).typed
    typed = scan(line, unnamed, parsed=LOT).typed
    assert (typed["packs.l1.0"], typed["lot.l1.0"], typed["lot.l1.1"]) == ("1", "", "A1")
    full = {f"lot.l1.{number}": f"L{number}" for number in range(5)}
    assert isinstance(scan(line, full), ValidationFailed)


@pytest.mark.parametrize("text", ["two", "-1", "1.5", "1" * 7])
def test_what_is_no_number_stays_and_is_told(text):
    assert isinstance(scan(make_line(), {"packs.l1.0": text}), ValidationFailed)
