"""The sections of a template in their order: one added or replaced, moved, or taken out."""

from app_workers.handouts.domain.parts import fields_of, items_of
from app_workers.handouts.models.content import Content, Section


def ids_of(content: Content) -> set[str]:
    """Every id that stands for something already."""
    sections = {section.id for section in content.sections}
    return sections | {item.id for item in items_of(content)} | {field.id for field in fields_of(content)}


def with_section(content: Content, section: Section, *, is_new: bool) -> Content:
    """The content with a section at its end, or in the place of the one that has its id."""
    if is_new:
        return _of([*content.sections, section])
    return _of([section if each.id == section.id else each for each in content.sections])


def moved(content: Content, section_id: str, step: int) -> Content:
    """The content with a section so many places further down; at either end it stays."""
    sections = list(content.sections)
    place = next(number for number, each in enumerate(sections) if each.id == section_id)
    section = sections.pop(place)
    sections.insert(max(0, place + step), section)
    return _of(sections)


def without(content: Content, section_id: str) -> Content:
    """The content without a section."""
    return _of([each for each in content.sections if each.id != section_id])


def _of(sections: list[Section]) -> Content:
    return Content.model_construct(sections=sections)
