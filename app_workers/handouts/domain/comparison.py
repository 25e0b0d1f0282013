"""Two versions of a template as plain text, line by line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from app_workers.handouts import labels
from app_workers.handouts.models.content import (
    ChecklistSection,
    Condition,
    FieldsSection,
    ListSection,
    PageBreakSection,
    Section,
    SelectField,
    TemplateField,
    TextSection,
)
from app_workers.handouts.models.templates import TemplateDraft

_FACTS = (
    "name", "category", "subcategory", "description", "location_ids", "tags", "language", "digital_enabled",
    "clinical_review",
)  # fmt: skip
_FIELD_WORDS = ("id", "label", "type")


class Change(StrEnum):
    """What became of a line."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of either version."""

    change: Change
    text: str


def compared(older: TemplateDraft | None, newer: TemplateDraft, places: Mapping[str, str]) -> list[Line]:
    """Every line of both versions, what was removed before what took its place.

    Args:
        places: names of locations by id.
    """
    before = list(lines_of(older, places)) if older else []
    after = list(lines_of(newer, places))
    found: list[Line] = []
    for tag, start, end, new_start, new_end in SequenceMatcher(None, before, after, False).get_opcodes():
        if tag == "equal":
            found += [Line(Change.SAME, text) for text in before[start:end]]
        else:
            found += [Line(Change.REMOVED, text) for text in before[start:end]]
            found += [Line(Change.ADDED, text) for text in after[new_start:new_end]]
    return found


def lines_of(draft: TemplateDraft, places: Mapping[str, str]) -> Iterator[str]:
    """Everything that somebody wrote of a template."""
    told = draft.plain() | {
        "category": labels.CATEGORIES[draft.category],
        "subcategory": labels.SUBCATEGORIES[draft.subcategory] if draft.subcategory else None,
        "language": labels.LANGUAGES[draft.language],
        "location_ids": [places.get(each, "another location") for each in draft.location_ids] or ["all"],
    }
    for name in _FACTS:
        yield f"{labels.FIELDS[name]}: {_said(told[name])}"
    for section in draft.content.sections:
        yield from _section_lines(section)
    yield from (_rule_line(number, rule) for number, rule in enumerate(draft.rules, start=1))


def _section_lines(section: Section) -> Iterator[str]:
    kind = section.type.replace("_", " ")
    more = f", {section.variant.value}" if isinstance(section, TextSection) else ""
    yield f"[{section.id}: {kind}{more}]" + (f" {section.title}" if section.title else "")
    match section:
        case PageBreakSection():
            pass
        case ListSection():
            for number, words in enumerate(section.items, start=1):
                yield f"{number}. {words}" if section.ordered else f"- {words}"
        case ChecklistSection():
            if section.min_selected is not None or section.max_selected is not None:
                yield f"Chosen: {section.min_selected or 0} to {section.max_selected or len(section.items)}"
            for item in section.items:
                marks = [
                    word
                    for word, is_set in (("always", item.required), ("chosen at first", item.default))
                    if is_set
                ]
                yield f"- {item.id}: {item.content}" + (f" ({', '.join(marks)})" if marks else "")
                yield from (_field_line(field) for field in item.fields)
        case _:
            yield from (line for line in section.content.splitlines() if line.strip())
    if isinstance(section, FieldsSection):
        yield from (_field_line(field) for field in section.fields)


def _field_line(field: TemplateField) -> str:
    facts = {
        name: value
        for name, value in field.plain().items()
        if name not in (*_FIELD_WORDS, "options") and value not in (None, False, "")
    }
    if isinstance(field, SelectField):
        facts["options"] = "; ".join(
            option.text if option.text == option.value else f"{option.text} ({option.value})"
            for option in field.options
        )
    said = ", ".join(f"{name.replace('_', ' ')} {_said(value)}" for name, value in facts.items())
    return f"Field {field.id}: {field.label}, {field.type}" + (f", {said}" if said else "")


def _rule_line(number: int, rule: Condition) -> str:
    value = f" {rule.value}" if rule.value else ""
    names = [each.value.replace("_", " ") for each in (rule.type, rule.operator)]
    return f"Rule {number}: {names[0]} {rule.field} {names[1]}{value}: {', '.join(rule.target)}"


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(str(each) for each in value) or "none"
    return "none" if value in (None, "") else str(value)
