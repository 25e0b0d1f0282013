"""From chosen templates and answers to the documents of a packet, and which states it may go through."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from app_workers.handouts.domain.evaluation import evaluate
from app_workers.handouts.domain.parts import needs_patient
from app_workers.handouts.domain.patients import first_and_last
from app_workers.handouts.models.content import Answers
from app_workers.handouts.models.packets import Packet, PacketProblem, PacketStatus
from app_workers.handouts.models.templates import Template, TemplateStatus
from ganger.clock import CLINIC_ZONE
from ganger.documents import Document

_NEXT: Mapping[PacketStatus, frozenset[PacketStatus]] = {
    PacketStatus.DRAFT: frozenset({PacketStatus.QUEUED}),
    PacketStatus.QUEUED: frozenset({PacketStatus.READY, PacketStatus.FAILED}),
    PacketStatus.FAILED: frozenset({PacketStatus.QUEUED}),
    PacketStatus.READY: frozenset({PacketStatus.REVOKED}),
    PacketStatus.REVOKED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Assembled:
    """A packet's documents, what is wrong with them, and what counts in each template with these answers."""

    documents: tuple[Document, ...]
    problems: tuple[PacketProblem, ...]
    shown: Mapping[str, frozenset[str]]


def may_go(now: PacketStatus, then: PacketStatus) -> bool:
    """Whether a packet goes from one state to the other."""
    return then in _NEXT[now]


def assemble(
    templates: Sequence[Template], answers: Mapping[str, Answers], variables: Mapping[str, str]
) -> Assembled:
    """Resolve every template of a packet, in its order."""
    found = [
        (template, evaluate(template.content, template.rules, answers.get(template.id, Answers()), variables))
        for template in templates
    ]
    return Assembled(
        tuple(Document(template.name, evaluation.blocks) for template, evaluation in found),
        tuple(
            PacketProblem(template_id=template.id, field=problem.field, code=problem.code)
            for template, evaluation in found
            for problem in evaluation.problems
        ),
        {template.id: evaluation.shown for template, evaluation in found},
    )


def variables_of(packet: Packet, address: str, now: datetime) -> dict[str, str]:
    """What the standard variables of a packet print; `address` is that of its location."""
    first, last = first_and_last(packet.patient_name or "")
    at = now.astimezone(ZoneInfo(CLINIC_ZONE))
    return {
        "patient_full_name": packet.patient_name or "",
        "patient_first_name": first,
        "patient_last_name": last,
        "patient_mrn": packet.patient_mrn or "",
        "patient_dob": f"{packet.patient_dob:%m/%d/%Y}" if packet.patient_dob else "",
        "provider_name": packet.provider_name,
        "location_name": packet.location_name,
        "location_address": address,
        "location_phone": packet.location_phone,
        "current_date": f"{at:%m/%d/%Y}",
        "current_time": f"{at:%I:%M %p}".removeprefix("0"),
    }


def can_be_given(template: Template, location_id: str) -> bool:
    """Whether a template may go into a packet of the location."""
    is_here = not template.location_ids or location_id in template.location_ids
    return template.status is TemplateStatus.APPROVED and is_here


def names_patient(templates: Sequence[Template]) -> list[str]:
    """The ids of the templates that name a patient, which no general packet has."""
    return [template.id for template in templates if needs_patient(template.content)]
