"""What the forms of packets do alike."""

from collections.abc import Mapping

from app_workers.handouts.packet_labels import FIELDS
from ganger.errors import AppError


def field_errors(refusal: AppError | None) -> Mapping[str, str]:
    """A sentence for each field that the refusal is about."""
    match refusal.details if refusal else {}:
        case {"fields": dict() as fields}:
            return {name: f"{FIELDS.get(name, name)} {text}" for name, text in fields.items()}
    return {}
