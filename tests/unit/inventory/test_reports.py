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
    percent,
    usage_report,
    value_by_category,
    value_report,
    waste_report,
)
from app_workers.inventory.models.reports import CountTally, Tally
from app_workers.inventory.store.levels import tiles_at
from app_workers.inventory.store.reports import posted_counts, used_and_wasted, values_at_end
from ganger.identity import Location
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


def make_count(name, counted, exact):
    return CountTally(
        count_id=name,
        name=name,
        location_id="loc_aa",
        posted_at="2026-01-10T15:00:00.000Z",
        counted=counted,
        exact=exact,
    )


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
