"""Packets, read. Whoever has a packet's location sees it."""

import asyncio
import json
from datetime import date, datetime, timedelta
from typing import TypeVar

from app_workers.handouts.models.packets import ExportedPacket, ListedPacket, Packet, PacketSearch
from ganger.clock import clinic_midnight, iso_utc
from ganger.db import Database, Row, Value, containing
from ganger.errors import NotFound
from ganger.scope import Scope

_FROM = """
    FROM generated_handouts AS packet
    JOIN locations AS places ON places.id = packet.location_id
    JOIN users AS author ON author.id = packet.generated_by
    WHERE packet.location_id IN ({marks})
"""
_OPENS = """
    (
        SELECT coalesce(SUM(link.open_count), 0) FROM handout_links AS link
        WHERE link.handout_id = packet.id AND link.location_id = packet.location_id
    ) AS opens
"""
_WHOLE = f"""
    SELECT packet.*, places.name AS location_name, places.phone AS location_phone,
        author.name AS generated_by_name, {_OPENS} {_FROM}
"""
_COLUMNS = f"""
    packet.id, places.name AS location_name, packet.is_general, packet.patient_mrn, packet.patient_name,
    packet.templates_json, packet.status, packet.qr_expires_at, packet.access_locked_until,
    author.name AS generated_by_name, packet.generated_at, packet.created_at, {_OPENS}
"""
_LISTED = f"SELECT {_COLUMNS} {_FROM}"
_EXPORTED = f"""
    SELECT {_COLUMNS}, packet.print_count,
        (
            SELECT COUNT(*) FROM delivery_tracking AS delivery
            WHERE delivery.handout_id = packet.id AND delivery.location_id = packet.location_id
                AND delivery.status IN ('sent', 'delivered')
        ) AS sent
    {_FROM}
"""  # noqa: S608 - the text is ours
_TOTAL = "SELECT COUNT(*) AS total" + _FROM
_NEWEST = " ORDER BY coalesce(packet.generated_at, packet.created_at) DESC, packet.id DESC LIMIT ? OFFSET ?"
_TODAY = " AND coalesce(packet.generated_at, packet.created_at) >= ?" + _NEWEST
# Each side of the OR names the location too, so that SQLite takes the index of each.
_ATTENTION = """
    AND packet.status = 'ready' AND packet.digital_allowed = 1 AND (
        packet.location_id IN ({marks}) AND packet.access_locked_until > ?
        OR packet.location_id IN ({marks}) AND packet.qr_expires_at BETWEEN ? AND ?
    ) ORDER BY packet.access_locked_until DESC, packet.qr_expires_at LIMIT 20
"""
_QUEUED = " AND packet.status = 'queued' ORDER BY packet.updated_at LIMIT ?"
_GIVERS = (
    "SELECT DISTINCT author.id, author.name"
    + _FROM
    + """
    AND coalesce(packet.generated_at, packet.created_at) >= ?
    AND coalesce(packet.generated_at, packet.created_at) < ? ORDER BY author.name, author.id
    """
)
_MOST_TODAY = 100
SOON = timedelta(days=3)
_Named = TypeVar("_Named", bound=ListedPacket)


async def find_packet(db: Database, scope: Scope, packet_id: str) -> Packet:
    """One packet.

    Raises:
        NotFound: there is none with this id at a location in scope.
    """
    row = await db.row(_WHOLE.format(marks=scope.marks) + "AND packet.id = ?", *scope.location_ids, packet_id)
    if row is None:
        raise NotFound("There is no such packet.")
    return packet_of(row)


async def packet_of_request(db: Database, scope: Scope, client_ref: str) -> Packet | None:
    """The packet that the person's own request of that reference began."""
    sql = _WHOLE.format(marks=scope.marks) + "AND packet.client_ref = ? AND packet.generated_by = ?"
    row = await db.row(sql, *scope.location_ids, client_ref, scope.person_id)
    return packet_of(row) if row else None


async def packets_since(db: Database, scope: Scope, day: date) -> list[ListedPacket]:
    """The packets of one clinic day and after, the newest first; at most 100."""
    sql = _LISTED.format(marks=scope.marks) + _TODAY
    rows = await db.rows(sql, *scope.location_ids, _first_instant(day), _MOST_TODAY, 0)
    return [_listed(row) for row in rows]


async def packets_to_look_at(db: Database, scope: Scope, now: datetime) -> list[ListedPacket]:
    """Packets that are locked, or whose code ends within three days."""
    at, here = iso_utc(now), scope.location_ids
    sql = (_LISTED + _ATTENTION).format(marks=scope.marks)
    rows = await db.rows(sql, *here, *here, at, *here, at, iso_utc(now + SOON))
    return [_listed(row) for row in rows]


async def queued_packets(db: Database, scope: Scope, limit: int) -> list[Packet]:
    """The packets whose PDF is being made, the longest waiting first."""
    sql = _WHOLE.format(marks=scope.marks) + _QUEUED
    return [packet_of(row) for row in await db.rows(sql, *scope.location_ids, limit)]


async def search_packets(
    db: Database, scope: Scope, asked: PacketSearch, first: date, last: date
) -> tuple[list[ListedPacket], int]:
    """One page of what a search finds in these clinic days, the newest first, and how many in all."""
    where, more = _found(asked, first, last)
    values = [*scope.location_ids, *more]
    start = (asked.page - 1) * asked.limit
    rows, totals = await asyncio.gather(
        db.rows(_LISTED.format(marks=scope.marks) + where + _NEWEST, *values, asked.limit, start),
        db.rows(_TOTAL.format(marks=scope.marks) + where, *values),
    )
    return [_listed(row) for row in rows], int(totals[0]["total"] or 0)


async def packets_to_export(
    db: Database, scope: Scope, asked: PacketSearch, first: date, last: date, limit: int
) -> list[ExportedPacket]:
    """What a search finds in these clinic days, the newest first: so many at most."""
    where, more = _found(asked, first, last)
    sql = _EXPORTED.format(marks=scope.marks) + where + _NEWEST
    rows = await db.rows(sql, *scope.location_ids, *more, limit, 0)
    return [_with_names(ExportedPacket, row) for row in rows]


async def givers_within(db: Database, scope: Scope, first: date, last: date) -> dict[str, str]:
    """Who began or gave out packets in these clinic days: names by id, in the order of names."""
    days = (_first_instant(first), _first_instant(last + timedelta(days=1)))
    rows = await db.rows(_GIVERS.format(marks=scope.marks), *scope.location_ids, *days)
    return {str(row["id"]): str(row["name"]) for row in rows}


def packet_of(row: Row) -> Packet:
    """A row with the names that belong to it as a record."""
    read = {
        "templates": json.loads(str(row["templates_json"])),
        "answers": json.loads(str(row["answers_json"])),
        "rendered": json.loads(str(row["rendered_json"] or "[]")),
    }
    return Packet.model_validate({name: row[name] for name in Packet.model_fields if name not in read} | read)


def _listed(row: Row) -> ListedPacket:
    return _with_names(ListedPacket, row)


def _with_names(model: type[_Named], row: Row) -> _Named:
    names = [each["name"] for each in json.loads(str(row["templates_json"]))]
    plain = {name: row[name] for name in model.model_fields if name != "template_names"}
    return model.model_validate(plain | {"template_names": names})


def _found(asked: PacketSearch, first: date, last: date) -> tuple[str, list[Value]]:
    """The conditions of a search in these clinic days, and their values."""
    conditions: dict[str, tuple[Value, ...]] = {
        "coalesce(packet.generated_at, packet.created_at) >= ?": (_first_instant(first),),
        "coalesce(packet.generated_at, packet.created_at) < ?": (_first_instant(last + timedelta(days=1)),),
    }
    if asked.mrn:
        conditions["packet.patient_mrn = ?"] = (asked.mrn,)
    if asked.name:
        conditions["packet.patient_name LIKE ? ESCAPE '\\'"] = (containing(asked.name),)
    if asked.status:
        conditions["packet.status = ?"] = (asked.status.value,)
    if asked.template:
        conditions["packet.templates_json LIKE ? ESCAPE '\\'"] = (containing(asked.template),)
    if asked.generated_by:
        conditions["packet.generated_by = ?"] = (asked.generated_by,)
    where = "".join(f" AND {condition}" for condition in conditions)
    return where, [value for each in conditions.values() for value in each]


def _first_instant(day: date) -> str:
    return iso_utc(clinic_midnight(day))
