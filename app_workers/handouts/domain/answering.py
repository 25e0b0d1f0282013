"""From the posted form of a packet to answers; the names of its controls say of which template they are."""

from collections.abc import Iterable, Mapping, Sequence

from app_workers.handouts.domain.parts import VARIABLE, fields_of
from app_workers.handouts.models.content import (
    Answers,
    CheckboxField,
    ChecklistSection,
    SelectField,
    Value,
)
from app_workers.handouts.models.templates import Template

CUSTOM = "__custom"  # the option that stands for what is typed beside a select


def field_name(template_id: str, field_id: str) -> str:
    """The name of a field's control."""
    return f"f.{template_id}.{field_id}"


def custom_name(template_id: str, field_id: str) -> str:
    """The name of the control beside a select, for what is none of its options."""
    return f"x.{template_id}.{field_id}"


def checklist_name(template_id: str, section_id: str) -> str:
    """The name of the boxes of a checklist."""
    return f"c.{template_id}.{section_id}"


def shown_name(template_id: str) -> str:
    """The name of the mark that a template's fields were in the form: an empty box was left empty there."""
    return f"shown.{template_id}"


def with_blanks(text: str) -> str:
    """An author's text as a form shows it: a line for each variable, and no marks of weight."""
    return VARIABLE.sub("____", text).replace("**", "")


def answers_of(pairs: Iterable[tuple[str, str]], templates: Sequence[Template]) -> dict[str, Answers]:
    """The answers of a form by template; a template whose fields it did not show has none.

    A field that the form did not hold, because it did not count, is left as it is by default.
    """
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        given.setdefault(name, []).append(value)
    return {
        template.id: _of_template(given, template)
        for template in templates
        if shown_name(template.id) in given
    }


def _of_template(given: Mapping[str, list[str]], template: Template) -> Answers:
    fields = {}
    for field in fields_of(template.content):
        name = field_name(template.id, field.id)
        values = given.get(name)
        if isinstance(field, CheckboxField):
            fields[field.id] = _ticked(values, given, name)
        elif isinstance(field, SelectField) and values and values[-1] == CUSTOM:
            fields[field.id] = _text(given.get(custom_name(template.id, field.id)))
        elif values is not None:
            fields[field.id] = _text(values)
    checklists = {
        section.id: given.get(checklist_name(template.id, section.id), [])
        for section in template.content.sections
        if isinstance(section, ChecklistSection)
    }
    return Answers(
        fields={name: value for name, value in fields.items() if value is not None},
        checklists=checklists,
    )


def _ticked(values: Sequence[str] | None, given: Mapping[str, list[str]], name: str) -> Value:
    # A box that is not ticked is not sent; the form says beside it that it was there.
    if f"{name}.there" not in given:
        return None
    return bool(values)


def _text(values: Sequence[str] | None) -> Value:
    return values[-1].strip() if values else None
