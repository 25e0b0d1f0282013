"""Reports: their sums and shares, and what the store counts for them."""

import asyncio
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app_workers.inventory.demo import statements
from app_workers.inventory.domain.reports import (
    accuracy_report,
    pace,
    spend_report,
    spent_by,
    usage_report,
    value_by_category,
    value_report,
    waste_report,
)
from app_workers.inventory.models.reports import CountTally, Receipts, Tally
from app_workers.inventory.store.levels import tiles_at
from app_workers.inventory.store.reports import (
    posted_counts,
    received_of_orders,
    used_and_wasted,
    values_at_end,
)
from ganger.identity import Location
from ganger.percent import percent
from ganger.scope import Scope
from tests.harness.tables import HostDatabase
from tests.unit.inventory.factories import TODAY

FIRST = TODAY - timedelta(days=89)
PLACE = Scope("usr_mia", (Location("loc_aa", "Ann Arbor"),))
EVERYWHERE = Scope("usr_mia", tuple(Location(id_, id_) for id_ in ("loc_aa", "loc_wx", "loc_py")))


@pytest.fixture(scope="module")
def database():
    database = HostDatabase("inventory")
    database.carry_out(statements(TODAY))
    yield database
    database.connection.close()


def make_tally(name, used, wasted):
    return Tally(
        item_id=f"itm_{name}",
        name=name,
        sku=name.upper(),
        stock_unit="box",
        used=used,
        wasted=wasted,
        used_cents=used * 100,
        wasted_cents=wasted * 100,
    )


def make_count(name, counted, exact, scans=0, scan_seconds=0):
    return CountTally(
        count_id=name,
        name=name,
        location_id="loc_aa",
        posted_at="2026-01-10T15:00:00.000Z",
        counted=counted,
        exact=exact,
        scans=scans,
        scan_seconds=scan_seconds,
    )


def make_receipts(hour="2026-01-10T15:00:00Z", **changes):
    fields = {
        "hour": hour,
        "location_id": "loc_aa",
        "vendor_name": "Demo Medical Supply",
        "category": "wound_care",
        "packs": 2,
        "spent_cents": 9100,
    }
    return Receipts.model_validate(fields | changes)


@pytest.mark.parametrize(
    ("part", "whole", "expected"), [(1, 8, 12.5), (1, 3, 33.3), (1, 16, 6.3), (0, 5, 0.0), (0, 0, None)]
)
def test_percent_has_one_decimal_half_up_and_is_empty_of_nothing(part, whole, expected):
    assert percent(part, whole) == expected


@given(st.integers(0, 10_000), st.integers(1, 10_000))
def test_percent_is_that_of_exact_arithmetic(part, whole):
    exact = (Decimal(100 * part * 10) / whole).quantize(Decimal(1), ROUND_HALF_UP) / 10
    assert Decimal(str(percent(part, whole))) == exact


def test_waste_rate_is_of_all_that_was_used_or_wasted():
    report = waste_report(FIRST, TODAY, [make_tally("gloves", 90, 10), make_tally("tape", 60, 0)])
    assert (report.used, report.wasted, report.rate_percent, report.value_cents) == (150, 10, 6.3, 1000)
    assert [(line.name, line.rate_percent) for line in report.lines] == [("gloves", 10.0)]
    assert waste_report(FIRST, TODAY, []).rate_percent is None


def test_what_cost_most_stands_first():
    report = usage_report(FIRST, TODAY, [make_tally("a", 1, 0), make_tally("b", 7, 0), make_tally("c", 0, 2)])
    assert [line.name for line in report.lines] == ["b", "a"]
    assert (report.units, report.value_cents) == (8, 800)
    assert report.plain()["from"] == FIRST.isoformat()


def test_accuracy_is_of_all_that_was_counted():
    report = accuracy_report(FIRST, TODAY, [make_count("one", 40, 38), make_count("two", 0, 0)])
    assert (report.counted, report.exact, report.accuracy_percent) == (40, 38, 95.0)
    assert [line.accuracy_percent for line in report.lines] == [95.0, None]


@pytest.mark.parametrize(
    ("scans", "seconds", "expected"), [(90, 60, 90.0), (7, 90, 4.7), (1, 0, None), (0, 0, None)]
)
def test_pace_is_scans_in_a_minute(scans, seconds, expected):
    assert pace(scans, seconds) == expected


def test_pace_of_all_counts_is_that_of_their_scans_and_time():
    report = accuracy_report(
        FIRST, TODAY, [make_count("one", 1, 1, 10, 60), make_count("two", 1, 1, 50, 240)]
    )
    assert [line.scans_per_minute for line in report.lines] == [10.0, 12.5]
    assert report.scans_per_minute == 12.0


def test_spending_counts_for_the_month_at_the_clinics():
    """Rule 20: by receipt date. At 04:00 UTC it is still the evening before."""
    report = spend_report(
        FIRST,
        TODAY,
        [
            make_receipts("2026-01-01T04:00:00Z"),
            make_receipts("2026-01-01T05:00:00Z", packs=1, spent_cents=1299),
            make_receipts("2026-01-02T15:00:00Z", vendor_name="Example Office Goods", spent_cents=100),
            make_receipts("2026-01-03T15:00:00Z", packs=1, spent_cents=1),
        ],
    )
    assert [(line.month, line.vendor_name, line.packs, line.spent_cents) for line in report.lines] == [
        ("2025-12", "Demo Medical Supply", 2, 9100),
        ("2026-01", "Demo Medical Supply", 2, 1300),
        ("2026-01", "Example Office Goods", 2, 100),
    ]
    assert report.spent_cents == 10_500
    assert spent_by(report, "month") == [("2025-12", 9100), ("2026-01", 1400)]
    assert spent_by(report, "vendor_name") == [("Demo Medical Supply", 10_400), ("Example Office Goods", 100)]


def test_spending_is_received_packs_at_the_price_of_their_order(database):
    """Rule 20, over the demo practice: each order's receipts at what its lines cost."""
    report = spend_report(FIRST, TODAY, asyncio.run(received_of_orders(database, EVERYWHERE, FIRST, TODAY)))
    (due,) = database.connection.execute(
        "SELECT SUM(received_packs * pack_cost_cents) AS cents, SUM(received_packs) AS packs"
        " FROM purchase_order_lines"
    ).fetchall()
    assert (report.spent_cents, sum(line.packs for line in report.lines)) == (due["cents"], due["packs"])
    at_one = spend_report(FIRST, TODAY, asyncio.run(received_of_orders(database, PLACE, FIRST, TODAY)))
    assert 0 < at_one.spent_cents < report.spent_cents
    assert {line.location_id for line in at_one.lines} == {"loc_aa"}


def test_tallies_are_the_sums_of_the_ledger(database):
    (usage,) = database.connection.execute(
        "SELECT -SUM(quantity_change) AS units, -SUM(quantity_change * unit_cost_cents) AS cents"
        " FROM stock_movements WHERE movement_type = 'usage' AND location_id = 'loc_aa'"
    ).fetchall()
    report = usage_report(FIRST, TODAY, asyncio.run(used_and_wasted(database, PLACE, FIRST, TODAY)))
    assert (report.units, report.value_cents) == (usage["units"], usage["cents"])
    assert asyncio.run(used_and_wasted(database, PLACE, date(2020, 1, 1), date(2020, 12, 31))) == []


def test_value_today_is_that_of_the_overview_and_before_everything_nothing(database):
    report = value_report(FIRST, TODAY, asyncio.run(values_at_end(database, PLACE, TODAY)))
    assert report.value_cents == asyncio.run(tiles_at(database, PLACE, TODAY)).value_cents
    assert sum(cents for _, cents in value_by_category(report)) == report.value_cents
    assert asyncio.run(values_at_end(database, PLACE, date(2020, 1, 1))) == []


def test_only_posted_counts_say_how_accurate_they_were(database):
    found = asyncio.run(posted_counts(database, EVERYWHERE, FIRST, TODAY))
    assert [count.count_id for count in found] == ["cnt_posted"]
    assert 0 < found[0].exact <= found[0].counted
