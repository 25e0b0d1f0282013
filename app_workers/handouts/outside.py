"""What the patient site is answered: codes and links, the date of birth, the packet.

An unknown, an expired, a revoked and a locked code take as many steps through the database, so that nobody
learns from the time of an answer more than from the answer.
"""

import hmac
import json
import secrets
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from app_workers.handouts.domain import access, links
from app_workers.handouts.domain.tries import Try
from app_workers.handouts.live import tell_packet
from app_workers.handouts.models.outside import NewLink, OutsideLink, OutsidePacket
from app_workers.handouts.store import outside as store
from ganger.audit import Actor
from ganger.contracts.handouts_public import (
    Checked,
    CodeAsked,
    DateTyped,
    LinkAsked,
    Nothing,
    PdfSight,
    Sight,
    Way,
)
from ganger.db import Database
from ganger.objects import FilesUnavailable
from ganger.rpc_serving import Call
from ganger.tokens import KeyRing, seal, unseal

PATIENT = "patient"  # the user id in the audit log of whoever is not signed in
_PROOF, _ADDRESS = "handouts-view", b"handouts-address."
_TURNS = 5  # others may change the packet between reading and writing; each turn one of them got through


@dataclass(frozen=True, slots=True)
class Outside:
    """The answers; `ring` gives the keys of this worker, which are known only while a call runs."""

    ring: Callable[[], KeyRing]

    async def count_call(self, call: Call, _: Nothing) -> Way:
        """Count that a code was typed, before it is looked at."""
        return Way("open" if await _may_try_code(call.db, self._visitor(call)) else "limited")

    async def open_code(self, call: Call, asked: CodeAsked) -> Way:
        """Lead a scanned or typed code to a link of its own."""
        actor = self._visitor(call)
        if not await _may_try_code(call.db, actor):
            return Way("limited")
        token = links.token_of(secrets.token_bytes(links.TOKEN_BYTES))
        link = NewLink(links.token_hash(token), "qr", actor.at + links.SCAN_LASTS, links.SCAN_OPENS)
        for _ in range(_TURNS):
            packet = await store.packet_of_code(call.db, asked.code)
            if packet is None or packet.code_expires_at is None:
                await store.count_try(call.db, actor, Try.UNKNOWN, ())
                return Way("unknown")
            door = access.code_door(packet.barred, packet.code_expires_at, actor.at)
            if door != "open":
                await store.note_refused(call.db, actor, packet, door)
                return Way(door)
            if await store.scan(call.db, actor, packet, link):
                _tell(call, packet)
                return Way("open", token)
        return Way("locked")

    async def read(self, call: Call, asked: LinkAsked) -> Sight:
        """Show a packet to who has opened the link; a general one is opened by looking at it."""
        actor = self._visitor(call)
        for _ in range(_TURNS):
            link = await store.link_of(call.db, links.token_hash(asked.token))
            if link is None:
                return Sight("unknown")
            is_proven = self._is_proven(asked.proof, link, actor.at)
            door = access.link_door(link.packet.barred, link.facts, is_proven, actor.at)
            if door != "open":
                return Sight(door)
            if is_proven:
                await store.note_read(call.db, actor, link, "page")
                return _sight(link)
            if not link.packet.is_general:
                return Sight("open")
            if await store.open_link(call.db, actor, link):
                _tell(call, link.packet)
                return _sight(link, self._proof(link, actor.at))
        return Sight("locked")

    async def read_pdf(self, call: Call, asked: LinkAsked) -> PdfSight:
        """The PDF of a packet, for who has opened the link."""
        actor = self._visitor(call)
        link = await store.link_of(call.db, links.token_hash(asked.token))
        if link is None:
            return PdfSight("unknown")
        is_proven = self._is_proven(asked.proof, link, actor.at)
        door = access.link_door(link.packet.barred, link.facts, is_proven, actor.at)
        if door != "open" or not is_proven:
            return PdfSight(door, asks=not link.packet.is_general)
        if link.packet.pdf_key is None:
            return PdfSight("unknown")
        await store.note_read(call.db, actor, link, "pdf")
        content = await _file(call, link.packet.pdf_key)
        return PdfSight("open", b64encode(content).decode())

    async def check_birth_date(self, call: Call, asked: DateTyped) -> Checked:
        """Compare a date of birth with the patient's."""
        actor = self._visitor(call)
        if not await store.count_try(call.db, actor, Try.BIRTH_DATE, (Try.BIRTH_DATE,)):
            return Checked("limited")
        for _ in range(_TURNS):
            link = await store.link_of(call.db, links.token_hash(asked.token))
            if link is None or link.packet.is_general:
                return Checked("unknown")
            door = access.link_door(link.packet.barred, link.facts, False, actor.at)
            if door != "open":
                return Checked(door)
            typed = access.read_birth_date(asked.typed)
            if typed is None:
                return Checked("open")
            answer = await self._compared(call.db, actor, link, typed.isoformat())
            if answer is not None:
                _tell(call, link.packet)
                return answer
        return Checked("locked")

    async def _compared(self, db: Database, actor: Actor, link: OutsideLink, typed: str) -> Checked | None:
        if hmac.compare_digest(typed.encode(), (link.packet.birth_date or "").encode()):
            is_open = await store.open_link(db, actor, link)
            return Checked("open", proof=self._proof(link, actor.at)) if is_open else None
        failed = await store.count_wrong_date(db, actor, link)
        if failed is None:
            return None
        return (
            Checked("locked")
            if access.locks(failed)
            else Checked("open", tries_left=access.tries_left(failed))
        )

    def _visitor(self, call: Call) -> Actor:
        """Who asks, as the audit log has them: a patient at an address of which a keyed hash is kept."""
        key = next(iter(self.ring().keys.values()))
        address = hmac.digest(key, _ADDRESS + (call.actor.ip_address or "").encode(), "sha256").hex()
        return replace(call.actor, user_id=PATIENT, ip_address=address)

    def _proof(self, link: OutsideLink, at: datetime) -> str:
        return seal(
            self.ring(), _PROOF, {"link": link.id, "until": int((at + access.PROOF_LASTS).timestamp())}
        )

    def _is_proven(self, proof: str, link: OutsideLink, at: datetime) -> bool:
        claims = unseal(self.ring(), _PROOF, proof) or {}
        until = claims.get("until")
        return claims.get("link") == link.id and isinstance(until, int) and at.timestamp() <= until


def _tell(call: Call, packet: OutsidePacket) -> None:
    tell_packet(call.services.topics, packet.id, packet.location_id, call.actor.at)


async def _file(call: Call, key: str) -> bytes:
    if call.services.objects is None:
        raise FilesUnavailable("This worker keeps no files.")
    return await call.services.objects.read(key)


def _sight(link: OutsideLink, proof: str | None = None) -> Sight:
    packet = link.packet
    shown = {
        "location": packet.location_name,
        "phone": packet.location_phone,
        "documents": json.loads(packet.rendered_json),
    }
    return Sight("open", json.dumps(shown), packet.pdf_key is not None, proof)


async def _may_try_code(db: Database, actor: Actor) -> bool:
    return await store.count_try(db, actor, Try.CODE, (Try.CODE, Try.UNKNOWN))
