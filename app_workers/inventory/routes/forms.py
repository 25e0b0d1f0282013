"""What every form of this app does alike."""

from collections.abc import Mapping

from app_workers.inventory.labels import FIELDS
from ganger.errors import AppError
from ganger.records import Record


def field_errors(refusal: AppError | None) -> Mapping[str, str]:
    """A sentence for each field that the refusal is about."""
    match refusal.details if refusal else {}:
        case {"fields": dict() as fields}:
            return {name: f"{FIELDS.get(name, name)} {text}" for name, text in fields.items()}
        case {"field": str() as name}:
            return {name: str(refusal)}
    return {}


def typed_of(record: Record, **dollars: str) -> dict[str, str]:
    """A record as if somebody had typed it into its form.

    Args:
        dollars: fields in cents, and the names under which the form has them in dollars.
    """
    plain = {name: value for name, value in record.plain().items() if value is not None}
    amounts = {typed: f"{plain[name] / 100:.2f}" for name, typed in dollars.items()}
    texts = {
        name: ("on" if value else "") if isinstance(value, bool) else str(value)
        for name, value in plain.items()
        if name not in dollars
    }
    return texts | amounts
