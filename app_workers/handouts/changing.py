"""Changing a packet, whoever does: the batch, and then those who look at it are told."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from app_workers.handouts.live import tell_packet
from app_workers.handouts.models.packets import Packet
from app_workers.handouts.store import packet_writes
from ganger.audit import Actor
from ganger.context import Services
from ganger.db import Database, Statement, Value
from ganger.errors import VersionConflict
from ganger.rpc import A, Method, R, Refusal
from ganger.scope import Scope


class Caller(Protocol):
    """A request or a job, as far as it asks other workers and writes."""

    @property
    def db(self) -> Database:
        """The platform's database."""
        ...

    @property
    def services(self) -> Services:
        """What the runtime lends the worker."""
        ...

    @property
    def actor(self) -> Actor:
        """Who acts."""
        ...

    async def call(self, method: Method[A, R], asked: A) -> R | Refusal:
        """Ask another worker."""
        ...


async def change_packet(
    caller: Caller,
    scope: Scope,
    packet: Packet,
    action: str,
    columns: Mapping[str, Value],
    told: Mapping[str, object],
    more: Sequence[Statement] = (),
) -> Packet | VersionConflict:
    """Change columns of a packet that is as it was read; see `packet_writes.change`."""
    outcome = await packet_writes.change(caller.db, scope, caller.actor, packet, action, columns, told, more)
    if isinstance(outcome, Packet):
        tell_packet(caller.services.topics, packet.id, packet.location_id, caller.actor.at)
    return outcome
