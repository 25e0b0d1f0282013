"""Mailgun's messages and events, and its webhooks. Pure.

Each mail carries a Message-Id of ours, by which the provider can be asked for it.

Source: documentation.mailgun.com: API reference, Messages and Events; user manual, "Securing webhooks".
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass

from ganger.contracts.communication import Status
from service_workers.hubs.communication.domain.sending import Declined, News, Parcel, Taken, Wish
from service_workers.hubs.domain.web import Answer, Outgoing

_BAD_REQUEST = 400
# A webhook is signed afresh for each attempt to deliver it.
_FRESH_S = 300
_MOST_DIGITS = 12
_VARIABLE = "ganger_message"


@dataclass(frozen=True, slots=True)
class Mailgun:
    """One sending domain."""

    url: str
    domain: str
    key: str
    sender: str

    def request(self, parcel: Parcel) -> Outgoing:
        """See `Carrier`."""
        form = {
            "from": self.sender,
            "to": parcel.to,
            "subject": parcel.wording.subject,
            "text": parcel.wording.text,
            "h:Message-Id": f"<{self._message_id(parcel)}>",
            f"v:{_VARIABLE}": parcel.id,
            # Nothing of the provider's goes into a mail to a patient.
            "o:tracking": "no",
        }
        return Outgoing("POST", f"{self._place}/messages", form=form, user="api", password=self.key)

    def result(self, answer: Answer) -> Taken | Declined:
        """See `Carrier`."""
        if answer.is_ok:
            return Taken(_bare(answer.json().get("id")))
        return Declined("INVALID_DESTINATION" if answer.status == _BAD_REQUEST else "REJECTED")

    def question(self, parcel: Parcel) -> Outgoing:
        """See `Carrier`."""
        query = {"message-id": self._message_id(parcel), "limit": "1"}
        return Outgoing("GET", f"{self._place}/events", query=query, user="api", password=self.key)

    def found(self, answer: Answer, parcel: Parcel, known: frozenset[str]) -> str | None:
        """See `Carrier`: any event of the mail says that it was taken."""
        items = answer.json().get("items")
        reference = self._message_id(parcel)
        return reference if isinstance(items, list) and items and reference not in known else None

    @property
    def _place(self) -> str:
        return f"{self.url}/v3/{self.domain}"

    def _message_id(self, parcel: Parcel) -> str:
        return f"{parcel.id}@{self.domain}"


def signature(timestamp: str, token: str, key: str) -> str:
    """The signature of a webhook: HMAC-SHA256 of its timestamp and token, in hex."""
    return hmac.digest(key.encode(), (timestamp + token).encode(), "sha256").hex()


def is_signed(body: Mapping[str, object], key: str, now_s: float) -> bool:
    """Whether Mailgun signed the webhook, and just now."""
    given = body.get("signature")
    if not isinstance(given, Mapping):
        return False
    timestamp, token = str(given.get("timestamp")), str(given.get("token"))
    # A longer one is no time, and int() takes no number of thousands of digits.
    if not timestamp.isdecimal() or len(timestamp) > _MOST_DIGITS or abs(now_s - int(timestamp)) > _FRESH_S:
        return False
    return hmac.compare_digest(
        str(given.get("signature")).encode(), signature(timestamp, token, key).encode()
    )


def used_token(body: Mapping[str, object]) -> str:
    """The token of a signed webhook. It is signed in place of the body, so each counts once."""
    given = body.get("signature")
    return str(given.get("token")) if isinstance(given, Mapping) else ""


def read_hook(body: Mapping[str, object]) -> News | Wish | None:
    """What a signed webhook tells: of a message of ours, or of somebody's wish; None for anything else."""
    data = body.get("event-data")
    if not isinstance(data, Mapping):
        return None
    event = (data.get("event"), data.get("severity"))
    if event[0] in ("unsubscribed", "complained"):
        return Wish(used_token(body), str(data.get("recipient", "")).lower(), is_out=True)
    status = _status(event)
    variables = data.get("user-variables")
    message_id = variables.get(_VARIABLE) if isinstance(variables, Mapping) else None
    if status is None or not isinstance(message_id, str):
        return None
    failure = {"bounced": "BOUNCED", "failed": "REJECTED"}.get(status)
    return News(used_token(body), message_id, None, status, failure)


def _status(event: tuple[object, object]) -> Status | None:
    match event:
        case ("accepted", _):
            return "sent"
        case ("delivered", _):
            return "delivered"
        case ("failed", "permanent"):
            return "bounced"
        case ("rejected", _):
            return "failed"
        case _:
            return None  # of `failed` with the severity `temporary` Mailgun tries again


def _bare(message_id: object) -> str:
    return str(message_id).strip("<>")
