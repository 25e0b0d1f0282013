"""What the forms of packets do alike."""

from collections.abc import Mapping
from uuid import uuid4

from app_workers.handouts.packet_labels import FIELDS
from ganger.context import Context
from ganger.errors import AppError

_PATTERNS = {"mrn": "must have 6 to 10 digits"}  # in words, where a pattern is not met
_NO_MATCH = "String should match pattern"


def field_errors(refusal: AppError | None) -> Mapping[str, str]:
    """A sentence for each field that the refusal is about."""
    match refusal.details if refusal else {}:
        case {"fields": dict() as fields}:
            return {name: f"{FIELDS.get(name, name)} {_said(name, text)}" for name, text in fields.items()}
    return {}


def place_and_reference(ctx: Context, typed: Mapping[str, str]) -> dict[str, object]:
    """What a form says of the location, and by what asking again with it is told from asking for more."""
    return {
        "places": [{"value": each.id, "label": each.name} for each in ctx.scope.locations],
        "own": typed.get("location_id") or ctx.user.location.id,
        "client_ref": typed.get("client_ref") or uuid4().hex,
    }


def _said(name: str, text: str) -> str:
    return _PATTERNS.get(name, text) if text.startswith(_NO_MATCH) else text
