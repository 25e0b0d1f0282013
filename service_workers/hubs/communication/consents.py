"""Consent of patients, by channel: what they said last holds."""

from typing import get_args

from ganger.audit import audit_row
from ganger.clock import iso_utc
from ganger.contracts.communication import Channel, Consent, ConsentGiven, Consents, PatientQuestion
from ganger.db import Database, Value, insert
from ganger.rpc_serving import Call

_LATEST = """
    SELECT channel, consented, method, at FROM hub_consents
    WHERE mrn = ? AND number IN (SELECT max(number) FROM hub_consents WHERE mrn = ? GROUP BY channel)
"""


async def consents_of(call: Call, asked: PatientQuestion) -> Consents:
    """What a patient said last of each channel."""
    return Consents(await _latest(call.db, asked.mrn))


async def record_consent(call: Call, asked: ConsentGiven) -> Consents:
    """Write down what a patient says, and return how things stand then."""
    row: dict[str, Value] = {
        "mrn": asked.mrn,
        "channel": asked.channel,
        "consented": int(asked.consented),
        "method": asked.method,
        "app": call.app,
        "user_id": call.actor.user_id,
        "location_id": asked.location_id,
        "at": iso_utc(call.actor.at),
    }
    facts = {"channel": asked.channel, "consented": asked.consented, "method": asked.method, "app": call.app}
    audit = audit_row(call.actor, "hubs:consent", "patient", asked.mrn, asked.location_id, facts)
    await call.db.batch([insert("hub_consents", row), audit])
    return Consents(await _latest(call.db, asked.mrn))


async def has_consented(db: Database, mrn: str, channel: Channel) -> bool:
    """Whether the patient wants messages on that channel."""
    return any(each.channel == channel and each.consented for each in await _latest(db, mrn))


async def _latest(db: Database, mrn: str) -> tuple[Consent, ...]:
    said = {
        row["channel"]: Consent(row["channel"], bool(row["consented"]), row["method"], str(row["at"]))  # type: ignore[arg-type]
        for row in await db.rows(_LATEST, mrn, mrn)
    }
    return tuple(said.get(channel, Consent(channel)) for channel in get_args(Channel))
