"""Demo packets of the last 30 days: in every state, with deliveries on every channel and in every state."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from ganger.clock import clinic_midnight, iso_utc
from ganger.codes import ALPHABET, PACKET_CODE_LENGTH
from ganger.db import Statement, Value
from ganger.demo import insert_if_missing
from ganger.documents import Document

NOBODY = ("", "", None, None, None)
_PATIENTS = {  # name, birth date, MRN, e-mail, mobile: all of them made up
    "pat": ("Pat Example", "1985-06-15", "10000001", "pat@example.test", "+17345550142"),
    "sam": ("Sam Sample", "2012-03-09", "10000002", "sam@example.test", "+17345550143"),
    "casey": ("Casey Demo", "1951-11-30", "10000003", None, "+17345550144"),
    "robin": ("Robin Placeholder", "1999-01-20", None, "robin@example.test", None),
}
_STAFF = {"loc_aa": "usr_pat", "loc_wx": "usr_wes", "loc_py": "usr_fay"}
_NAMES = {
    "tpl_sun": ("Sun protection", 2),
    "tpl_vinegar": ("Vinegar soak for nails", 1),
    "tpl_wound": ("Wound care", 1),
    "tpl_psoriasis": ("Psoriasis basics", 1),
    "tpl_patch_test": ("Patch test preparation", 1),
    "tpl_acne_regimen": ("Acne regimen", 1),
}
_LITERAL = "7K3MQ9XW2P"


@dataclass(frozen=True, slots=True)
class _Demo:
    """A packet, so many days ago; `sent` are its deliveries as channel and status."""

    number: int
    days: int
    patient: str | None
    location_id: str
    templates: tuple[str, ...]
    status: str = "ready"
    sent: tuple[tuple[str, str], ...] = (("print", "printed"),)
    is_locked: bool = False


_PACKETS = (
    _Demo(1, 2, "pat", "loc_aa", ("tpl_sun", "tpl_wound"), sent=(("print", "printed"), ("sms", "delivered"))),
    _Demo(2, 0, "sam", "loc_wx", ("tpl_wound",), sent=(("sms", "sent"),)),
    _Demo(3, 0, "casey", "loc_py", ("tpl_psoriasis",), sent=(("print", "printed"), ("sms", "queued"))),
    _Demo(4, 0, "pat", "loc_aa", ("tpl_vinegar",), sent=(("email", "failed"), ("print", "printed"))),
    _Demo(5, 1, "pat", "loc_aa", ("tpl_patch_test",), is_locked=True),
    _Demo(6, 29, "sam", "loc_wx", ("tpl_sun",), sent=(("email", "delivered"), ("print", "printed"))),
    _Demo(7, 28, "casey", "loc_py", ("tpl_wound", "tpl_sun")),
    _Demo(8, 1, "robin", "loc_aa", ("tpl_sun",), "failed", ()),
    _Demo(9, 4, "pat", "loc_aa", ("tpl_wound",), "revoked", (("sms", "cancelled"),)),
    _Demo(10, 9, "sam", "loc_wx", ("tpl_vinegar",), "revoked"),
    _Demo(11, 0, "robin", "loc_aa", ("tpl_acne_regimen",), "draft", ()),
    _Demo(12, 5, None, "loc_aa", ("tpl_sun",), sent=(("print", "printed"), ("print", "printed"))),
    _Demo(13, 3, "robin", "loc_aa", ("tpl_vinegar",), sent=(("email", "bounced"), ("print", "printed"))),
    _Demo(14, 6, "casey", "loc_py", ("tpl_patch_test",), sent=(("sms", "failed"), ("print", "printed"))),
    *(
        _Demo(
            number,
            number - 8,
            ("pat", "sam", "casey")[number % 3],
            ("loc_aa", "loc_wx", "loc_py")[number % 3],
            (("tpl_sun", "tpl_wound", "tpl_psoriasis", "tpl_vinegar")[number % 4],),
        )
        for number in range(15, 26)
    ),
)


def packet_statements(today: date, documents: dict[str, Document]) -> Iterator[Statement]:
    """The rows of the packets and of their deliveries and links.

    Args:
        documents: by template, what it prints without anything to fill in.
    """
    for packet in _PACKETS:
        yield _packet(packet, today, documents)
        for place, (channel, status) in enumerate(packet.sent):
            yield _delivery(packet, today, place, channel, status)
            if channel != "print" and status != "queued":
                yield _link(packet, today, place, channel)


def _packet(packet: _Demo, today: date, documents: dict[str, Document]) -> Statement:
    at = _at(packet, today)
    name, born, mrn, email, phone = _PATIENTS[packet.patient] if packet.patient else NOBODY
    days = 365 if packet.patient is None else 30
    is_given = packet.status in ("ready", "revoked")
    chosen = [
        {"template_id": each, "family_id": each, "version": _NAMES[each][1], "name": _NAMES[each][0]}
        for each in packet.templates
    ]
    rendered = [documents[each].plain() | {"language": "en"} for each in packet.templates]
    columns: dict[str, Value] = {
        "id": _id(packet),
        "location_id": packet.location_id,
        "is_general": int(packet.patient is None),
        "patient_mrn": mrn,
        "patient_name": name or None,
        "patient_dob": born or None,
        "patient_email": email,
        "patient_phone": phone,
        "patient_source": "none" if packet.patient is None else "ehr" if mrn else "manual",
        "provider_name": "Dr. Demo",
        "templates_json": json.dumps(chosen),
        "rendered_json": "[]" if packet.status == "draft" else json.dumps(rendered),
        "status": packet.status,
        "failure_code": "GIVEN_UP" if packet.status == "failed" else None,
        "digital_allowed": int(is_given),
        "qr_code": _code(packet) if is_given else None,
        "qr_expires_at": iso_utc(at + timedelta(days=days)) if is_given else None,
        "print_count": [channel for channel, _ in packet.sent].count("print"),
        # Far enough ahead to be seen for as long as somebody tries the platform.
        "access_locked_until": iso_utc(at + timedelta(days=30)) if packet.is_locked else None,
        "first_opened_at": iso_utc(at + timedelta(hours=1)) if _is_delivered(packet) else None,
        "generated_by": _STAFF[packet.location_id],
        "generated_at": None if packet.status == "draft" else iso_utc(at),
        "created_at": iso_utc(at),
        "updated_at": iso_utc(at),
    }
    if packet.status == "revoked":
        reason = {"revoke_reason": "wrong template", "revoked_by": _STAFF[packet.location_id]}
        columns |= reason | {"revoked_at": iso_utc(at + timedelta(hours=1))}
    return insert_if_missing("generated_handouts", columns)


def _delivery(packet: _Demo, today: date, place: int, channel: str, status: str) -> Statement:
    at = _at(packet, today) + timedelta(minutes=place + 1)
    _, _, _, email, phone = _PATIENTS[packet.patient] if packet.patient else NOBODY
    columns: dict[str, Value] = {
        "id": _delivery_id(packet, place),
        "handout_id": _id(packet),
        "location_id": packet.location_id,
        "channel": channel,
        "destination": {"sms": phone, "email": email, "print": None}[channel],
        "contact_source": None if channel == "print" else "ehr",
        "status": status,
        "attempts": 0 if channel == "print" or status == "queued" else 1,
        "failure_code": "OPTED_OUT" if status == "failed" else None,
        # Nobody sends it on the day that it is shown.
        "next_attempt_at": iso_utc(at + timedelta(days=1)) if status == "queued" else None,
        "sent_at": iso_utc(at) if status in ("sent", "delivered", "bounced") else None,
        "delivered_at": iso_utc(at) if status == "delivered" else None,
        "opened_at": iso_utc(at + timedelta(hours=1)) if status == "delivered" else None,
        "requested_by": _STAFF[packet.location_id],
        "created_at": iso_utc(at),
        "updated_at": iso_utc(at),
    }
    return insert_if_missing("delivery_tracking", columns)


def _link(packet: _Demo, today: date, place: int, channel: str) -> Statement:
    at = _at(packet, today) + timedelta(minutes=place + 1)
    is_opened = packet.sent[place][1] == "delivered"
    columns: dict[str, Value] = {
        "id": f"hln_{packet.number:02}_{place}",
        "handout_id": _id(packet),
        "location_id": packet.location_id,
        "delivery_id": _delivery_id(packet, place),
        "channel": channel,
        # Of no token at all: nothing opens it.
        "token_hash": sha256(f"demo {packet.number} {place}".encode()).hexdigest(),
        "expires_at": iso_utc(at + timedelta(hours=72)),
        "max_opens": 10,
        "open_count": 2 if is_opened else 0,
        "first_opened_at": iso_utc(at + timedelta(hours=1)) if is_opened else None,
        "last_opened_at": iso_utc(at + timedelta(hours=2)) if is_opened else None,
        "created_at": iso_utc(at),
        "updated_at": iso_utc(at),
    }
    return insert_if_missing("handout_links", columns)


def _is_delivered(packet: _Demo) -> bool:
    return "delivered" in [status for _, status in packet.sent]


def _at(packet: _Demo, today: date) -> datetime:
    day = today - timedelta(days=packet.days)
    return clinic_midnight(day) + timedelta(minutes=packet.number)


def _id(packet: _Demo) -> str:
    return f"pkt_{packet.number:02}"


def _delivery_id(packet: _Demo, place: int) -> str:
    return f"dlv_{packet.number:02}_{place}"


def _code(packet: _Demo) -> str:
    """The first packet's code is known; those of the others are as long and follow from their number."""
    if packet.number == 1:
        return _LITERAL
    digest = sha256(f"demo packet {packet.number}".encode()).digest()
    return "".join(ALPHABET[byte & 31] for byte in digest[:PACKET_CODE_LENGTH])
