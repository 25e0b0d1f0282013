"""Deliveries of a packet: on paper, by text message, by e-mail."""

from app_workers.handouts.models.deliveries import Delivery
from app_workers.handouts.models.packets import Packet
from ganger.audit import Actor
from ganger.clock import iso_utc
from ganger.db import Database, Statement, insert
from ganger.ids import new_id
from ganger.scope import Scope

_OF_PACKET = """
    SELECT delivery.id, delivery.handout_id, delivery.channel, delivery.destination, delivery.status,
        delivery.attempts, delivery.failure_code, delivery.sent_at, delivery.delivered_at,
        delivery.opened_at,
        EXISTS (
            SELECT 1 FROM handout_links AS link
            WHERE link.delivery_id = delivery.id AND link.revoked_at IS NULL
                AND link.location_id = delivery.location_id
        ) AS has_link,
        person.name AS requested_by_name, delivery.created_at
    FROM delivery_tracking AS delivery JOIN users AS person ON person.id = delivery.requested_by
    WHERE delivery.handout_id = ? AND delivery.location_id IN ({marks})
    ORDER BY delivery.created_at DESC, delivery.id DESC LIMIT 100
"""
_WAITING = """
    SELECT hub_message_id FROM delivery_tracking
    WHERE handout_id = ? AND status = 'queued' AND hub_message_id IS NOT NULL AND location_id IN ({marks})
"""


async def deliveries_of(db: Database, scope: Scope, packet_id: str) -> list[Delivery]:
    """The deliveries of a packet, the newest first; at most 100."""
    rows = await db.rows(_OF_PACKET.format(marks=scope.marks), packet_id, *scope.location_ids)
    return [Delivery.model_validate(row) for row in rows]


async def waiting_messages(db: Database, scope: Scope, packet_id: str) -> list[str]:
    """The hub's ids of a packet's messages that were not sent yet."""
    rows = await db.rows(_WAITING.format(marks=scope.marks), packet_id, *scope.location_ids)
    return [str(row["hub_message_id"]) for row in rows]


def printed(scope: Scope, actor: Actor, packet: Packet) -> Statement:
    """The row of a packet at a location in scope that was printed."""
    (place,) = scope.at(packet.location_id).location_ids
    at = iso_utc(actor.at)
    return insert(
        "delivery_tracking",
        {
            "id": new_id(actor.at),
            "handout_id": packet.id,
            "location_id": place,
            "channel": "print",
            "status": "printed",
            "requested_by": actor.user_id,
            "created_at": at,
            "updated_at": at,
        },
    )
