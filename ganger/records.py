"""Records: the frozen, closed values that cross a boundary."""

from typing import Any, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from ganger.errors import ValidationFailed
from ganger.text import UnsafeText, safe_values


class Record(BaseModel):
    """Base of every record. Inputs stay out of error texts, for they may be personal."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    @classmethod
    def checked(cls, value: object) -> Self:
        """The record of an untrusted value.

        Raises:
            ValidationFailed: fields are missing or wrong.
        """
        try:
            return cls.model_validate(safe_values(value))
        except UnsafeText as error:
            raise ValidationFailed(
                {str(error) or "body": "holds a character that cannot be saved"}
            ) from error
        except ValidationError as error:
            raise ValidationFailed(field_errors(error)) from error

    def plain(self) -> dict[str, Any]:
        """The record as JSON values."""
        return self.model_dump(mode="json")


_SENTENCES = {
    "missing": "is required",
    "extra_forbidden": "is not a field of this form",
    "string_too_short": "is required",
    "string_too_long": "must have at most {max_length} characters",
    "int_parsing": "must be a whole number",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
    "date_from_datetime_parsing": "must be a date",
    "date_parsing": "must be a date",
    "date_type": "must be a date",
}


def field_errors(error: ValidationError) -> dict[str, str]:
    """Say for each wrong field what it must be; the text follows the field's label."""
    fields: dict[str, str] = {}
    for problem in error.errors(include_url=False, include_input=False):
        name = ".".join(str(part) for part in problem["loc"]) or "body"
        sentence = _SENTENCES.get(problem["type"])
        context = problem.get("ctx", {})
        fields[name] = sentence.format(**context) if sentence else _plain(problem["msg"])
    return fields


def _plain(message: str) -> str:
    # pydantic phrases its messages as "Input should …" and ours as "Value error, …".
    return message.removeprefix("Value error, ").replace("Input should", "should", 1)
