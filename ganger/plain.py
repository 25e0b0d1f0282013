"""Frozen dataclasses as JSON values and back, for workers that do without pydantic. Standard library only.

A field is text, a whole number, a truth value, a `Literal`, another such record, a `tuple[…, ...]` of one of
these, or one of them or None. What has bounds checks them in `__post_init__`, which raises ValueError.
"""

from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, fields
from types import NoneType, UnionType
from typing import Any, Literal, Self, Union, get_args, get_origin, get_type_hints

from ganger.errors import ValidationFailed


class PlainRecord:
    """Base of such records; the subclass is a frozen dataclass."""

    __slots__ = ()

    def plain(self) -> dict[str, Any]:
        """The record as JSON values."""
        return {name: _told(getattr(self, name)) for name in _shape(type(self)).types}

    @classmethod
    def checked(cls, value: object) -> Self:
        """The record of an untrusted value.

        Raises:
            ValidationFailed: fields are missing, wrong or not known.
        """
        if not isinstance(value, Mapping):
            raise ValidationFailed({"body": "should be a record"})
        shape = _shape(cls)
        types = shape.types
        wrong = {str(name): "is not a field" for name in value if name not in types}
        wrong |= {name: "is required" for name in shape.required if name not in value}
        read: dict[str, object] = {}
        for name in types.keys() & value.keys():
            try:
                read[name] = _read(types[name], value[name])
            except (ValueError, ValidationFailed):
                wrong[name] = "is of another kind"
        if wrong:
            raise ValidationFailed(wrong)
        try:
            return cls(**read)
        except ValueError as error:
            raise ValidationFailed({"body": "is not within its bounds"}) from error


@dataclass(frozen=True, slots=True)
class _Shape:
    """The types of a record's fields by name, and which of them it cannot do without."""

    types: dict[str, Any]
    required: tuple[str, ...]


def _shape(record: type) -> _Shape:
    # Every call that crosses a binding asks for it several times, and reading it off the class takes long.
    if record not in _SHAPES:
        hints = get_type_hints(record)
        required = (
            each.name
            for each in _fields(record)
            if each.default is MISSING and each.default_factory is MISSING
        )
        _SHAPES[record] = _Shape({each.name: hints[each.name] for each in _fields(record)}, tuple(required))
    return _SHAPES[record]


_SHAPES: dict[type, _Shape] = {}


def _fields(record: Any) -> tuple[Field[Any], ...]:
    return fields(record)


def _told(value: object) -> object:
    if isinstance(value, PlainRecord):
        return value.plain()
    if isinstance(value, tuple):
        return [_told(each) for each in value]
    return value


def _read(kind: Any, value: object) -> object:
    """The value as that type.

    Raises:
        ValueError: it is of another kind.
    """
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return _read_optional(get_args(kind), value)
    if origin is tuple and isinstance(value, list):
        return tuple(_read(get_args(kind)[0], each) for each in value)
    if origin is Literal and value in get_args(kind):
        return value
    if isinstance(kind, type) and issubclass(kind, PlainRecord):
        return kind.checked(value)
    if kind is not type(value):  # a truth value is no number
        raise ValueError("The value is of another kind.")
    return value


def _read_optional(kinds: tuple[Any, ...], value: object) -> object:
    if value is None and NoneType in kinds:
        return None
    (kind,) = (each for each in kinds if each is not NoneType)
    return _read(kind, value)
