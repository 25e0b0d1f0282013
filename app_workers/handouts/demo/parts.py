"""Sections and fields of the demo texts, each in a line or two."""

from typing import Any

Part = dict[str, Any]


def text(section_id: str, content: str, variant: str = "normal", title: str | None = None) -> Part:
    """A text section."""
    return {"id": section_id, "type": "text", "content": content, "variant": variant, "title": title}


def listed(section_id: str, title: str, *items: str, ordered: bool = False) -> Part:
    """A list section."""
    return {"id": section_id, "type": "list", "title": title, "items": list(items), "ordered": ordered}


def warning(section_id: str, content: str, title: str | None = None) -> Part:
    """A warning section."""
    return {"id": section_id, "type": "warning", "content": content, "title": title}


def blanks(section_id: str, content: str, *fields: Part, title: str | None = None) -> Part:
    """A fields section."""
    return {"id": section_id, "type": "fields", "content": content, "fields": list(fields), "title": title}


def choice(field_id: str, label: str, *options: str, required: bool = True, **more: Any) -> Part:
    """A select whose options print as they are called."""
    values = [{"value": option, "text": option} for option in options]
    return {"id": field_id, "type": "select", "label": label, "options": values, "required": required} | more


def line(field_id: str, label: str, **more: Any) -> Part:
    """A text field."""
    return {"id": field_id, "type": "text", "label": label} | more


def number(field_id: str, label: str, least: float, most: float, **more: Any) -> Part:
    """A number field."""
    return {"id": field_id, "type": "number", "label": label, "min": least, "max": most} | more


def item(item_id: str, content: str, *fields: Part, **more: Any) -> Part:
    """An item of a checklist."""
    return {"id": item_id, "content": content, "fields": list(fields)} | more
