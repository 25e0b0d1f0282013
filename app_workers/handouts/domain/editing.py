"""A section as a form has it: texts by name, which add, move and remove its parts before anything is saved.

Names say where a text belongs, `items.0.fields.1.label`. A raw section is the same as nested texts, in the
shape of models/content.py, but that choices (`value | text`) and the items of a list are a line each.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

from app_workers.handouts.models.content import (
    CheckboxField,
    ChecklistItem,
    ChecklistSection,
    DateField,
    FieldsSection,
    ListSection,
    NumberField,
    PageBreakSection,
    Section,
    SelectField,
    TextField,
    TextSection,
    WarningSection,
)
from ganger.records import Record

Raw = dict[str, Any]

_PARTS = ("items", "fields")
_FLAGS = ("ordered", "required", "allow_custom")
_SECTIONS: dict[str, type[Record]] = {
    "text": TextSection,
    "list": ListSection,
    "fields": FieldsSection,
    "checklist": ChecklistSection,
    "warning": WarningSection,
    "page_break": PageBreakSection,
}
_FIELDS: dict[str, type[Record]] = {
    "text": TextField,
    "number": NumberField,
    "select": SelectField,
    "checkbox": CheckboxField,
    "date": DateField,
}
_NAME = re.compile(r"[a-z_]+|((items\.[0-9]{1,3}\.)?fields|items)\.[0-9]{1,3}\.(?!items$|fields$)[a-z_]+")
_TYPE_AFTER = re.compile(r"^(fields\.\d+|items\.\d+\.fields\.\d+)\.[a-z]+\.")
_BETWEEN = " | "
_MOST_DIGITS = 6
_NEW_FIELD = {"type": "text", "label": ""}


def raw_of(section: Section) -> Raw:
    """A section as if somebody had typed it."""
    return {name: _typed_part(name, part) for name, part in section.plain().items()}


def raw_from(pairs: Iterable[tuple[str, str]]) -> Raw:
    """The raw section of a form's names and texts; names that lead nowhere are passed over."""
    root: Raw = {}
    for name, text in pairs:
        if not _NAME.fullmatch(name):
            continue
        *path, last = name.split(".")
        at = root
        for step in path:
            inner = at.setdefault(step, {})
            at = inner if isinstance(inner, dict) else {}
        at[last] = text.replace("\r\n", "\n")
    return {name: _with_lists(name, part) for name, part in root.items()}


def plain_of(raw: Raw) -> Raw:
    """The section for its record, which says what is wrong with it.

    What was left empty is not given, nor what a section or field of another type has.
    """
    return _plain(raw, _SECTIONS.get(str(raw.get("type"))))


def operated(raw: Raw, operation: str, taken: set[str]) -> Raw:
    """The raw section after one step: `add-item`, `add-field[.items.0]`, `up`, `down` or `remove.<part>`.

    Args:
        taken: the ids of the template, which a new part gets none of.
    """
    verb, _, where = operation.partition(".")
    path = where.split(".") if where else []
    known = taken | _ids(raw)
    match verb:
        case "add-item":
            added = {"id": free_id("item", known), "content": ""}
            return _changed(raw, ["items"], lambda parts: [*parts, added])
        case "add-field":
            return _changed(
                raw, [*path, "fields"], lambda parts: [*parts, {**_NEW_FIELD, "id": free_id("field", known)}]
            )
        case "up" | "down" | "remove" if len(path) > 1 and _is_place(path[-1]):
            return _changed(raw, path[:-1], lambda parts: _moved(parts, int(path[-1]), verb))
    return raw


def control_of(name: str) -> str:
    """The name of the control that an error about a section's record belongs to."""
    name = _TYPE_AFTER.sub(r"\1.", name)
    return re.sub(r"(options|^items)\.\d+(\.value|\.text|)$", r"\1", name)


def free_id(kind: str, taken: set[str]) -> str:
    """An id that stands for nothing yet, such as `item_1`."""
    number = 1
    while f"{kind}_{number}" in taken:
        number += 1
    return f"{kind}_{number}"


def _typed(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _typed_part(name, part) for name, part in value.items()}
    if isinstance(value, bool):
        return "on" if value else ""
    return "" if value is None else str(value)


def _typed_part(name: str, part: Any) -> Any:
    if name == "options":
        lines = (
            each["value"] if each["value"] == each["text"] else f"{each['value']}{_BETWEEN}{each['text']}"
            for each in part
        )
        return "\n".join(lines)
    if isinstance(part, list):
        is_text = all(isinstance(each, str) for each in part)
        return "\n".join(part) if is_text and part else [_typed(each) for each in part]
    return _typed(part)


def _with_lists(name: str, value: Any) -> Any:
    """Parts by number become a list in that order."""
    if not isinstance(value, dict):
        return value
    read = {key: _with_lists(key, part) for key, part in value.items()}
    return [read[key] for key in sorted(read, key=int)] if name in _PARTS else read


def _plain(raw: Raw, model: type[Record] | None) -> Raw:
    names = model.model_fields if model else raw
    return {
        name: _plain_part(name, value, model)
        for name, value in raw.items()
        if name in names and (value != "" or _is_flag(name, model))
    }


def _plain_part(name: str, value: Any, model: type[Record] | None) -> Any:
    if name == "options":
        return [_option(line) for line in _lines(value)]
    if name == "items" and model is ListSection:
        return _lines(value)
    if isinstance(value, list):
        return [
            _plain(each, ChecklistItem if name == "items" else _FIELDS.get(str(each.get("type"))))
            for each in value
        ]
    if _is_flag(name, model):
        return value != ""
    return value if name == "content" else value.strip()


def _is_flag(name: str, model: type[Record] | None) -> bool:
    """Whether it is a box, whose text is `on` or nothing."""
    return name in _FLAGS or (name == "default" and model in (ChecklistItem, CheckboxField))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _option(line: str) -> Raw:
    value, _, text = line.partition("|")
    return {"value": value.strip(), "text": text.strip() or value.strip()}


def _changed(raw: Raw, path: list[str], change: Callable[[list[Any]], list[Any]]) -> Raw:
    """The raw section with the parts at a path changed; a path that leads nowhere changes nothing."""
    name, *rest = path
    parts = raw.get(name, [])
    if not isinstance(parts, list):
        return raw
    if not rest:
        return raw | {name: change(parts)}
    number, *deeper = rest
    if not _is_place(number) or int(number) >= len(parts) or not deeper:
        return raw
    inner = _changed(parts[int(number)], deeper, change)
    return raw | {name: [inner if place == int(number) else part for place, part in enumerate(parts)]}


def _is_place(text: str) -> bool:
    # What int() takes: no superscripts, which are digits too, and no thousands of them.
    return text.isdecimal() and len(text) < _MOST_DIGITS


def _moved(parts: list[Any], place: int, verb: str) -> list[Any]:
    if place >= len(parts):
        return parts
    rest = [part for each, part in enumerate(parts) if each != place]
    if verb == "remove":
        return rest
    target = max(0, place - 1) if verb == "up" else place + 1
    return [*rest[:target], parts[place], *rest[target:]]


def _ids(raw: Any) -> set[str]:
    if isinstance(raw, list):
        return {name for part in raw for name in _ids(part)}
    if not isinstance(raw, dict):
        return set()
    own = {raw["id"]} if isinstance(raw.get("id"), str) else set()
    return own | {name for name in _PARTS for name in _ids(raw.get(name))}
