"""What stands in a field: whether it is filled, whether it fits, and how it is printed."""

import re
from datetime import date
from decimal import Decimal

from app_workers.handouts.models.content import (
    CheckboxField,
    DateField,
    NumberField,
    ProblemCode,
    SelectField,
    TemplateField,
    TextField,
    TextFormat,
    Value,
)

_MAX_CUSTOM = 100
_NUMBER = re.compile(r"[+-]?[0-9]{1,12}(?:\.([0-9]{1,12}))?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FORMATS = {
    TextFormat.INTEGER: re.compile(r"[+-]?[0-9]+"),
    TextFormat.DECIMAL: re.compile(r"[+-]?[0-9]+(\.[0-9]+)?"),
    TextFormat.PERCENT: re.compile(r"[0-9]+(\.[0-9]+)? ?%?"),
}


def text_of_value(value: Value) -> str:
    """A value as conditions compare it; nothing is an empty text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value).strip()


def is_checked(value: Value) -> bool:
    """Whether a checkbox with this value is ticked."""
    return text_of_value(value) == "true"


def is_filled(field: TemplateField, value: Value) -> bool:
    """Whether the field is filled; a checkbox when it is ticked."""
    return is_checked(value) if isinstance(field, CheckboxField) else text_of_value(value) != ""


def value_problem(field: TemplateField, value: Value) -> ProblemCode | None:
    """Why a value does not fit its field; an empty one always does."""
    text = text_of_value(value)
    if text == "":
        return None
    if isinstance(field, CheckboxField):
        return None if text in ("true", "false") else ProblemCode.FORMAT
    if isinstance(value, bool):
        return ProblemCode.FORMAT
    match field:
        case TextField():
            return _text_problem(field, text)
        case NumberField():
            return _number_problem(field, text)
        case SelectField():
            return _choice_problem(field, text)
        case DateField():
            return None if _day(text) else ProblemCode.FORMAT


def printed(field: TemplateField, value: Value) -> str:
    """A value as it is printed; one that does not fit its field as it was given."""
    text = text_of_value(value)
    match field:
        case CheckboxField():
            return "Yes" if is_checked(value) else "No"
        case SelectField():
            return next((option.text for option in field.options if option.value == text), text)
        case DateField():
            day = _day(text)
            return f"{day:%m/%d/%Y}" if day else text
        case _:
            return text


def _text_problem(field: TextField, text: str) -> ProblemCode | None:
    if len(text) > field.max_length:
        return ProblemCode.TOO_LONG
    form = _FORMATS.get(field.format)
    return ProblemCode.FORMAT if form and not form.fullmatch(text) else None


def _number_problem(field: NumberField, text: str) -> ProblemCode | None:
    number = _NUMBER.fullmatch(text)
    if number is None or len(number[1] or "") > field.decimals:
        return ProblemCode.FORMAT
    return _range_problem(text, field.min, field.max)


def _choice_problem(field: SelectField, text: str) -> ProblemCode | None:
    if any(option.value == text for option in field.options):
        return None
    if not field.allow_custom:
        return ProblemCode.OPTION
    if field.custom_min is None and field.custom_max is None:
        return ProblemCode.TOO_LONG if len(text) > _MAX_CUSTOM else None
    if not _NUMBER.fullmatch(text):
        return ProblemCode.FORMAT
    return _range_problem(text, field.custom_min, field.custom_max)


def _range_problem(text: str, least: float | None, most: float | None) -> ProblemCode | None:
    # By way of text, so that 0.1 is a tenth and not the float beside it.
    number = Decimal(text)
    is_low = least is not None and number < Decimal(str(least))
    is_high = most is not None and number > Decimal(str(most))
    return ProblemCode.RANGE if is_low or is_high else None


def _day(text: str) -> date | None:
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
