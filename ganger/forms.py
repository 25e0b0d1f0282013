"""What is asked of a record type, and a posted form as typed, as a record, and as what is wrong with it.

Nothing here imports pydantic, so that a small worker can do without it; `ganger.records.Record` is what
the larger ones use.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, Protocol, Self, TypeVar

from ganger.errors import ValidationFailed


class Checkable(Protocol):
    """A record type that can be made from an untrusted value."""

    @classmethod
    def checked(cls, value: object) -> Self:
        """The record, or ValidationFailed."""
        ...


R = TypeVar("R", bound=Checkable)


@dataclass(frozen=True, slots=True)
class Form(Generic[R]):
    """`record` is None when `errors` names fields; `values` is what was typed, to be shown again."""

    values: Mapping[str, str] = field(default_factory=dict)
    record: R | None = None
    errors: Mapping[str, str] = field(default_factory=dict)


def read_form(model: type[R], typed: Mapping[str, str]) -> Form[R]:
    """Check what was typed against a record type. An empty field counts as not given."""
    values = {name: value.strip() for name, value in typed.items()}
    try:
        return Form(values, model.checked({name: value for name, value in values.items() if value}))
    except ValidationFailed as error:
        return Form(values, None, error.fields)
