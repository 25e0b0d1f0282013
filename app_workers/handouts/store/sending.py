"""Deliveries by message: asked for, tried, and what became of them. Each change is one batch."""

from collections.abc import Mapping
from datetime import datetime

from app_workers.handouts.domain.delivering import MAX_SENDS, SENDS_WITHIN
from app_workers.handouts.models.deliveries import DeliveryStart, DeliveryStatus, Underway
from app_workers.handouts.models.outside import NewLink
from app_workers.handouts.models.packets import Packet
from ganger.audit import Actor, audit_row
from ganger.clock import iso_utc
from ganger.db import Database, ExpectationFailed, Row, Statement, Value, expect, insert
from ganger.errors import NotFound
from ganger.ids import new_id
from ganger.scope import Scope

_UNDERWAY = """
    SELECT delivery.id, delivery.handout_id, delivery.location_id, delivery.channel, delivery.destination,
        delivery.status, delivery.attempts, delivery.hub_message_id, packet.patient_mrn, delivery.created_at
    FROM delivery_tracking AS delivery
    JOIN generated_handouts AS packet ON packet.id = delivery.handout_id
    WHERE delivery.location_id IN ({marks}) AND packet.location_id IN ({marks})
        AND delivery.channel <> 'print'
"""
_ONE = _UNDERWAY + " AND delivery.id = ?"
_DUE = (
    _UNDERWAY
    + """
    AND delivery.status IN ('queued', 'sent') AND delivery.next_attempt_at <= ?
    ORDER BY delivery.next_attempt_at LIMIT ?
    """
)
_FEW = """
    (SELECT COUNT(*) FROM delivery_tracking
     WHERE handout_id = ? AND channel = ? AND created_at > ? AND location_id IN ({marks})) < ?
"""
_READY = "SELECT status = 'ready' FROM generated_handouts WHERE id = ? AND location_id IN ({marks})"
_AS_READ = """
    SELECT status = ? AND attempts = ? FROM delivery_tracking WHERE id = ? AND location_id IN ({marks})
"""
_SET = "UPDATE delivery_tracking SET {columns}, updated_at = ? WHERE id = ? AND location_id IN ({marks})"
_END_OTHERS = """
    UPDATE handout_links SET revoked_at = ?1, updated_at = ?1
    WHERE handout_id = ?2 AND channel = ?3 AND delivery_id IS NOT ?4 AND revoked_at IS NULL
        AND location_id IN ({marks})
"""
_STANDS = """
    SELECT EXISTS (
        SELECT 1 FROM handout_links WHERE delivery_id = ? AND revoked_at IS NULL AND location_id IN ({marks})
    )
"""
_END_OWN = """
    UPDATE handout_links SET revoked_at = ?1, updated_at = ?1
    WHERE delivery_id = ?2 AND revoked_at IS NULL AND location_id IN ({marks})
"""


async def find_underway(db: Database, scope: Scope, delivery_id: str) -> Underway:
    """One delivery by message.

    Raises:
        NotFound: there is none with this id at a location in scope.
    """
    here = scope.location_ids
    row = await db.row(_ONE.format(marks=scope.marks), *here, *here, delivery_id)
    if row is None:
        raise NotFound("There is no such delivery.")
    return _underway(row)


async def due(db: Database, scope: Scope, now: datetime, limit: int) -> list[Underway]:
    """The deliveries to be tried or asked after now, the longest due first."""
    here = scope.location_ids
    rows = await db.rows(_DUE.format(marks=scope.marks), *here, *here, iso_utc(now), limit)
    return [_underway(row) for row in rows]


async def add_delivery(
    db: Database, scope: Scope, actor: Actor, packet: Packet, asked: DeliveryStart, source: str
) -> Underway | None:
    """Write down that a packet is to be sent; None if it was sent too often, or is not ready any more.

    Args:
        source: `ehr` where the destination is the record system's, else `updated`.
    """
    (place,) = scope.at(packet.location_id).location_ids
    delivery_id, here = new_id(actor.at), scope.location_ids
    recent = (packet.id, asked.channel.value, iso_utc(actor.at - SENDS_WITHIN), *here)
    method = asked.consent.method.value if asked.consent else "recorded"
    told = {"channel": asked.channel.value, "consent": method}
    try:
        await db.batch(
            [
                expect("few sends", _FEW.format(marks=scope.marks), *recent, MAX_SENDS),
                expect("packet ready", _READY.format(marks=scope.marks), packet.id, *here),
                insert("delivery_tracking", _queued(actor, delivery_id, packet, asked, source)),
                audit_row(actor, "handouts:send-packet", "handout", packet.id, place, told),
            ]
        )
    except ExpectationFailed:
        return None
    return await find_underway(db, scope, delivery_id)


def _queued(
    actor: Actor, delivery_id: str, packet: Packet, asked: DeliveryStart, source: str
) -> dict[str, Value]:
    at = iso_utc(actor.at)
    return {
        "id": delivery_id,
        "handout_id": packet.id,
        "location_id": packet.location_id,
        "channel": asked.channel.value,
        "destination": asked.destination,
        "contact_source": source,
        "status": DeliveryStatus.QUEUED.value,
        "next_attempt_at": at,
        "requested_by": actor.user_id,
        "created_at": at,
        "updated_at": at,
    }


async def begin_try(
    db: Database, scope: Scope, actor: Actor, delivery: Underway, link: NewLink, again_at: datetime | None
) -> bool:
    """Count a try and make its link, which ends earlier ones of the channel; False if somebody else tries it.

    A try whose answer is lost may have been taken, so the links of earlier tries of the same delivery stay.
    """
    at, here = iso_utc(actor.at), scope.location_ids
    columns: dict[str, Value] = {
        "id": new_id(actor.at),
        "handout_id": delivery.handout_id,
        "location_id": delivery.location_id,
        "delivery_id": delivery.id,
        "channel": link.channel,
        "token_hash": link.token_hash,
        "expires_at": iso_utc(link.expires_at),
        "max_opens": link.max_opens,
        "created_at": at,
        "updated_at": at,
    }
    others = (at, delivery.handout_id, link.channel, delivery.id, *here)
    counted: dict[str, Value] = {
        "attempts": delivery.attempts + 1,
        "next_attempt_at": iso_utc(again_at or actor.at),
    }
    try:
        await db.batch(
            [
                _as_read(scope, delivery),
                _set(scope, actor, delivery, counted),
                Statement(_END_OTHERS.format(marks=_numbered(scope, 5)), others),
                insert("handout_links", columns),
            ]
        )
    except ExpectationFailed:
        return False
    return True


async def change_delivery(
    db: Database,
    scope: Scope,
    actor: Actor,
    delivery: Underway,
    columns: Mapping[str, Value],
    ends_link: bool,
) -> bool:
    """Write down what became of a delivery; False if somebody else has just done so."""
    statements = [_as_read(scope, delivery), _set(scope, actor, delivery, columns)]
    if ends_link:
        at = iso_utc(actor.at)
        ended = Statement(_END_OWN.format(marks=_numbered(scope, 3)), (at, delivery.id, *scope.location_ids))
        statements.append(ended)
    status = columns.get("status")
    if status is not None:
        told = {"channel": delivery.channel.value, "status": [delivery.status.value, status]}
        statements.append(
            audit_row(actor, "handouts:delivery", "handout", delivery.handout_id, delivery.location_id, told)
        )
    try:
        await db.batch(statements)
    except ExpectationFailed:
        return False
    return True


async def revoke_link(db: Database, scope: Scope, actor: Actor, delivery: Underway) -> bool:
    """Let the link of one delivery open nothing any more; False if none of it opens anything."""
    at, here = iso_utc(actor.at), scope.location_ids
    told = {"channel": delivery.channel.value}
    record = (delivery.handout_id, delivery.location_id)
    statements = [
        expect("link stands", _STANDS.format(marks=scope.marks), delivery.id, *here),
        Statement(_END_OWN.format(marks=_numbered(scope, 3)), (at, delivery.id, *here)),
        audit_row(actor, "handouts:revoke-link", "handout", *record, told),
    ]
    try:
        await db.batch(statements)
    except ExpectationFailed:
        return False
    return True


def _underway(row: Row) -> Underway:
    return Underway.model_validate(row)


def _numbered(scope: Scope, first: int) -> str:
    """Numbered marks for the locations, where a statement numbers its others too."""
    return ", ".join(f"?{number}" for number in range(first, first + len(scope.location_ids)))


def _as_read(scope: Scope, delivery: Underway) -> Statement:
    sql = _AS_READ.format(marks=scope.marks)
    values = (delivery.status.value, delivery.attempts, delivery.id, *scope.location_ids)
    return expect("delivery as read", sql, *values)


def _set(scope: Scope, actor: Actor, delivery: Underway, columns: Mapping[str, Value]) -> Statement:
    names = ", ".join(f"{name} = ?" for name in columns)
    values = (*columns.values(), iso_utc(actor.at), delivery.id, *scope.location_ids)
    return Statement(_SET.format(columns=names, marks=scope.marks), values)
