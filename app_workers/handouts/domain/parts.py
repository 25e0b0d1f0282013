"""What a template's content is made of, in its order."""

import re
from collections.abc import Iterator

from app_workers.handouts.models.content import (
    PATIENT_PREFIX,
    ChecklistItem,
    ChecklistSection,
    Content,
    FieldsSection,
    ListSection,
    Section,
    TemplateField,
    TextSection,
    WarningSection,
)

VARIABLE = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)


def items_of(content: Content) -> Iterator[ChecklistItem]:
    """Every item that may be chosen."""
    for section in content.sections:
        if isinstance(section, ChecklistSection):
            yield from section.items


def fields_in(section: Section) -> Iterator[TemplateField]:
    """The fields of one section, those of its items too."""
    if isinstance(section, FieldsSection):
        yield from section.fields
    elif isinstance(section, ChecklistSection):
        for item in section.items:
            yield from item.fields


def fields_of(content: Content) -> Iterator[TemplateField]:
    """Every field."""
    for section in content.sections:
        yield from fields_in(section)


def texts_in(section: Section) -> Iterator[str]:
    """Every text of one section that may name variables."""
    if section.title:
        yield section.title
    match section:
        case TextSection() | FieldsSection() | WarningSection():
            yield section.content
        case ListSection():
            yield from section.items
        case ChecklistSection():
            yield from (item.content for item in section.items)


def variables_in(text: str) -> Iterator[str]:
    """The names that a text has in double braces."""
    return (found.strip() for found in VARIABLE.findall(text))


def needs_patient(content: Content) -> bool:
    """Whether the template names a patient, so that it cannot be in a general packet."""
    return any(
        name.startswith(PATIENT_PREFIX)
        for section in content.sections
        for text in texts_in(section)
        for name in variables_in(text)
    )
