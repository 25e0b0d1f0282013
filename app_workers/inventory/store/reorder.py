"""What a location is short of, with what is on its way to it, and what it used."""

import asyncio
import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from app_workers.inventory.domain.reorder import HISTORY_DAYS, suggestion
from app_workers.inventory.domain.reorder_digest import mail_text, subject_of
from app_workers.inventory.models.mails import MailKind, NewMail
from app_workers.inventory.models.reorder import History, Shortage, Suggestion
from app_workers.inventory.store.coming import INBOUND, ON_ORDER
from app_workers.inventory.store.levels import level_values, levels_in
from app_workers.inventory.store.mails import mail_statements
from app_workers.inventory.store.rows import record
from app_workers.inventory.store.settings import settings_at
from app_workers.inventory.store.vendors import offers_in_force
from ganger.audit import Actor
from ganger.clock import clinic_date, clinic_midnight, iso_utc
from ganger.db import Database, Statement
from ganger.notifications import Notice, managers_at, notify
from ganger.scope import Scope

_SHORT = """
    SELECT level.item_id, item.name AS item_name, item.sku, item.stock_unit, level.usable,
        level.reorder_point, level.par_level,
        ({on_order}) AS on_order, ({inbound}) AS inbound
    FROM ({levels}) AS level JOIN inventory_items AS item ON item.id = level.item_id
    WHERE item.status = 'active' AND level.par_level > 0 AND level.usable <= level.reorder_point
    ORDER BY item.name, item.id
"""
_HISTORY = """
    SELECT item_id, MIN(created_at) AS first_at, COALESCE(SUM(-quantity_change) FILTER (
        WHERE movement_type IN ('usage', 'waste') AND created_at >= ?
    ), 0) AS used
    FROM stock_movements
    WHERE item_id IN (SELECT value FROM json_each(?)) AND location_id IN ({marks})
    GROUP BY item_id
"""


async def suggestions_at(db: Database, place: Scope, today: date) -> list[Suggestion]:
    """What is to be bought for the one location of `place`, by item."""
    sql = _SHORT.format(levels=levels_in(place), on_order=ON_ORDER, inbound=INBOUND)
    rows = await db.rows(sql, *level_values(place, today))
    short = [record(Shortage, row) for row in rows]
    ids = [each.item_id for each in short]
    offers, histories = await asyncio.gather(offers_in_force(db, ids), _histories(db, place, ids, today))
    none = History(used=0, days=0)
    found = (
        suggestion(each, offers.get(each.item_id, []), histories.get(each.item_id, none)) for each in short
    )
    return [each for each in found if each is not None]


async def reorder_notices(db: Database, scope: Scope, actor: Actor) -> list[Statement]:
    """A notice to the managers of each location in scope for which something is to be bought, once a day.

    Whoever the location has set to get digests finds a copy in the mail.
    """
    notices, at = list[Statement](), actor.at
    for location in scope.locations:
        place = scope.at(location.id)
        found = await suggestions_at(db, place, clinic_date(at))
        if found:
            title = subject_of(location.name, found)
            notice = Notice("inventory", title, f"/inventory/reorder?location_id={location.id}")
            managers = managers_at([location.id])
            notices.append(notify(at, notice, managers, quiet_since=at - timedelta(days=1)))
            notices += await _copy(db, place, actor, found)
    return notices


async def _copy(db: Database, place: Scope, actor: Actor, found: Sequence[Suggestion]) -> list[Statement]:
    copy_to = (await settings_at(db, place)).alerts_email
    if not copy_to:
        return []
    (location,) = place.locations
    mail = NewMail(
        kind=MailKind.REORDER_DIGEST,
        reference_id=clinic_date(actor.at).isoformat(),
        number=1,
        recipients=(copy_to,),
        subject=subject_of(location.name, found),
        text=mail_text(location.name, found),
    )
    return mail_statements(place, actor, mail)


async def _histories(db: Database, place: Scope, ids: list[str], today: date) -> dict[str, History]:
    since = iso_utc(clinic_midnight(today - timedelta(days=HISTORY_DAYS)))
    rows = await db.rows(_HISTORY.format(marks=place.marks), since, json.dumps(ids), *place.location_ids)
    return {
        str(row["item_id"]): History(
            used=int(row["used"] or 0), days=min(HISTORY_DAYS, _days_since(str(row["first_at"]), today))
        )
        for row in rows
    }


def _days_since(instant: str, today: date) -> int:
    return (today - clinic_date(datetime.fromisoformat(instant))).days
