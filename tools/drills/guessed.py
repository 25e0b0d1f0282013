"""Packets whose codes and dates of birth are guessed at."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app_workers.handouts.domain.links import TOKEN_BYTES, token_hash, token_of
from ganger.clock import iso_utc
from ganger.codes import PACKET_CODE_LENGTH, new_code
from ganger.db import Value, insert
from ganger.ids import new_id
from tools.local import LocalPlatform

BORN = "1985-06-15"


@dataclass(frozen=True, slots=True)
class Guessed:
    """A packet by what its patient holds."""

    code: str
    token: str


def give_out(
    local: LocalPlatform,
    *,
    code_until: datetime | None = None,
    link_until: datetime | None = None,
    revoked_at: datetime | None = None,
) -> Guessed:
    """Give a packet out to Pat Example, with a link; both open for a month unless said otherwise."""
    now = datetime.now(UTC)
    at, later = iso_utc(now), now + timedelta(days=30)
    packet_id, guessed = (
        new_id(now),
        Guessed(new_code(PACKET_CODE_LENGTH), token_of(secrets.token_bytes(TOKEN_BYTES))),
    )
    revoked = iso_utc(revoked_at) if revoked_at else None
    packet: dict[str, Value] = {
        "id": packet_id,
        "location_id": "loc_aa",
        "is_general": 0,
        "patient_name": "Pat Example",
        "patient_dob": BORN,
        "patient_source": "manual",
        "rendered_json": "[]",
        "status": "revoked" if revoked else "ready",
        "digital_allowed": 1,
        "qr_code": guessed.code,
        "qr_expires_at": iso_utc(code_until or later),
        "generated_by": "usr_pat",
        "generated_at": at,
        "revoked_at": revoked,
        "created_at": at,
        "updated_at": at,
    }
    link: dict[str, Value] = {
        "id": new_id(now),
        "handout_id": packet_id,
        "location_id": "loc_aa",
        "channel": "sms",
        "token_hash": token_hash(guessed.token),
        "expires_at": iso_utc(link_until or later),
        "max_opens": 50,
        "revoked_at": revoked,
        "created_at": at,
        "updated_at": at,
    }
    local.batch([insert("generated_handouts", packet), insert("handout_links", link)])
    return guessed
