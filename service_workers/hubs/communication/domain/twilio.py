"""Twilio's Messages API and its webhooks. Pure.

Source: www.twilio.com/docs: messaging/api/message-resource (version 2010-04-01), api/errors,
usage/webhooks/webhooks-security.
"""

import hmac
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from ganger.contracts.communication import Status
from service_workers.hubs.communication.domain.sending import Declined, News, Parcel, Taken, Wish
from service_workers.hubs.domain.web import Answer, Outgoing

_STATUSES: dict[str, Status] = {
    "accepted": "sent",
    "queued": "sent",
    "sending": "sent",
    "sent": "sent",
    "delivered": "delivered",
    "read": "delivered",
    "undelivered": "failed",
    "failed": "failed",
}
_OPTED_OUT = "21610"
_FAILURES = {
    _OPTED_OUT: "OPTED_OUT",
    "21211": "INVALID_DESTINATION",
    "21614": "INVALID_DESTINATION",
    "30005": "INVALID_DESTINATION",
    "30006": "INVALID_DESTINATION",
}
_OTHER = "NOT_DELIVERED"
# What Twilio itself takes for such a wish, and the word that it says it has understood (Advanced Opt-Out).
_STOP = frozenset({"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "OPTOUT", "REVOKE"})
_START = frozenset({"START", "YES", "UNSTOP"})
# Their clock and ours may differ.
_CLOCKS_S = 30


@dataclass(frozen=True, slots=True)
class Twilio:
    """One account and the number that it sends from. `hook` is where Twilio tells us of messages."""

    url: str
    account: str
    token: str
    sender: str
    hook: str

    def request(self, parcel: Parcel) -> Outgoing:
        """See `Carrier`."""
        form = {
            "To": parcel.to,
            "From": self.sender,
            "Body": parcel.wording.text,
            "StatusCallback": f"{self.hook}?message={parcel.id}",
        }
        return Outgoing("POST", self._messages, form=form, user=self.account, password=self.token)

    def result(self, answer: Answer) -> Taken | Declined:
        """See `Carrier`."""
        body = answer.json()
        if answer.is_ok:
            return Taken(str(body.get("sid", "")))
        return Declined(_FAILURES.get(str(body.get("code")), "REJECTED"))

    def question(self, parcel: Parcel) -> Outgoing:
        """See `Carrier`; Twilio keeps no reference of ours, so the latest to that number are asked for."""
        query = {"To": parcel.to, "From": self.sender, "PageSize": "50"}
        return Outgoing("GET", self._messages, query=query, user=self.account, password=self.token)

    def found(self, answer: Answer, parcel: Parcel, known: frozenset[str]) -> str | None:
        """See `Carrier`: one with the same text, made since we gave it, that is none of our others."""
        messages = answer.json().get("messages")
        since = datetime.fromisoformat(parcel.claimed_at) - timedelta(seconds=_CLOCKS_S)
        for message in messages if isinstance(messages, list) else []:
            sid, made = str(message.get("sid")), str(message.get("date_created"))
            if message.get("body") == parcel.wording.text and sid not in known and _instant(made) >= since:
                return sid
        return None

    @property
    def _messages(self) -> str:
        return f"{self.url}/2010-04-01/Accounts/{self.account}/Messages.json"


def signature(url: str, fields: Mapping[str, str], token: str) -> str:
    """The value of X-Twilio-Signature: HMAC-SHA1 of the URL and all posted fields, sorted by name."""
    signed = url + "".join(name + fields[name] for name in sorted(fields))
    return b64encode(hmac.digest(token.encode(), signed.encode(), "sha1")).decode()


def is_signed(given: str, url: str, fields: Mapping[str, str], token: str) -> bool:
    """Whether Twilio signed the request."""
    return hmac.compare_digest(given.encode(), signature(url, fields, token).encode())


def read_hook(message_id: str | None, fields: Mapping[str, str]) -> News | Wish | None:
    """What a signed request tells: of a message of ours, or of somebody's wish; None for anything else."""
    sid = fields.get("MessageSid", "")
    status = _STATUSES.get(fields.get("MessageStatus", ""))
    if status is not None:
        failure = _FAILURES.get(fields.get("ErrorCode", ""), _OTHER) if status == "failed" else None
        return News(f"{sid}:{fields['MessageStatus']}", message_id, sid, status, failure)
    word = (fields.get("OptOutType") or fields.get("Body", "")).strip().upper()
    if word in _STOP | _START:
        return Wish(sid, fields.get("From", ""), word in _STOP)
    return None


def _instant(text: str) -> datetime:
    """An RFC 2822 date, as Twilio writes it; without one it is only just being made."""
    try:
        return parsedate_to_datetime(text)
    except ValueError:
        return datetime.max.replace(tzinfo=UTC)
