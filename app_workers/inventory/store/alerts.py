"""Alerts: opened and closed as things stand, listed and acknowledged."""

import asyncio
import json
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from app_workers.inventory.domain.alerts import AlertKey, Turn, Watched, alerts_of, turn
from app_workers.inventory.models.alerts import Alert, AlertQuery, AlertType, Severity
from app_workers.inventory.models.stock import Lot, StockLevel
from app_workers.inventory.store.levels import level_values, levels_in
from app_workers.inventory.store.rows import record, stock_level
from app_workers.inventory.store.settings import settings_of
from ganger.audit import Actor, audit_row
from ganger.clock import clinic_date, iso_utc
from ganger.db import Database, ExpectationFailed, Row, Statement, Value, expect
from ganger.errors import NotFound
from ganger.ids import new_id
from ganger.scope import Scope

_BATCH = 100
_ATTEMPTS = 3

_ITEMS = """
    SELECT item.id, item.status = 'active' AS is_active, item.is_hazardous,
        sheet.verified_at AS sheet_verified_at
    FROM inventory_items AS item LEFT JOIN safety_sheets AS sheet ON sheet.id = item.safety_sheet_id
"""
_LOTS = """
    SELECT id, item_id, location_id, lot_number, expires_on, quantity, status, quarantine_reason
    FROM inventory_lots WHERE quantity > 0 AND location_id IN ({marks}) {of_item}
"""
_OPEN = """
    SELECT alert_type, severity, item_id, location_id, lot_id FROM inventory_alerts
    WHERE closed_at IS NULL AND (location_id IN ({marks}) OR location_id IS NULL) {of_item}
"""
_STAMP = """
    SELECT COALESCE(SUM(version), 0) AS stamp FROM inventory_stock WHERE location_id IN ({marks}) {of_item}
"""

_ADD = """
    INSERT INTO inventory_alerts
        (id, alert_type, severity, item_id, location_id, lot_id, opened_at, created_at, updated_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
"""
_CHANGE = """
    UPDATE inventory_alerts SET severity = ?, updated_at = ?
    WHERE closed_at IS NULL AND item_id = ? AND alert_type = ? AND COALESCE(location_id, '') = ?
        AND COALESCE(lot_id, '') = ? AND (location_id IN ({marks}) OR location_id IS NULL)
"""
_CLOSE = """
    UPDATE inventory_alerts SET closed_at = ?, updated_at = ?
    WHERE closed_at IS NULL AND item_id = ? AND alert_type = ? AND COALESCE(location_id, '') = ?
        AND COALESCE(lot_id, '') = ? AND (location_id IN ({marks}) OR location_id IS NULL)
"""

_LISTED = """
    FROM inventory_alerts AS alert JOIN inventory_items AS item ON item.id = alert.item_id
    LEFT JOIN inventory_lots AS lot ON lot.id = alert.lot_id
    LEFT JOIN users AS person ON person.id = alert.acknowledged_by
    WHERE alert.closed_at IS NULL AND (alert.location_id IN ({marks}) OR alert.location_id IS NULL)
        {conditions}
"""
_PAGE = (
    """
    SELECT alert.id, alert.alert_type, alert.severity, alert.item_id, item.name AS item_name,
        alert.location_id, alert.lot_id, lot.lot_number, alert.opened_at, alert.acknowledged_by,
        person.name AS acknowledged_name, alert.acknowledged_at
    """
    + _LISTED
    + """
    ORDER BY alert.acknowledged_at IS NOT NULL,
        CASE alert.severity WHEN 'critical' THEN 0 WHEN 'high' THEN 1 WHEN 'medium' THEN 2 ELSE 3 END,
        alert.opened_at, alert.id LIMIT ? OFFSET ?
"""
)
_TOTAL = "SELECT COUNT(*) AS total" + _LISTED
_ACKNOWLEDGE = """
    UPDATE inventory_alerts SET acknowledged_by = ?, acknowledged_at = ?, updated_at = ?
    WHERE id = ? AND acknowledged_at IS NULL AND (location_id IN ({marks}) OR location_id IS NULL)
"""


async def refresh_alerts(
    db: Database, scope: Scope, now: datetime, item_ids: Sequence[str] | None = None
) -> Turn:
    """Open and close the alerts of these items, or of all, at the locations in scope, and say which.

    When somebody changes the stock meanwhile it looks again; whoever changed it looks after them too, so
    it gives up after a few times.
    """
    for _ in range(_ATTEMPTS):
        stamp = await db.row(*_asked(_STAMP, scope, item_ids))
        wanted, standing = await asyncio.gather(
            _wanted(db, scope, now, item_ids), _standing(db, scope, item_ids)
        )
        due = turn(wanted, standing)
        changes = _statements(due, scope, now)
        sql, *values = _asked(_STAMP, scope, item_ids)
        unchanged = expect("stock as read", f"({sql}) = ?", *values, stamp["stamp"] if stamp else 0)
        try:
            for start in range(0, len(changes), _BATCH):
                await db.batch([unchanged, *changes[start : start + _BATCH]])
        except ExpectationFailed:
            continue
        return due
    return Turn({}, {}, ())


async def alerts_in(db: Database, scope: Scope, asked: AlertQuery) -> tuple[list[Alert], int]:
    """One page of the open alerts, those nobody has acknowledged and the most severe first; and how many."""
    conditions, values = "", list[Value](scope.location_ids)
    if asked.type is not None:
        conditions = "AND alert.alert_type = ?"
        values.append(asked.type.value)
    parts = {"marks": scope.marks, "conditions": conditions}
    rows, totals = await asyncio.gather(
        db.rows(_PAGE.format(**parts), *values, asked.limit, (asked.page - 1) * asked.limit),
        db.rows(_TOTAL.format(**parts), *values),
    )
    return [record(Alert, row) for row in rows], int(totals[0]["total"] or 0)


async def acknowledge(db: Database, scope: Scope, actor: Actor, alert_id: str) -> Alert:
    """Note that somebody looks after an open alert; of several people the first stands.

    Raises:
        NotFound: there is no such open alert in scope.
    """
    alert = await _find(db, scope, alert_id)
    if alert.acknowledged_at is not None:
        return alert
    at = iso_utc(actor.at)
    fields = {"alert_type": alert.alert_type.value, "item_id": alert.item_id}
    await db.batch(
        [
            Statement(
                _ACKNOWLEDGE.format(marks=scope.marks), (actor.user_id, at, at, alert_id, *scope.location_ids)
            ),
            audit_row(actor, "inventory:acknowledge", "inventory_alert", alert_id, alert.location_id, fields),
        ]
    )
    return await _find(db, scope, alert_id)


async def _find(db: Database, scope: Scope, alert_id: str) -> Alert:
    sql = _PAGE.format(marks=scope.marks, conditions="AND alert.id = ?")
    row = await db.row(sql, *scope.location_ids, alert_id, 1, 0)
    if row is None:
        raise NotFound("There is no such open alert.")
    return record(Alert, row)


async def _wanted(
    db: Database, scope: Scope, now: datetime, item_ids: Sequence[str] | None
) -> dict[AlertKey, Severity]:
    today = clinic_date(now)
    of_items, values = _only(item_ids)
    settings, items, levels, lots = await asyncio.gather(
        settings_of(db, scope),
        db.rows(f"{_ITEMS} WHERE TRUE {of_items.format(id='item.id')}", *values),
        db.rows(levels_in(scope, of_items.format(id="stock.item_id")), *level_values(scope, today), *values),
        db.rows(*_asked(_LOTS, scope, item_ids)),
    )
    levels_of, lots_of = _by_item(levels), _by_item(lots)
    in_effect = {place: each.values for place, each in settings.items()}
    wanted: dict[AlertKey, Severity] = {}
    for row in items:
        each = str(row["id"])
        wanted |= alerts_of(
            _watched(row, [stock_level(level) for level in levels_of.get(each, ())],
                     [record(Lot, lot) for lot in lots_of.get(each, ())]),
            in_effect, today, now,
        )  # fmt: skip
    return wanted


async def _standing(db: Database, scope: Scope, item_ids: Sequence[str] | None) -> dict[AlertKey, Severity]:
    rows = await db.rows(*_asked(_OPEN, scope, item_ids))
    return {
        AlertKey(
            AlertType(str(row["alert_type"])),
            str(row["item_id"]),
            _text(row["location_id"]),
            _text(row["lot_id"]),
        ): Severity(str(row["severity"]))
        for row in rows
    }


def _watched(row: Row, levels: list[StockLevel], lots: list[Lot]) -> Watched:
    return Watched(
        item_id=str(row["id"]),
        is_active=bool(row["is_active"]),
        is_hazardous=bool(row["is_hazardous"]),
        sheet_verified_at=_text(row["sheet_verified_at"]),
        levels=levels,
        lots=lots,
    )


def _statements(wanted: Turn, scope: Scope, now: datetime) -> list[Statement]:
    at = iso_utc(now)
    return [
        *(
            Statement(_ADD, (new_id(now), key.alert_type.value, severity.value, *key[1:], at, at, at))
            for key, severity in wanted.opened.items()
        ),
        *(
            Statement(_CHANGE.format(marks=scope.marks), (severity.value, at, *_key_values(key, scope)))
            for key, severity in wanted.changed.items()
        ),
        *(
            Statement(_CLOSE.format(marks=scope.marks), (at, at, *_key_values(key, scope)))
            for key in wanted.closed
        ),
    ]


def _key_values(key: AlertKey, scope: Scope) -> tuple[str, ...]:
    return key.item_id, key.alert_type.value, key.location_id or "", key.lot_id or "", *scope.location_ids


def _asked(sql: str, scope: Scope, item_ids: Sequence[str] | None) -> tuple[str, *tuple[Value, ...]]:
    of_items, values = _only(item_ids)
    found: tuple[Value, ...] = (*scope.location_ids, *values)
    return sql.format(marks=scope.marks, of_item=of_items.format(id="item_id")), *found


def _only(item_ids: Sequence[str] | None) -> tuple[str, tuple[Value, ...]]:
    """The condition that keeps these items, whose id is to be named; empty for all."""
    if item_ids is None:
        return "", ()
    return "AND {id} IN (SELECT value FROM json_each(?))", (json.dumps(list(item_ids)),)


def _by_item(rows: list[Row]) -> dict[str, list[Row]]:
    ordered = sorted(rows, key=lambda row: str(row["item_id"]))
    return {key: list(group) for key, group in groupby(ordered, key=lambda row: str(row["item_id"]))}


def _text(value: Value) -> str | None:
    return None if value is None else str(value)
