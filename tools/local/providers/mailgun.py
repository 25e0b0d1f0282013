"""Mailgun: POST /v3/{domain}/messages, GET /v3/{domain}/events, and its signed webhooks.

Source: documentation.mailgun.com: API reference, Messages and Events; user manual, "Securing webhooks".
"""

import hmac
import secrets
import time
from collections.abc import Mapping

import httpx

from tools.local.providers.exchange import Asked, Reply, json_reply
from tools.local.providers.fault import Fault
from tools.local.providers.messages import Mailroom, Taken, now

DOMAIN = "mail.example.test"


class MailgunStandIn(Mailroom):
    """One sending domain. `hook` is where it tells of mails, as set up at the service."""

    key: str = ""
    signing_key: str = ""
    hook: str = ""

    def answer(self, asked: Asked) -> Reply:
        """Answer one request."""
        if asked.basic != ("api", self.key):
            return json_reply({"message": "Invalid private key"}, 401)
        if (asked.method, asked.path) == ("POST", f"/v3/{DOMAIN}/messages"):
            return self._made(asked.form)
        if (asked.method, asked.path) == ("GET", f"/v3/{DOMAIN}/events"):
            return self._events(asked.query)
        return json_reply({"message": "Not found"}, 404)

    def tell(self, message: Taken, event: str, severity: str = "") -> httpx.Response:
        """Tell of a mail, as a webhook does."""
        data = {
            "event": event,
            "id": secrets.token_hex(8),
            "timestamp": time.time(),
            "recipient": message.to,
            "message": {"headers": {"message-id": message.id}},
            "user-variables": {"ganger_message": message.ours},
        }
        return self.post({"event-data": data | ({"severity": severity} if severity else {})})

    def post(self, body: Mapping[str, object]) -> httpx.Response:
        """Send a signed webhook."""
        timestamp, token = str(int(time.time())), secrets.token_hex(25)
        mac = hmac.digest(self.signing_key.encode(), (timestamp + token).encode(), "sha256").hex()
        signature = {"timestamp": timestamp, "token": token, "signature": mac}
        return httpx.post(self.hook, json={"signature": signature, **body}, timeout=30)

    def _made(self, form: Mapping[str, str]) -> Reply:
        if not all(form.get(name) for name in ("from", "to", "subject", "text")):
            return json_reply({"message": "A parameter is missing"}, 400)
        if "@" not in form["to"]:
            return json_reply({"message": "'to' parameter is not a valid address"}, 400)
        message_id = form.get("h:Message-Id", f"<{self.number()}@{DOMAIN}>").strip("<>")
        ours = form.get("v:ganger_message", "")
        message = Taken(message_id, "email", form["to"], form["subject"], form["text"], now(), ours=ours)
        reply = json_reply({"id": f"<{message_id}>", "message": "Queued. Thank you."})
        return self.take(message, reply, json_reply({"message": "Internal Server Error"}, 500))

    def _events(self, query: Mapping[str, str]) -> Reply:
        refusal = self.refusal()
        if refusal is not None:
            return refusal
        if self.fault in (Fault.FAILS, Fault.FAILS_LATE):
            return json_reply({"message": "Internal Server Error"}, 500)
        wanted = query.get("message-id")
        found = [{"event": "accepted", "recipient": each.to} for each in self.taken if each.id == wanted]
        return json_reply({"items": found, "paging": {}})
