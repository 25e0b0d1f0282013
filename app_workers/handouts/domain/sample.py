"""A plainly fictional patient and answers, to look at a template before anybody needs it."""

from collections.abc import Sequence
from datetime import date

from app_workers.handouts.domain.parts import fields_of
from app_workers.handouts.models.content import (
    Answers,
    CheckboxField,
    ChecklistSection,
    Condition,
    Content,
    DateField,
    Effect,
    NumberField,
    SelectField,
    TemplateField,
    TextFormat,
    Value,
)

_TEXTS = {TextFormat.INTEGER: "2", TextFormat.DECIMAL: "2.5", TextFormat.PERCENT: "5 %"}
_ANYTHING = "Sample text"


def sample_variables(today: date) -> dict[str, str]:
    """The standard variables of a visit that never was."""
    return {
        "patient_full_name": "Pat Example",
        "patient_first_name": "Pat",
        "patient_last_name": "Example",
        "patient_mrn": "10000001",
        "patient_dob": "06/15/1985",
        "provider_name": "Dr. Sam Specimen",
        "location_name": "Ann Arbor",
        "location_address": "1 Example Street, Ann Arbor, MI",
        "location_phone": "734-555-0101",
        "current_date": f"{today:%m/%d/%Y}",
        "current_time": "3:05 PM",
    }


def sample_answers(content: Content, rules: Sequence[Condition], today: date) -> Answers:
    """An answer for every field and as many items as may be chosen, so that all text can be seen.

    A box that hides something stays empty for the same reason.
    """
    hiding = {rule.field for rule in rules if rule.type is Effect.HIDE_IF}
    return Answers(
        fields={
            field.id: None
            if field.id in hiding and isinstance(field, CheckboxField)
            else _sample(field, today)
            for field in fields_of(content)
        },
        checklists={
            section.id: [item.id for item in section.items][: section.max_selected]
            for section in content.sections
            if isinstance(section, ChecklistSection)
        },
    )


def _sample(field: TemplateField, today: date) -> Value:
    if field.default not in (None, "", False):
        return field.default
    match field:
        case CheckboxField():
            return True
        case DateField():
            return today.isoformat()
        case SelectField():
            return field.options[0].value
        case NumberField():
            return _number(field)
        case _:
            return _TEXTS.get(field.format, _ANYTHING)[: field.max_length]


def _number(field: NumberField) -> str:
    lowest = 1 if field.min is None else field.min
    value = lowest if field.max is None else min(lowest, field.max)
    return f"{value:.{field.decimals}f}"
