"""Rows of packets and their deliveries, as statements: for what happened on days that no test can go to."""

import json

from ganger.db import Statement, Value, insert


def packet_row(packet_id: str, at: str, name: str = "Sun protection", **changes: Value) -> Statement:
    """A packet of one template that was given out to Pat Example in Ann Arbor."""
    used = [{"template_id": "t2", "family_id": "sun", "version": 2, "name": name}]
    columns: dict[str, Value] = {
        "id": packet_id,
        "location_id": "loc_aa",
        "is_general": 0,
        "patient_name": "Pat Example",
        "patient_dob": "1985-06-15",
        "patient_source": "manual",
        "templates_json": json.dumps(used),
        "rendered_json": "[]",
        "status": "ready",
        "generated_by": "usr_pat",
        "generated_at": at,
        "created_at": at,
        "updated_at": at,
    }
    return insert("generated_handouts", columns | changes)


def delivery_row(delivery_id: str, packet_id: str, at: str, channel: str, status: str) -> Statement:
    """A delivery of such a packet."""
    columns: dict[str, Value] = {
        "id": delivery_id,
        "handout_id": packet_id,
        "location_id": "loc_aa",
        "channel": channel,
        "destination": None if channel == "print" else "pat@example.test",
        "status": status,
        "requested_by": "usr_pat",
        "created_at": at,
        "updated_at": at,
    }
    return insert("delivery_tracking", columns)
