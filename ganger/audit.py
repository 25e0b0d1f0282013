"""Audit rows: who changed what, when and from where, in the same batch as the change itself."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ganger.clock import iso_utc
from ganger.db import Statement, Value, insert
from ganger.ids import new_id


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
    """The statement that writes one audit row.

    Args:
        action: `<app>:<verb>`, such as `inventory:receive`.
        fields: what changed, by field: `[before, after]`, or the new value alone; never PHI.
    """
    columns: dict[str, Value] = {
        "id": new_id(actor.at),
        "occurred_at": iso_utc(actor.at),
        "user_id": actor.user_id,
        "action": action,
        "record_type": record_type,
        "record_id": record_id,
        "location_id": location_id,
        "request_id": actor.request_id,
        "ip_address": actor.ip_address,
        "fields_json": json.dumps(fields) if fields is not None else None,
    }
    return insert("audit_logs", columns)
