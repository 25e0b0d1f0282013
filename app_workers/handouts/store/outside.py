"""What codes and links reach without anybody being signed in: one packet, by what only its holder knows.

A packet that is no longer as it was read changes nothing: every batch says what it relied on.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from app_workers.handouts.domain.access import LOCKED_FOR, Barred, LinkFacts, locks
from app_workers.handouts.domain.tries import LIMITS, WITHIN, Try
from app_workers.handouts.models.outside import NewLink, OutsideLink, OutsidePacket
from ganger.audit import Actor, audit_row
from ganger.clock import iso_utc
from ganger.db import Database, ExpectationFailed, Row, Statement, Value, expect, insert
from ganger.ids import new_id

_PACKET = """
    p.id, p.location_id, p.is_general, p.patient_dob, p.status, p.failed_checks, p.access_locked_until,
    p.qr_expires_at, p.rendered_json, files.object_key, places.name AS location_name, places.phone
"""
_BY_CODE = f"""
    SELECT {_PACKET} FROM generated_handouts AS p JOIN locations AS places ON places.id = p.location_id
    LEFT JOIN file_uploads AS files ON files.id = p.pdf_upload_id
    WHERE p.qr_code = ? AND p.status IN ('ready', 'revoked')
"""  # noqa: S608 - the columns are ours
_BY_TOKEN = f"""
    SELECT l.id AS link_id, l.channel, l.expires_at, l.revoked_at, l.open_count, l.max_opens, {_PACKET}
    FROM handout_links AS l
    JOIN generated_handouts AS p ON p.id = l.handout_id
    JOIN locations AS places ON places.id = p.location_id
    LEFT JOIN file_uploads AS files ON files.id = p.pdf_upload_id
    WHERE l.token_hash = ? AND p.status IN ('ready', 'revoked')
"""  # noqa: S608
_FORGET = "DELETE FROM handout_tries WHERE tried_at < ?"
_FEW = "(SELECT COUNT(*) FROM handout_tries WHERE caller = ? AND kind = ? AND tried_at >= ?) < ?"
_STANDS = """
    SELECT failed_checks = ? AND status = 'ready' AND coalesce(access_locked_until, '') <= ?
    FROM generated_handouts WHERE id = ?
"""
_AS_READ = "SELECT open_count = ? AND revoked_at IS NULL FROM handout_links WHERE id = ?"
_SCANNED = "UPDATE generated_handouts SET qr_scan_count = qr_scan_count + 1, updated_at = ? WHERE id = ?"
_OPENED = """
    UPDATE handout_links
    SET open_count = open_count + 1, first_opened_at = coalesce(first_opened_at, ?1), last_opened_at = ?1,
        updated_at = ?1
    WHERE id = ?2
"""
_PACKET_OPENED = """
    UPDATE generated_handouts
    SET failed_checks = 0, access_locked_until = NULL, first_opened_at = coalesce(first_opened_at, ?1),
        updated_at = ?1
    WHERE id = ?2
"""
_DELIVERY_OPENED = """
    UPDATE delivery_tracking SET opened_at = ?1, updated_at = ?1
    WHERE opened_at IS NULL AND id = (SELECT delivery_id FROM handout_links WHERE id = ?2)
"""
_CHECKED = """
    UPDATE generated_handouts SET failed_checks = ?, access_locked_until = ?, updated_at = ? WHERE id = ?
"""


async def count_try(db: Database, actor: Actor, what: Try, at_most: Sequence[Try]) -> bool:
    """Count one try of a caller, whom the actor's address stands for.

    Args:
        at_most: of these kinds there must be fewer than their limits until now; else nothing is counted.
    Returns:
        Whether the caller may go on.
    """
    at, since = iso_utc(actor.at), iso_utc(actor.at - WITHIN)
    caller = actor.ip_address or ""
    limits = [expect(f"few {kind.value}", _FEW, caller, kind.value, since, LIMITS[kind]) for kind in at_most]
    tried = insert("handout_tries", {"caller": caller, "kind": what.value, "tried_at": at})
    try:
        await db.batch([Statement(_FORGET, (since,)), *limits, tried])
    except ExpectationFailed:
        return False
    return True


async def packet_of_code(db: Database, code: str) -> OutsidePacket | None:
    """The packet that bears this code; one whose PDF is not made yet, or never was, counts as none."""
    row = await db.row(_BY_CODE, code)
    return _packet(row) if row else None


async def link_of(db: Database, token_hash: str) -> OutsideLink | None:
    """The link of a token."""
    row = await db.row(_BY_TOKEN, token_hash)
    if row is None:
        return None
    facts = LinkFacts(
        datetime.fromisoformat(str(row["expires_at"])),
        row["revoked_at"] is not None,
        int(row["open_count"] or 0),
        int(row["max_opens"] or 0),
    )
    return OutsideLink(str(row["link_id"]), str(row["channel"]), facts, _packet(row))


async def scan(db: Database, actor: Actor, packet: OutsidePacket, link: NewLink) -> bool:
    """Count a scan of a code and make the link that it leads to; False if the packet changed meanwhile."""
    at = iso_utc(actor.at)
    columns: dict[str, Value] = {
        "id": new_id(actor.at),
        "handout_id": packet.id,
        "location_id": packet.location_id,
        "channel": link.channel,
        "token_hash": link.token_hash,
        "expires_at": iso_utc(link.expires_at),
        "max_opens": link.max_opens,
        "created_at": at,
        "updated_at": at,
    }
    return await _done(
        db,
        [
            _stands(packet, actor),
            Statement(_SCANNED, (at, packet.id)),
            insert("handout_links", columns),
            _audit(actor, "handouts:scan", packet, {"channel": link.channel}),
        ],
    )


async def open_link(db: Database, actor: Actor, link: OutsideLink) -> bool:
    """Count an open of a link, which forgives wrong dates; False if link or packet changed meanwhile."""
    at = iso_utc(actor.at)
    return await _done(
        db,
        [
            _stands(link.packet, actor),
            expect("link as read", _AS_READ, link.facts.open_count, link.id),
            Statement(_OPENED, (at, link.id)),
            Statement(_DELIVERY_OPENED, (at, link.id)),
            Statement(_PACKET_OPENED, (at, link.packet.id)),
            _audit(actor, "handouts:open", link.packet, {"channel": link.channel}),
        ],
    )


async def count_wrong_date(db: Database, actor: Actor, link: OutsideLink) -> int | None:
    """Count a wrong date of birth; the one that locks the packet begins the count anew.

    Returns:
        How many were wrong in a row with this one, or None if the packet changed meanwhile.
    """
    at, packet = iso_utc(actor.at), link.packet
    failed = packet.failed_checks + 1
    is_locked = locks(failed)
    until = iso_utc(actor.at + LOCKED_FOR) if is_locked else None
    action = "handouts:lock" if is_locked else "handouts:failed-check"
    is_counted = await _done(
        db,
        [
            _stands(packet, actor),
            Statement(_CHECKED, (0 if is_locked else failed, until, at, packet.id)),
            _audit(actor, action, packet, {"channel": link.channel, "failed_checks": failed}),
        ],
    )
    return failed if is_counted else None


async def note_refused(db: Database, actor: Actor, packet: OutsidePacket, door: str) -> None:
    """Write down that a code was scanned that opens nothing now."""
    await db.batch([_audit(actor, "handouts:refused", packet, {"door": door})])


async def note_read(db: Database, actor: Actor, link: OutsideLink, what: str) -> None:
    """Write down that somebody who opened a link reads on; `what` is `page` or `pdf`."""
    fields = {"channel": link.channel, "what": what}
    await db.batch([_audit(actor, "handouts:read", link.packet, fields)])


async def forget_tries(db: Database, before: datetime) -> None:
    """Drop tries that no limit counts any more."""
    await db.batch([Statement(_FORGET, (iso_utc(before),))])


async def _done(db: Database, statements: Sequence[Statement]) -> bool:
    try:
        await db.batch(statements)
    except ExpectationFailed:
        return False
    return True


def _stands(packet: OutsidePacket, actor: Actor) -> Statement:
    return expect("packet as read", _STANDS, packet.failed_checks, iso_utc(actor.at), packet.id)


def _audit(actor: Actor, action: str, packet: OutsidePacket, fields: Mapping[str, object]) -> Statement:
    return audit_row(actor, action, "handout", packet.id, packet.location_id, fields)


def _packet(row: Row) -> OutsidePacket:
    ends, locked = row["qr_expires_at"], row["access_locked_until"]
    birth_date = row["patient_dob"]
    return OutsidePacket(
        id=str(row["id"]),
        location_id=str(row["location_id"]),
        is_general=bool(row["is_general"]),
        birth_date=str(birth_date) if birth_date else None,
        failed_checks=int(row["failed_checks"] or 0),
        barred=Barred(row["status"] == "revoked", _instant(locked)),
        code_expires_at=_instant(ends),
        rendered_json=str(row["rendered_json"] or "[]"),
        pdf_key=str(row["object_key"]) if row["object_key"] else None,
        location_name=str(row["location_name"]),
        location_phone=str(row["phone"]),
    )


def _instant(value: Value) -> datetime | None:
    return datetime.fromisoformat(str(value)) if value else None
