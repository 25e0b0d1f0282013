"""Audit rows: who changed or read what, when and from where.

The row of a change stands in the same batch as the change; the row of a read is written before anything
is shown. `ganger.audit_chain` makes later changes of the rows evident.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ganger.clock import iso_utc
from ganger.db import Statement, Value, insert
from ganger.errors import ValidationFailed
from ganger.ids import new_id

MAX_JUSTIFICATION = 500
SYSTEM = "system"  # the user id of what a job did; nobody has it
VISITOR = "visitor"  # the user id of whoever is not signed in, such as a patient; nobody has it either
_FIELD_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}(\.[a-z][a-z0-9_]{0,63})?")


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, on behalf of which request, and the instant of the act."""

    user_id: str
    request_id: str
    ip_address: str | None
    at: datetime


def audit_row(
    actor: Actor,
    action: str,
    record_type: str,
    record_id: str,
    location_id: str | None = None,
    fields: Mapping[str, object] | None = None,
) -> Statement:
    """The statement that writes the audit row of a change.

    Args:
        action: `<app>:<verb>`, such as `inventory:receive`.
        fields: what changed, by field: `[before, after]`, or the new value alone; never PHI.
    """
    columns = _columns(actor, action, record_type, record_id, location_id)
    return insert("audit_logs", columns | {"fields_json": json.dumps(fields) if fields is not None else None})


def phi_read(
    actor: Actor,
    record_type: str,
    record_id: str,
    location_id: str | None,
    justification: str,
    fields: Sequence[str],
    *,
    is_minimum_necessary: bool,
    is_consented: bool,
) -> Statement:
    """The statement that writes that a person sees a patient's data; carry it out before showing any.

    Args:
        justification: why they look, in their words or the handler's; 1 to 500 characters.
        fields: names of what is shown, such as `birth_date` or `patient.phone`; never values.
        is_minimum_necessary: no more is shown than the purpose needs.
        is_consented: the patient agreed to this use.
    Raises:
        ValidationFailed: the justification is empty or too long.
        ValueError: there is no field, or one is not a name.
    """
    reason = justification.strip()
    if not reason:
        raise ValidationFailed({"justification": "is required"})
    if len(reason) > MAX_JUSTIFICATION:
        raise ValidationFailed({"justification": f"must have at most {MAX_JUSTIFICATION} characters"})
    if not fields or not all(_FIELD_NAME.fullmatch(name) for name in fields):
        raise ValueError("A read of patient data names the fields that it shows.")
    columns = _columns(actor, "phi:read", record_type, record_id, location_id) | {
        "justification": reason,
        "fields_json": json.dumps(sorted(set(fields))),
        "is_minimum_necessary": int(is_minimum_necessary),
        "is_consented": int(is_consented),
    }
    return insert("audit_logs", columns)


def phi_refusal(actor: Actor, permission: str, fields: Mapping[str, object]) -> Statement:
    """The statement that writes that a person was refused a permission to read patients' data.

    Args:
        fields: which route they tried, and the identifiers in its path.
    """
    columns = _columns(actor, "phi:refused", "permission", permission, None) | {
        "fields_json": json.dumps(fields),
        "is_authorized": 0,
        "is_minimum_necessary": 0,
    }
    return insert("audit_logs", columns)


def _columns(
    actor: Actor, action: str, record_type: str, record_id: str, location_id: str | None
) -> dict[str, Value]:
    return {
        "id": new_id(actor.at),
        "occurred_at": iso_utc(actor.at),
        "user_id": actor.user_id,
        "action": action,
        "record_type": record_type,
        "record_id": record_id,
        "location_id": location_id,
        "request_id": actor.request_id,
        "ip_address": actor.ip_address,
    }
