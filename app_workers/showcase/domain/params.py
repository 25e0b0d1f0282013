"""What the playground renders: parameters of a manifest, of the right kind and of a bounded size.

The bounds are what keeps a render short: a worker cannot stop a template halfway, and its clock stands still
while it computes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app_workers.showcase.errors import InvalidParameter, ParamsTooLarge
from ganger.ui.calls import Call
from ganger.ui.manifest import COMPONENTS, Component, Kind, Parameter

MAX_PARAMS = 50
MAX_TEXT = 2_000  # characters of one text
MAX_ITEMS = 50  # of one list
MAX_ALL = 20_000  # characters of all texts together
MAX_CELLS = 1_000  # of a list of records: its records times the fields that the others name
_MARKUP_DEPTH = 2  # a button within a header within nothing more

BY_SLUG: Mapping[str, Component] = {component.slug: component for component in COMPONENTS}


@dataclass(frozen=True, slots=True)
class _Place:
    """A parameter's name as a refusal says it, and how deep in other components' parameters it stands."""

    name: str
    depth: int = 0

    def inner(self, name: object) -> "_Place":
        return _Place(f"{self.name}.{name}" if self.name else str(name), self.depth)


def checked_call(component: Component, given: Mapping[str, object]) -> Call:
    """The call of a component with these parameters, which are JSON values.

    A parameter that takes the output of a component is given as `{"component": slug, "params": {...}}`.

    Raises:
        ParamsTooLarge: a text, a list or all of it is larger than the playground takes.
        InvalidParameter: the component has no such parameter, or it takes no such value.
    """
    _refuse_large(given)
    return _checked_call(component, given, _Place(""))


def _checked_call(component: Component, given: Mapping[str, object], place: _Place) -> Call:
    checked = _checked_fields(component.params, given, place)
    _refuse_many_cells(checked)
    return component.call(checked)


def _checked_fields(
    fields: Iterable[Parameter], given: Mapping[str, object], place: _Place
) -> dict[str, object]:
    known = {field.name: field for field in fields}
    for name in given:
        if name not in known:
            raise InvalidParameter(place.inner(name).name, known)
    for field in known.values():
        if field.is_required and field.name not in given:
            raise InvalidParameter(place.inner(field.name).name, _wanted(field))
    return {name: _checked(known[name], value, place.inner(name)) for name, value in given.items()}


def _checked(field: Parameter, value: object, place: _Place) -> object:
    # The manifest says "none" where nothing is the default; a stat card's value may be nothing too.
    if value is None and (field.default == "none" or field.kind is Kind.VALUE):
        return None
    match field.kind:
        case Kind.RECORD if isinstance(value, Mapping):
            return _checked_fields(field.fields, value, place)
        case Kind.LIST if isinstance(value, list):
            return [_checked_record(field, each, place.inner(number)) for number, each in enumerate(value)]
        case Kind.ATTRS if isinstance(value, Mapping) and all(_is_plain(each) for each in value.values()):
            return dict(value)
        case Kind.MARKUP:
            return _checked_markup(value, place)
        case _ if _is_of_kind(field, value):
            return value
    raise InvalidParameter(place.name, _wanted(field))


def _checked_record(field: Parameter, value: object, place: _Place) -> object:
    if not isinstance(value, Mapping):
        raise InvalidParameter(place.name, ("record",))
    if field.fields:
        return _checked_fields(field.fields, value, place)
    if not all(_is_plain(each) for each in value.values()):
        raise InvalidParameter(place.name, (Kind.VALUE,))
    return dict(value)


def _checked_markup(value: object, place: _Place) -> object:
    if value == "":
        return value
    match value:
        case {"component": str() as slug, **rest} if slug in BY_SLUG and rest.keys() <= {"params"}:
            params = rest.get("params", {})
            if isinstance(params, Mapping) and place.depth < _MARKUP_DEPTH:
                return _checked_call(BY_SLUG[slug], params, _Place(place.name, place.depth + 1))
    raise InvalidParameter(place.name, ('{"component": slug, "params": {…}}',))


def _is_of_kind(field: Parameter, value: object) -> bool:
    match field.kind:
        case Kind.CHOICE | Kind.FLAG:
            # 1 equals true, and 2 equals 2.0, but only one of each is what the component takes.
            return any(value == each and type(value) is type(each) for each in field.allowed)
        case Kind.TEXT:
            return isinstance(value, str)
        case Kind.VALUE:
            return isinstance(value, str) or _is_number(value, field.most)
        case Kind.WHOLE:
            return isinstance(value, int) and _is_number(value, field.most)
    return field.kind is Kind.NUMBER and _is_number(value, field.most)


def _is_number(value: object, most: int) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and -most <= value <= most


def _is_plain(value: object) -> bool:
    return value is None or isinstance(value, str | int | float)


def _wanted(field: Parameter) -> tuple[object, ...]:
    if field.kind is Kind.FLAG:
        return ("true", "false")
    return field.allowed or (field.kind,)


def _refuse_large(given: Mapping[str, object]) -> None:
    if len(given) > MAX_PARAMS:
        raise ParamsTooLarge(f"At most {MAX_PARAMS} parameters are rendered.", max_params=MAX_PARAMS)
    total = sum(len(text) for text in _texts(given))
    if total > MAX_ALL:
        raise ParamsTooLarge(f"At most {MAX_ALL:,} characters are rendered.", max_characters=MAX_ALL)


def _texts(value: object) -> Iterable[str]:
    """Every text in a value, names included."""
    if isinstance(value, str):
        if len(value) > MAX_TEXT:
            raise ParamsTooLarge(f"A text has at most {MAX_TEXT:,} characters.", max_text=MAX_TEXT)
        yield value
    elif isinstance(value, Mapping | list):
        if len(value) > MAX_ITEMS:
            raise ParamsTooLarge(f"A list has at most {MAX_ITEMS} items.", max_items=MAX_ITEMS)
        inner = [*value.keys(), *value.values()] if isinstance(value, Mapping) else value
        for each in inner:
            yield from _texts(each)


def _refuse_many_cells(checked: Mapping[str, object]) -> None:
    lists = [len(value) for value in checked.values() if isinstance(value, list)]
    if len(lists) > 1 and lists[0] * lists[1] > MAX_CELLS:
        raise ParamsTooLarge(f"A table has at most {MAX_CELLS:,} cells.", max_cells=MAX_CELLS)
