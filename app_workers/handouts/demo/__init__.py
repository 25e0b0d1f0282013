"""Demo data for development and tests. No worker imports this.

The statements may be carried out again and again: what is there stays.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from app_workers.handouts.demo import texts
from app_workers.handouts.demo.codes import code_statements
from app_workers.handouts.demo.packets import packet_statements
from app_workers.handouts.demo.parts import Part, text
from app_workers.handouts.domain.computed import computed
from app_workers.handouts.domain.evaluation import evaluate
from app_workers.handouts.models.content import Answers, Condition, Content
from ganger.db import Statement, Value
from ganger.demo import insert_if_missing
from ganger.documents import Document

_AUTHOR, _APPROVER = "usr_mia", "usr_sam"
_ADDRESSES = {
    "loc_aa": "1 Example Street, Ann Arbor, MI 48104",
    "loc_wx": "2 Sample Road, Wixom, MI 48393",
    "loc_py": "3 Demo Avenue, Plymouth, MI 48170",
}
# What the texts of the demo's packets name.
_VARIABLES = {"location_phone": "734-555-0101"}


@dataclass(frozen=True, slots=True)
class _Template:
    """One version; `family` is its id's unless it is a further one of another."""

    id: str
    name: str
    category: str
    subcategory: str | None
    sections: list[Part]
    status: str = "approved"
    version: int = 1
    family: str = ""
    note: str | None = None
    clinical_review: bool = False
    digital_enabled: bool = True


_TEMPLATES = (
    _Template("tpl_acne_plan", "Acne plan (demo)", "treatment", "skin_conditions", texts.ACNE_PLAN),
    _Template("tpl_acne_regimen", "Acne regimen", "treatment", "skin_conditions", texts.ACNE_REGIMEN),
    _Template("tpl_eczema", "Eczema regimen", "treatment", "skin_conditions", texts.ECZEMA_REGIMEN),
    _Template(
        "tpl_isotretinoin",
        "Isotretinoin information for women",
        "medication",
        "medications",
        texts.ISOTRETINOIN,
        clinical_review=True,
        digital_enabled=False,
    ),
    _Template("tpl_patch_test", "Patch test preparation", "pre_procedure", "procedures", texts.PATCH_TEST),
    _Template("tpl_rosacea", "Rosacea care", "treatment", "skin_conditions", texts.ROSACEA),
    _Template("tpl_sun", "Sun protection", "education", "cancer_related", texts.SUN_PROTECTION, version=2),
    _Template("tpl_vinegar", "Vinegar soak for nails", "treatment", "infections", texts.VINEGAR_SOAK),
    _Template("tpl_wound", "Wound care", "post_procedure", "procedures", texts.WOUND_CARE),
    _Template("tpl_psoriasis", "Psoriasis basics", "education", "skin_conditions", texts.PSORIASIS),
    _Template("tpl_scabies", "Scabies at home", "education", "infections", texts.SCABIES, "draft"),
    _Template(
        "tpl_wound_2",
        "Wound care",
        "post_procedure",
        "procedures",
        [*texts.WOUND_CARE, text("stitches", "Stitches come out after 7 to 14 days.")],
        "pending_approval",
        version=2,
        family="tpl_wound",
    ),
    _Template(
        "tpl_cryo",
        "After cryotherapy",
        "post_procedure",
        "procedures",
        texts.CRYOTHERAPY,
        "rejected",
        note="Say when to call us.",
    ),
    _Template(
        "tpl_sun_1",
        "Sun protection",
        "education",
        "cancer_related",
        texts.SUN_PROTECTION[:2],
        "archived",
        family="tpl_sun",
    ),
)


def statements(today: date) -> list[Statement]:
    """The statements that write the demo data, in an order that the foreign keys allow."""
    templates = (_row(template, today) for template in _TEMPLATES)
    return [*_places(today), *templates, *packet_statements(today, _documents()), *code_statements(today)]


def _documents() -> dict[str, Document]:
    """What each template prints with nothing filled in."""
    return {
        template.id: Document(
            template.name,
            evaluate(Content.checked({"sections": template.sections}), [], Answers(), _VARIABLES).blocks,
        )
        for template in _TEMPLATES
    }


def _places(today: date) -> Iterator[Statement]:
    for location_id, address in _ADDRESSES.items():
        columns: dict[str, Value] = {
            "location_id": location_id,
            "app_key": "platform",
            "key": "address",
            "value_json": json.dumps(address),
            "updated_at": _instant(today, -90),
        }
        yield insert_if_missing("location_configs", columns)


def _row(template: _Template, today: date) -> Statement:
    rules = texts.RULES.get(template.id, [])
    content = Content.checked({"sections": template.sections})
    conditions = [Condition.checked(rule) for rule in rules]
    facts = computed(content, conditions)
    columns: dict[str, Value] = {
        "id": template.id,
        "family_id": template.family or template.id,
        "version": template.version,
        "name": template.name,
        "category": template.category,
        "subcategory": template.subcategory,
        "description": texts.NOTICE,
        "template_type": facts.template_type.value,
        "complexity": facts.complexity,
        "estimated_minutes": facts.minutes,
        "content_json": json.dumps(content.plain()),
        "rules_json": json.dumps([condition.plain() for condition in conditions]),
        "tags_json": json.dumps(["demo"]),
        "digital_enabled": int(template.digital_enabled),
        "clinical_review": int(template.clinical_review),
        "status": template.status,
        "created_by": _AUTHOR,
        "updated_by": _AUTHOR,
        "created_at": _instant(today, -60 - 10 * (3 - template.version)),
        "updated_at": _instant(today, -40 + 10 * template.version),
    }
    return insert_if_missing("handout_templates", columns | _decision(template, today))


def _decision(template: _Template, today: date) -> dict[str, Value]:
    if template.status == "draft":
        return {}
    if template.status == "pending_approval":
        return {"submitted_by": _AUTHOR}
    decided: dict[str, Value] = {"decided_by": _APPROVER, "decided_at": _instant(today, -9)}
    return {"submitted_by": _AUTHOR, "decision_note": template.note} | decided


def _instant(today: date, days: int) -> str:
    return f"{today + timedelta(days=days)}T15:00:00.000Z"
