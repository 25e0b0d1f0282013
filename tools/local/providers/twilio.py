"""Twilio's Messages API: POST and GET /2010-04-01/Accounts/{account}/Messages.json, and its signed webhooks.

Source: www.twilio.com/docs: messaging/api/message-resource, usage/webhooks/webhooks-security.
"""

import hmac
import re
from base64 import b64encode
from collections.abc import Mapping
from email.utils import format_datetime

import httpx

from tools.local.providers.exchange import Asked, Reply, json_reply
from tools.local.providers.fault import Fault
from tools.local.providers.messages import Mailroom, Taken, now

ACCOUNT = "AC" + "0" * 32
SENDER = "+17345550100"
# A number that Twilio itself refuses, as its own test credentials do.
INVALID = "+15005550001"
_MOBILE = re.compile(r"\+1[0-9]{10}")


class TwilioStandIn(Mailroom):
    """One account."""

    token: str = ""

    def answer(self, asked: Asked) -> Reply:
        """Answer one request."""
        if asked.basic != (ACCOUNT, self.token):
            return json_reply({"code": 20003, "message": "Authenticate", "status": 401}, 401)
        if asked.path != f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json":
            return json_reply({"code": 20404, "message": "Not found", "status": 404}, 404)
        return self._made(asked.form) if asked.method == "POST" else self._listed(asked.query)

    def tell(self, message: Taken, status: str, error_code: str = "") -> httpx.Response:
        """Tell of a message, as StatusCallback does."""
        fields = {"AccountSid": ACCOUNT, "MessageSid": message.id, "MessageStatus": status, "To": message.to}
        if error_code:
            fields["ErrorCode"] = error_code
        return self.post(message.hook, fields)

    def receive(self, hook: str, sender: str, text: str) -> httpx.Response:
        """Pass on a text that somebody sent us."""
        sid = f"SM{self.number():032x}"
        return self.post(hook, {"AccountSid": ACCOUNT, "MessageSid": sid, "From": sender, "Body": text})

    def post(self, url: str, fields: Mapping[str, str]) -> httpx.Response:
        """Send a signed webhook."""
        signed = url + "".join(name + fields[name] for name in sorted(fields))
        mac = b64encode(hmac.digest(self.token.encode(), signed.encode(), "sha1")).decode()
        return httpx.post(url, data=dict(fields), headers={"x-twilio-signature": mac}, timeout=30)

    def _made(self, form: Mapping[str, str]) -> Reply:
        missing = [name for name in ("To", "From", "Body") if not form.get(name)]
        if missing or form["From"] != SENDER:
            return _wrong(21602, "A parameter is missing or not ours.")
        if not _MOBILE.fullmatch(form["To"]) or form["To"] == INVALID:
            return _wrong(21211, "Invalid 'To' Phone Number")
        sid = f"SM{self.number():032x}"
        hook = form.get("StatusCallback", "")
        message = Taken(sid, "sms", form["To"], "", form["Body"], now(), hook)
        failed = json_reply({"code": 20500, "message": "Internal Server Error", "status": 500}, 500)
        return self.take(message, json_reply(_told(message), 201), failed)

    def _listed(self, query: Mapping[str, str]) -> Reply:
        refusal = self.refusal()
        if refusal is not None:
            return refusal
        if self.fault in (Fault.FAILS, Fault.FAILS_LATE):
            return json_reply({"code": 20500, "status": 500}, 500)
        found = [message for message in reversed(self.taken) if message.to == query.get("To", message.to)]
        return json_reply({"messages": [_told(message) for message in found[: int(query["PageSize"])]]})


def _told(message: Taken) -> dict[str, object]:
    made = format_datetime(message.at)
    return {
        "sid": message.id,
        "account_sid": ACCOUNT,
        "to": message.to,
        "from": SENDER,
        "body": message.text,
        "status": "queued",
        "direction": "outbound-api",
        "date_created": made,
        "error_code": None,
    }


def _wrong(code: int, text: str) -> Reply:
    return json_reply({"code": code, "message": text, "status": 400}, 400)
