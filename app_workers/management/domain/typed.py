"""What was typed into a page's form, as the values of its record type, and the way back."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app_workers.management.models.forms import Day, FormType

MEETING_OPTIONS = 3
_PERSON = "person_"
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
    people = data.get("participant_ids")
    values |= {f"{_PERSON}{person_id}": "on" for person_id in (people if isinstance(people, list) else ())}
    return values


def _is_part(name: str) -> bool:
    return name.startswith((_PERSON, "affected_", "option_")) or name in {
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


def _list(value: object) -> list[dict[str, object]]:
    return value if isinstance(value, list) else []
