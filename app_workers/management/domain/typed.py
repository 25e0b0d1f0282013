"""What was typed into a page's form, as the values of its record type, and the way back."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from app_workers.management.models.forms import MAX_EXPENSE_ITEMS, Day, FormType

MEETING_OPTIONS = 3
_PERSON = "person_"
KEPT_FILE = "upload_"  # begins the names of boxes that keep a file which came with an earlier attempt
_ITEM_PARTS = ("date", "category", "description", "amount")
_ITEM_DATE = re.compile(r"item_date_([1-9]\d?)")
_DOLLARS = re.compile(r"\$?\s*(\d{1,3}(?:,\d{3})+|\d{1,7})(?:\.(\d{1,2})?)?", re.ASCII)
# A box that is not ticked is not sent at all.
_BOXES = {
    FormType.SUPPORT_TICKET: ("urgent", "important"),
    FormType.TIME_OFF_REQUEST: ("full_day",),
    FormType.PUNCH_FIX: ("supervisor_notified",),
    FormType.CHANGE_OF_AVAILABILITY: ("probation_completed",),
}


@dataclass(frozen=True, slots=True)
class Typed:
    """Values for a record; `controls` says for a part of a list which control of the page it came from."""

    data: dict[str, object]
    controls: Mapping[str, str] = field(default_factory=dict)

    def control(self, name: str) -> str:
        """The control of a field that an error names."""
        return self.controls.get(name, name)


def read_typed(form_type: FormType, values: Mapping[str, str]) -> Typed:
    """The values that a form of this type stands for. Empty controls count as not given."""
    given = {name: value.strip() for name, value in values.items() if value.strip()}
    data: dict[str, object] = {name: value for name, value in given.items() if not _is_part(name)}
    data |= {name: name in given for name in _BOXES.get(form_type, ())}
    if form_type is FormType.CHANGE_OF_AVAILABILITY:
        return _with_slots(data, given)
    if form_type is FormType.MEETING_REQUEST:
        return _with_options(data, given)
    if form_type is FormType.EXPENSE_REIMBURSEMENT:
        return _with_items(data, given, item_rows(values))
    return Typed(data)


def typed_again(form_type: FormType, data: Mapping[str, object]) -> dict[str, str]:
    """What would have to be typed for this data; the inverse of `read_typed`."""
    values = {name: str(value) for name, value in data.items() if isinstance(value, str | int | float)}
    for name in _BOXES.get(form_type, ()):
        values.pop(name, None)
        if data.get(name):
            values[name] = "on"
    for slot in _list(data.get("slots")):
        day = str(slot["day"])
        values[f"affected_{day}"] = "on"
        values |= {f"{name}_{day}": str(slot[name]) for name in ("start", "end") if slot.get(name)}
    for number, option in enumerate(_list(data.get("options")), start=1):
        values |= {f"option_{name}_{number}": str(option[name]) for name in ("date", "start")}
    for number, item in enumerate(_list(data.get("items")), start=1):
        values |= {f"item_{name}_{number}": str(item[name]) for name in ("date", "category", "description")}
        cents = int(str(item["amount_cents"]))
        values[f"item_amount_{number}"] = f"{cents // 100}.{cents % 100:02d}"
    people = data.get("participant_ids")
    values |= {f"{_PERSON}{person_id}": "on" for person_id in (people if isinstance(people, list) else ())}
    return values


def item_rows(values: Mapping[str, str]) -> int:
    """How many rows of items the page of an expense had; one at least."""
    numbers = [int(found[1]) for name in values if (found := _ITEM_DATE.fullmatch(name))]
    return min(max([1, *numbers]), MAX_EXPENSE_ITEMS)


def rows_changed(values: Mapping[str, str]) -> dict[str, str] | None:
    """What was typed with a row of items added or removed, if that is what was pressed.

    A row is added at the end; those after a removed one move up.
    """
    rows = item_rows(values)
    if "add_item" in values and rows < MAX_EXPENSE_ITEMS:
        return dict(values) | {f"item_{part}_{rows + 1}": "" for part in _ITEM_PARTS}
    gone = next((number for number in range(1, rows + 1) if f"remove_item_{number}" in values), None)
    if gone is None:
        return dict(values) if "add_item" in values else None
    kept = {name: value for name, value in values.items() if not name.startswith("item_")}
    numbers = [number for number in range(1, rows + 1) if number != gone]
    for place, number in enumerate(numbers, start=1):
        kept |= {f"item_{part}_{place}": values.get(f"item_{part}_{number}", "") for part in _ITEM_PARTS}
    return kept


def _is_part(name: str) -> bool:
    return name.startswith((_PERSON, KEPT_FILE, "affected_", "option_", "item_")) or name in {
        f"{edge}_{day}" for edge in ("start", "end") for day in Day
    }


def _with_slots(data: dict[str, object], given: Mapping[str, str]) -> Typed:
    days = [day.value for day in Day if f"affected_{day}" in given]
    slots, controls = [], {"days_affected": "affected_mon", "slots": "affected_mon"}
    for index, day in enumerate(days):
        hours = {edge: given[f"{edge}_{day}"] for edge in ("start", "end") if f"{edge}_{day}" in given}
        slots.append({"day": day, "available": bool(hours), **hours})
        controls |= {f"slots.{index}.{edge}": f"{edge}_{day}" for edge in ("start", "end")}
    return Typed(data | {"days_affected": days, "slots": slots}, controls)


def _with_options(data: dict[str, object], given: Mapping[str, str]) -> Typed:
    options: list[dict[str, str]] = []
    controls = {"participant_ids": "title", "options.0.date": "option_date_1"}
    for number in range(1, MEETING_OPTIONS + 1):
        names = {name: f"option_{name}_{number}" for name in ("date", "start")}
        option = {name: given[control] for name, control in names.items() if control in given}
        if option:
            controls |= {f"options.{len(options)}.{name}": control for name, control in names.items()}
            options.append(option)
    people = [name.removeprefix(_PERSON) for name in given if name.startswith(_PERSON)]
    return Typed(data | {"participant_ids": people, "options": options}, controls)


def _with_items(data: dict[str, object], given: Mapping[str, str], rows: int) -> Typed:
    items: list[dict[str, object]] = []
    controls = {"items": "item_amount_1"}
    for number in range(1, rows + 1):
        names = {part: f"item_{part}_{number}" for part in _ITEM_PARTS}
        item: dict[str, object] = {part: given[name] for part, name in names.items() if name in given}
        if not item:
            continue
        if "amount" in item:
            item["amount_cents"] = _cents(str(item.pop("amount")))
        named = names | {"amount_cents": names["amount"]}
        controls |= {f"items.{len(items)}.{part}": name for part, name in named.items()}
        items.append(item)
    return Typed(data | {"items": items}, controls)


def _cents(dollars: str) -> int | str:
    """Dollars as people type them, "$1,234.50", in cents; the text itself if it is no amount."""
    found = _DOLLARS.fullmatch(dollars)
    if found is None:
        return dollars
    return 100 * int(found[1].replace(",", "")) + int((found[2] or "").ljust(2, "0"))


def _list(value: object) -> list[dict[str, object]]:
    return value if isinstance(value, list) else []
