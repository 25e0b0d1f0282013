"""Which alerts there have to be, by the rule and as the store opens and closes them."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from app_workers.inventory.demo import statements
from app_workers.inventory.domain.alerts import AlertKey, Watched, alerts_of, turn
from app_workers.inventory.domain.levels import stock_status
from app_workers.inventory.models.alerts import AlertQuery, AlertType, Severity
from app_workers.inventory.models.settings import Settings
from app_workers.inventory.models.stock import StockLevel
from app_workers.inventory.store.alerts import acknowledge, alerts_in, refresh_alerts
from app_workers.inventory.store.people import everywhere
from ganger.audit import Actor
from ganger.clock import iso_utc
from tests.harness.tables import HostDatabase
from tests.unit.inventory.factories import TODAY, make_lot

NOW = datetime(2026, 1, 10, 15, tzinfo=UTC)


def make_level(usable, reorder_point=10, par_level=20):
    return StockLevel(
        item_id="itm_gloves",
        location_id="loc_aa",
        on_hand=usable,
        usable=usable,
        reorder_point=reorder_point,
        par_level=par_level,
        storage_place=None,
        last_counted_at=None,
        status=stock_status(usable, reorder_point, par_level),
        version=1,
    )


def watch(levels=(), lots=(), **changes):
    facts = {"is_active": True, "is_hazardous": False, "sheet_verified_at": None}
    return Watched(item_id="itm_gloves", levels=levels, lots=lots, **(facts | changes))


def kinds(watched, **changes):
    settings = {"loc_aa": Settings(**changes)}
    return [
        (key.alert_type.value, severity.value)
        for key, severity in alerts_of(watched, settings, TODAY, NOW).items()
    ]


@pytest.mark.parametrize(
    ("usable", "alerts"),
    [
        (0, [("out_of_stock", "critical")]),
        (5, [("low_stock", "high")]),
        (6, [("low_stock", "medium")]),
        (10, [("low_stock", "medium")]),
        (11, []),
        (40, []),
        (41, [("overstock", "low")]),
    ],
)
def test_stock_alerts_follow_the_usable_quantity(usable, alerts):
    assert kinds(watch([make_level(usable)])) == alerts


def test_item_without_par_level_or_no_longer_bought_has_no_stock_alert():
    assert kinds(watch([make_level(0, reorder_point=0, par_level=0)])) == []
    assert kinds(watch([make_level(0)], is_active=False)) == []


@pytest.mark.parametrize(
    ("days", "alerts"),
    [
        (-1, [("expired", "critical")]),
        (0, [("expiring", "high")]),
        (30, [("expiring", "high")]),
        (31, [("expiring", "medium")]),
        (60, [("expiring", "medium")]),
        (90, [("expiring", "low")]),
        (91, []),
    ],
)
def test_lot_alerts_follow_the_expiry_date(days, alerts):
    assert kinds(watch(lots=[make_lot(expires_on=TODAY + timedelta(days=days))])) == alerts


@pytest.mark.parametrize(
    ("warning_days", "days", "alerts"),
    [
        (7, 7, [("expiring", "high")]),
        (7, 8, []),
        (45, 45, [("expiring", "medium")]),
        (45, 46, []),
        (365, 365, [("expiring", "low")]),
    ],
)
def test_the_location_sets_how_long_before_expiry_it_is_warned(warning_days, days, alerts):
    """Rule 17: up to the warning days."""
    lots = [make_lot(expires_on=TODAY + timedelta(days=days))]
    assert kinds(watch(lots=lots), expiry_warning_days=warning_days) == alerts


def test_lot_that_is_empty_or_never_expires_has_no_alert():
    lots = [make_lot(quantity=0, expires_on=TODAY - timedelta(days=9)), make_lot(expires_on=None)]
    assert kinds(watch(lots=lots)) == []


def test_hazardous_item_needs_a_sheet_verified_within_three_years():
    missing = [("sheet_missing", "high")]
    assert kinds(watch(is_hazardous=True)) == missing
    assert kinds(watch(is_hazardous=True, sheet_verified_at=iso_utc(NOW - timedelta(days=1096)))) == missing
    assert kinds(watch(is_hazardous=True, sheet_verified_at=iso_utc(NOW - timedelta(days=1095)))) == []


def test_only_locations_whose_alerts_turn_are_told_and_all_of_what_is_about_none():
    here, nowhere = (
        AlertKey(AlertType.LOW_STOCK, "itm_1", "loc_aa"),
        AlertKey(AlertType.SHEET_MISSING, "itm_1"),
    )
    places = ("loc_aa", "loc_wx")
    assert turn({here: Severity.HIGH}, {}).places(places) == ("loc_aa",)
    assert turn({}, {nowhere: Severity.HIGH}).places(places) == places
    assert turn({here: Severity.HIGH}, {here: Severity.HIGH}).places(places) == ()


def test_turn_opens_changes_and_closes_only_what_differs():
    out, low, old = (AlertKey(kind, "itm_1", "loc_aa") for kind in list(AlertType)[:3])
    change = turn({out: Severity.CRITICAL, low: Severity.HIGH}, {low: Severity.MEDIUM, old: Severity.LOW})
    assert (change.opened, change.changed, change.closed) == (
        {out: Severity.CRITICAL},
        {low: Severity.HIGH},
        (old,),
    )


@pytest.fixture
def database():
    database = HostDatabase("inventory")
    database.carry_out(statements(TODAY))
    yield database
    database.connection.close()


def open_alerts(database, **asked):
    scope = asyncio.run(everywhere(database))
    return asyncio.run(alerts_in(database, scope, AlertQuery(limit=100, **asked)))[0]


def test_scan_opens_what_the_rule_says_once_and_closes_what_is_over(database):
    scope = asyncio.run(everywhere(database))
    shown = open_alerts(database)
    assert shown  # the demo data has the alerts that its stock gives rise to
    for _ in range(2):
        asyncio.run(refresh_alerts(database, scope, NOW))
    found = open_alerts(database)
    assert found == shown
    assert {alert.alert_type for alert in found} == set(AlertType)
    assert sum(alert.alert_type is AlertType.EXPIRED for alert in found) == 3
    order = list(Severity)
    assert [order.index(alert.severity) for alert in found] == sorted(
        order.index(alert.severity) for alert in found
    )
    database.connection.execute("UPDATE inventory_lots SET quantity = 0 WHERE expires_on < '2026-01-10'")
    asyncio.run(refresh_alerts(database, scope, NOW))
    assert open_alerts(database, type="expired") == []


def test_out_of_stock_closes_low_and_the_other_way_round(database):
    scope = asyncio.run(everywhere(database))

    def refresh(quantity):
        database.connection.execute(
            "UPDATE inventory_stock SET quantity_on_hand = ?, version = version + 1"
            " WHERE id = 'stk_glv-nit-m_loc_aa'",
            (quantity,),
        )
        asyncio.run(refresh_alerts(database, scope.at("loc_aa"), NOW, ["itm_glv-nit-m"]))
        return [alert.alert_type.value for alert in open_alerts(database) if alert.item_id == "itm_glv-nit-m"]

    assert [refresh(quantity) for quantity in (8, 0, 4, 20)] == [
        ["low_stock"],
        ["out_of_stock"],
        ["low_stock"],
        [],
    ]


def test_the_first_who_acknowledges_stands(database):
    scope = asyncio.run(everywhere(database))
    asyncio.run(refresh_alerts(database, scope, NOW))
    alert = open_alerts(database)[0]
    for person in ("usr_mia", "usr_pat"):
        done = asyncio.run(acknowledge(database, scope, Actor(person, "req_1", None, NOW), alert.id))
        assert done.acknowledged_by == "usr_mia"
    assert open_alerts(database)[-1].id == alert.id
