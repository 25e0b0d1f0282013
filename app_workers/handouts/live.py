"""What viewers of a packet, and of a location's packets, are told: to look again, and no more."""

from datetime import datetime

from ganger.clock import epoch_ms
from ganger.live_rules import Change, Live

_PACKET, _LOCATION = "handouts.packet.", "handouts.location."


def packet_topic(packet_id: str) -> str:
    """What viewers of one packet hear."""
    return _PACKET + packet_id


def location_topic(location_id: str) -> str:
    """What viewers of a location's packets hear."""
    return _LOCATION + location_id


def packet_of(topic: str) -> str | None:
    """The packet that a topic is about, if it is about one."""
    return topic.removeprefix(_PACKET) if topic.startswith(_PACKET) else None


def location_of(topic: str) -> str:
    """The location that a topic is about; empty for a topic that is about none."""
    return topic.removeprefix(_LOCATION) if topic.startswith(_LOCATION) else ""


def tell_packet(live: Live, packet_id: str, location_id: str, at: datetime) -> None:
    """Tell the viewers of a packet and those of its location to look again."""
    change = Change(f"packet.{packet_id}", epoch_ms(at), {})
    live.publish(packet_topic(packet_id), change)
    live.publish(location_topic(location_id), change)
