"""Changes of packets: each one batch, with its audit row and with what it relied on. No PHI in audit rows."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from app_workers.handouts.models.packets import (
    Packet,
    PacketEdit,
    PacketStart,
    PatientSource,
    UsedTemplate,
)
from app_workers.handouts.models.patients import KnownPatient
from app_workers.handouts.store.packets import find_packet, packet_of_request
from ganger.audit import Actor, audit_row
from ganger.clock import iso_utc
from ganger.db import ConstraintFailed, Database, ExpectationFailed, Statement, Value, expect, insert
from ganger.errors import VersionConflict
from ganger.ids import new_id
from ganger.scope import Scope

_AS_READ = "SELECT lock_version = ? FROM generated_handouts WHERE id = ? AND location_id IN ({marks})"
_SET = """
    UPDATE generated_handouts SET {columns}, lock_version = lock_version + 1, updated_at = ?
    WHERE id = ? AND location_id IN ({marks})
"""
_CANCEL = """
    UPDATE delivery_tracking SET status = 'cancelled', next_attempt_at = NULL, updated_at = ?
    WHERE handout_id = ? AND status = 'queued' AND location_id IN ({marks})
"""
_END_LINKS = """
    UPDATE handout_links SET revoked_at = ?1, updated_at = ?1
    WHERE handout_id = ?2 AND revoked_at IS NULL AND location_id IN ({marks})
"""


async def begin(
    db: Database, scope: Scope, actor: Actor, asked: PacketStart, patient: KnownPatient | None
) -> tuple[Packet, bool]:
    """Draft a packet at a location in scope, for the patient or for anybody.

    Returns:
        The draft, and whether it is new; the same reference of the same person is the same draft.
    """
    scope.at(asked.location_id)
    known = await packet_of_request(db, scope, asked.client_ref)
    if known is not None:
        return known, False
    packet_id = new_id(actor.at)
    columns = _drafted(actor, packet_id, asked.location_id, patient) | {"client_ref": asked.client_ref}
    source = {"source": str(columns["patient_source"])}
    statements = [
        insert("generated_handouts", columns),
        audit_row(actor, "handouts:draft-packet", "handout", packet_id, asked.location_id, source),
    ]
    try:
        await db.batch(statements)
    except ConstraintFailed:
        known = await packet_of_request(db, scope, asked.client_ref)
        if known is None:
            raise
        return known, False
    return await find_packet(db, scope, packet_id), True


async def duplicate(db: Database, scope: Scope, actor: Actor, packet: Packet) -> Packet:
    """Draft the same packet anew, to be corrected."""
    packet_id = new_id(actor.at)
    patient = None
    if not packet.is_general and packet.patient_name is not None and packet.patient_dob is not None:
        patient = KnownPatient(
            name=packet.patient_name,
            birth_date=packet.patient_dob,
            mrn=packet.patient_mrn,
            email=packet.patient_email,
            phone=packet.patient_phone,
            source=packet.patient_source,
        )
    columns = _drafted(actor, packet_id, packet.location_id, patient) | {
        "provider_name": packet.provider_name,
        **_chosen(packet.templates, {name: each.plain() for name, each in packet.answers.items()}),
    }
    told = {"of": packet.id}
    await db.batch(
        [
            insert("generated_handouts", columns),
            audit_row(actor, "handouts:duplicate-packet", "handout", packet_id, packet.location_id, told),
        ]
    )
    return await find_packet(db, scope, packet_id)


async def edit(
    db: Database,
    scope: Scope,
    actor: Actor,
    packet: Packet,
    asked: PacketEdit,
    templates: Sequence[UsedTemplate],
) -> Packet | VersionConflict:
    """Write a draft as it is to be; the version is the one that was asked with."""
    answers = {name: each.plain() for name, each in asked.answers.items()}
    columns = {"provider_name": asked.provider_name, **_chosen(templates, answers)}
    told = {"templates": [each.template_id for each in templates]}
    before = packet.model_copy(update={"lock_version": asked.lock_version})
    return await change(db, scope, actor, before, "handouts:edit-packet", columns, told)


async def change(
    db: Database,
    scope: Scope,
    actor: Actor,
    packet: Packet,
    action: str,
    columns: Mapping[str, Value],
    told: Mapping[str, object],
    more: Sequence[Statement] = (),
) -> Packet | VersionConflict:
    """Change columns of a packet that is as it was read.

    Args:
        told: what the audit row says besides.
        more: statements of the same batch.
    """
    here = scope.location_ids
    names = ", ".join(f"{name} = ?" for name in columns)
    statements = [
        expect("packet as read", _AS_READ.format(marks=scope.marks), packet.lock_version, packet.id, *here),
        Statement(
            _SET.format(columns=names, marks=scope.marks),
            (*columns.values(), iso_utc(actor.at), packet.id, *here),
        ),
        *more,
        audit_row(actor, action, "handout", packet.id, packet.location_id, told),
    ]
    try:
        await db.batch(statements)
    except ExpectationFailed:
        current = await find_packet(db, scope, packet.id)
        return VersionConflict(
            "Somebody changed this packet after you opened it.", lock_version=current.lock_version
        )
    return await find_packet(db, scope, packet.id)


def ended(scope: Scope, packet: Packet, at: datetime) -> list[Statement]:
    """What ends with a packet that is taken back: deliveries that wait, and links."""
    instant, here = iso_utc(at), scope.location_ids
    return [
        Statement(_CANCEL.format(marks=scope.marks), (instant, packet.id, *here)),
        Statement(_END_LINKS.format(marks=scope.marks), (instant, packet.id, *here)),
    ]


def _drafted(
    actor: Actor, packet_id: str, location_id: str, patient: KnownPatient | None
) -> dict[str, Value]:
    at = iso_utc(actor.at)
    columns: dict[str, Value] = {
        "id": packet_id,
        "location_id": location_id,
        "is_general": int(patient is None),
        "patient_source": PatientSource.NONE.value,
        "generated_by": actor.user_id,
        "created_at": at,
        "updated_at": at,
    }
    if patient is None:
        return columns
    return columns | {
        "patient_source": patient.source.value,
        "patient_mrn": patient.mrn,
        "patient_name": patient.name,
        "patient_dob": patient.birth_date.isoformat(),
        "patient_email": patient.email,
        "patient_phone": patient.phone,
    }


def _chosen(templates: Sequence[UsedTemplate], answers: Mapping[str, object]) -> dict[str, Value]:
    return {
        "templates_json": json.dumps([each.plain() for each in templates]),
        "answers_json": json.dumps(answers),
    }
