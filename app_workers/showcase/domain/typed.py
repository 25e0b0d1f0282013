"""The playground's form: a control for each parameter, and what was typed as parameters."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from app_workers.showcase.errors import InvalidParameter
from ganger.ui.calls import Call, literal
from ganger.ui.manifest import Component, Example, Kind, Parameter

_AS_JSON = (Kind.RECORD, Kind.LIST, Kind.ATTRS, Kind.MARKUP)
_NUMBERS = (Kind.NUMBER, Kind.WHOLE)


@dataclass(frozen=True, slots=True)
class Control:
    """One control: kind is text, number, box, select or json; `value` is as typed."""

    name: str
    kind: str
    value: str
    is_required: bool
    helper: str
    options: tuple[dict[str, str], ...] = ()


def controls_of(component: Component, typed: Mapping[str, str]) -> list[Control]:
    """The controls of the component's parameters with what was typed, in their order."""
    return [_control(field, typed.get(field.name, "")) for field in component.params]


def start_of(component: Component) -> dict[str, str]:
    """What the form says before anybody typed: what the component requires."""
    return typed_of({each.name: each.sample for each in component.params if each.is_required}, component)


def read_params(component: Component, typed: Mapping[str, str]) -> dict[str, object]:
    """What was typed as parameters; what may be left out is, where it is empty or the default.

    Raises:
        InvalidParameter: a name is not the component's, or a field for JSON holds something else.
    """
    known = {field.name: field for field in component.params}
    for name in typed:
        if name not in known:
            raise InvalidParameter(name, known)
    return {
        name: _read(field, typed[name])
        for name, field in known.items()
        if name in typed and not _is_left_out(field, typed[name])
    }


def typed_of_example(component: Component, example: Example) -> dict[str, str] | None:
    """What to type for an example; None for one that is more than the component's own call, or cannot be."""
    calls = [piece for piece in example.pieces if isinstance(piece, Call)]
    if len(example.pieces) != 1 or len(calls) != 1 or calls[0].macro != component.macro:
        return None
    names = [field.name for field in component.params]
    given = dict(zip(names, calls[0].args, strict=False)) | dict(calls[0].named)
    if any(value is None or isinstance(value, Call) for value in given.values()):
        return None
    return typed_of(given, component)


def typed_of(given: Mapping[str, object], component: Component) -> dict[str, str]:
    """Parameters as the form has them."""
    kinds = {field.name: field.kind for field in component.params}
    return {name: _typed(kinds[name], value) for name, value in given.items() if value is not None}


def _is_left_out(field: Parameter, text: str) -> bool:
    if field.kind is Kind.FLAG:
        return field.default == literal(text == "on")
    return not text and not field.is_required


def _typed(kind: Kind, value: object) -> str:
    if kind is Kind.FLAG:
        return "on" if value else ""
    if kind in _AS_JSON:
        return json.dumps(value, ensure_ascii=False)
    return value if isinstance(value, str) else json.dumps(value)


def _control(field: Parameter, typed: str) -> Control:
    kind = "text"
    options: tuple[dict[str, str], ...] = ()
    if field.kind is Kind.FLAG:
        kind = "box"
    elif field.kind is Kind.CHOICE:
        kind, options = "select", _options(field)
    elif field.kind in _NUMBERS:
        kind = "number"
    elif field.kind in _AS_JSON:
        kind = "json"
    helper = f"JSON: {field.kind}" if kind == "json" else ""
    return Control(field.name, kind, typed, field.is_required, helper, options)


def _options(field: Parameter) -> tuple[dict[str, str], ...]:
    written = [value if isinstance(value, str) else json.dumps(value) for value in field.allowed]
    default = {"value": "", "label": f"Default ({(field.default or '').strip(chr(34))})"}
    return (default, *({"value": text, "label": text} for text in written))


def _read(field: Parameter, text: str) -> object:
    match field.kind:
        case Kind.FLAG:
            return text == "on"
        case Kind.CHOICE:
            found = [value for value in field.allowed if _typed(field.kind, value) == text]
            return found[0] if found else text
        case Kind.TEXT:
            return text
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        if field.kind is Kind.VALUE:
            return text
        raise InvalidParameter(field.name, (field.kind,)) from error
