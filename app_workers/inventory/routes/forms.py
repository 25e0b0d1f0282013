"""What every form of this app does alike."""

from collections.abc import Mapping

from app_workers.inventory.labels import FIELDS
from ganger.errors import AppError


def field_errors(refusal: AppError | None) -> Mapping[str, str]:
    """A sentence for each field that the refusal is about."""
    match refusal.details if refusal else {}:
        case {"fields": dict() as fields}:
            return {name: f"{FIELDS.get(name, name)} {text}" for name, text in fields.items()}
        case {"field": str() as name}:
            return {name: str(refusal)}
    return {}
