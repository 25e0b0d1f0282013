"""What is done with packets, for pages and programs alike: begun, filled in, given out."""

import asyncio
import json
from collections.abc import Sequence
from datetime import timedelta

from app_workers.handouts.changing import change_packet
from app_workers.handouts.domain.packets import (
    Assembled,
    assemble,
    can_be_given,
    may_go,
    names_patient,
    variables_of,
)
from app_workers.handouts.domain.patients import patient_problems
from app_workers.handouts.live import tell_packet
from app_workers.handouts.models.packets import (
    Packet,
    PacketEdit,
    PacketStart,
    PacketStatus,
    PatientFacts,
    PatientSource,
    UsedTemplate,
)
from app_workers.handouts.models.patients import KnownPatient
from app_workers.handouts.models.templates import Template
from app_workers.handouts.packet_errors import AnswersIncomplete, TemplateNeedsPatient, TemplateNotApproved
from app_workers.handouts.patients import patient_of_mrn
from app_workers.handouts.pdfs import settle
from app_workers.handouts.store import packet_writes
from app_workers.handouts.store.settings import places_in, settings_at
from app_workers.handouts.store.templates import find_template
from ganger.clock import iso_utc
from ganger.codes import PACKET_CODE_LENGTH, new_code
from ganger.context import Context
from ganger.db import Value
from ganger.errors import AppError, InvalidTransition, NotEditable, NotFound, ValidationFailed
from ganger.phones import phone_of


async def begin_packet(ctx: Context, asked: PacketStart) -> tuple[Packet, bool]:
    """Draft a packet; the same reference is the same draft.

    Raises:
        NotFound: the location is not one of the person's.
        ValidationFailed: the patient as typed cannot be.
        PatientNotFound, EhrUnavailable: the record system does not tell the patient of the MRN.
    """
    ctx.scope.at(asked.location_id)
    patient = None
    if asked.manual is not None:
        patient = _typed_patient(ctx, asked.manual)
    elif asked.mrn is not None:
        patient = await patient_of_mrn(ctx, asked.mrn, asked.location_id)
    packet, is_new = await packet_writes.begin(ctx.db, ctx.scope, ctx.actor, asked, patient)
    if is_new:
        tell_packet(ctx.live, packet.id, packet.location_id, ctx.now)
    return packet, is_new


async def edit_packet(ctx: Context, packet: Packet, asked: PacketEdit) -> Packet | AppError:
    """Choose templates and fill them in."""
    if packet.status is not PacketStatus.DRAFT:
        return NotEditable("This packet was given out. Duplicate it to correct it.")
    templates = await templates_of(ctx, asked.template_ids)
    problem = _choice_problem(packet, templates)
    if problem is not None:
        return problem
    used = [
        UsedTemplate(template_id=each.id, family_id=each.family_id, version=each.version, name=each.name)
        for each in templates
    ]
    return await packet_writes.edit(ctx.db, ctx.scope, ctx.actor, packet, asked, used)


async def give_out(ctx: Context, packet: Packet) -> Packet | AppError:
    """Resolve a draft and give it a code."""
    if not may_go(packet.status, PacketStatus.QUEUED):
        return InvalidTransition("This packet was given out already.", status=packet.status.value)
    templates = await templates_of(ctx, [each.template_id for each in packet.templates])
    problem = _choice_problem(packet, templates)
    if problem is not None:
        return problem
    if not templates:
        return ValidationFailed({"template_ids": "must name at least one"})
    assembled = await assembled_of(ctx, packet, templates)
    if assembled.problems:
        return _incomplete(assembled)
    columns = await _given(ctx, packet, templates, assembled)
    told = {"status": [packet.status.value, str(columns["status"])]}
    queued = await change_packet(ctx, ctx.scope, packet, "handouts:give-packet", columns, told)
    return queued if isinstance(queued, AppError) else await settle(ctx, ctx.scope, queued)


async def draw_again(ctx: Context, packet: Packet) -> Packet | AppError:
    """Let the PDF of a packet be made again that could not be made."""
    if packet.status is not PacketStatus.FAILED:
        return InvalidTransition("Only a packet that failed is made again.", status=packet.status.value)
    columns: dict[str, Value] = {"status": PacketStatus.QUEUED.value, "failure_code": None}
    told = {"status": [packet.status.value, PacketStatus.QUEUED.value]}
    queued = await change_packet(ctx, ctx.scope, packet, "handouts:draw-packet", columns, told)
    return queued if isinstance(queued, AppError) else await settle(ctx, ctx.scope, queued)


async def templates_of(ctx: Context, template_ids: Sequence[str]) -> list[Template]:
    """The templates with these ids, in their order and each once.

    Raises:
        ValidationFailed: one of them is none.
    """
    try:
        wanted = dict.fromkeys(template_ids)
        return [*await asyncio.gather(*(find_template(ctx.db, each) for each in wanted))]
    except NotFound as error:
        raise ValidationFailed({"template_ids": "must be templates"}) from error


async def assembled_of(ctx: Context, packet: Packet, templates: Sequence[Template]) -> Assembled:
    """What comes of a packet as it is now."""
    (place,) = await places_in(ctx.db, ctx.scope.at(packet.location_id))
    return assemble(templates, packet.answers, variables_of(packet, place.address, ctx.now))


def _choice_problem(packet: Packet, templates: Sequence[Template]) -> AppError | None:
    foreign = [each.id for each in templates if not can_be_given(each, packet.location_id)]
    if foreign:
        return TemplateNotApproved("A template is no longer given out here.", template_ids=foreign)
    personal = names_patient(templates) if packet.is_general else []
    if personal:
        return TemplateNeedsPatient(
            "A template names the patient, and this packet has none.", template_ids=personal
        )
    return None


def _incomplete(assembled: Assembled) -> AnswersIncomplete:
    problems = [problem.plain() for problem in assembled.problems]
    return AnswersIncomplete("Some answers need attention.", problems=problems)


async def _given(
    ctx: Context, packet: Packet, templates: Sequence[Template], assembled: Assembled
) -> dict[str, Value]:
    is_digital = all(each.digital_enabled for each in templates)
    settings = await settings_at(ctx.db, ctx.scope.at(packet.location_id))
    days = settings.qr_valid_days_general if packet.is_general else settings.qr_valid_days
    ends = ctx.now + timedelta(days=days)
    return {
        "status": PacketStatus.QUEUED.value,
        "rendered_json": json.dumps(_rendered(templates, assembled)),
        "digital_allowed": int(is_digital),
        "qr_code": new_code(PACKET_CODE_LENGTH) if is_digital else None,
        "qr_expires_at": iso_utc(ends) if is_digital else None,
        "generated_by": ctx.user.id,
        "generated_at": iso_utc(ctx.now),
    }


def _rendered(templates: Sequence[Template], assembled: Assembled) -> list[dict[str, object]]:
    """The documents as they are kept, each with its language, in which a reader's device reads it out."""
    return [
        document.plain() | {"language": template.language.value}
        for template, document in zip(templates, assembled.documents, strict=True)
    ]


def _typed_patient(ctx: Context, facts: PatientFacts) -> KnownPatient:
    problems = patient_problems(facts, ctx.today)
    if problems:
        raise ValidationFailed(problems)
    return KnownPatient(
        name=facts.name,
        birth_date=facts.birth_date,
        mrn=facts.mrn,
        email=facts.email or None,
        phone=phone_of(facts.phone) if facts.phone else None,
        source=PatientSource.MANUAL,
    )
