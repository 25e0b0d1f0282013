"""All stand-ins on one port of this machine: /twilio, /mailgun, /fhir, /stripe and /inbox."""

import threading
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

import httpx

from tools.local.providers.exchange import Asked, Reply
from tools.local.providers.fhir import FhirStandIn
from tools.local.providers.inbox import inbox
from tools.local.providers.mailgun import DOMAIN, MailgunStandIn
from tools.local.providers.messages import Taken
from tools.local.providers.stripe import StripeStandIn
from tools.local.providers.twilio import ACCOUNT, SENDER, TwilioStandIn

# A real one takes a while too, and the hub has noted by then that it has the message.
_DELIVERED_AFTER_S = 1.0


class Providers:
    """The running stand-ins. Use as a context manager."""

    def __init__(self, secrets: Mapping[str, str], origin: str) -> None:
        """Start them.

        Args:
            secrets: those of the hubs, by name.
            origin: where the platform answers, for webhooks.
        """
        self.sms = TwilioStandIn()
        self.email = MailgunStandIn()
        self.ehr = FhirStandIn(secrets["EHR_ACCESS_TOKEN"])
        self.payments = StripeStandIn(
            secrets["STRIPE_SECRET_KEY"], secrets["STRIPE_WEBHOOK_SECRET"], f"{origin}/hooks/stripe"
        )
        self.sms.token = secrets["TWILIO_AUTH_TOKEN"]
        self.email.key, self.email.signing_key = secrets["MAILGUN_API_KEY"], secrets["MAILGUN_SIGNING_KEY"]
        self.email.hook = f"{origin}/hooks/mailgun"
        self._origin = origin
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self._answer))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for service in (self.sms, self.email, self.ehr):
            service.recover()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        """Where they answer."""
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def inbox(self) -> str:
        """The page of what was sent."""
        return f"{self.url}/inbox"

    @property
    def variables(self) -> dict[str, str]:
        """The variables of the hubs that lead here."""
        return {
            "STAFF_ORIGIN": self._origin,
            "TWILIO_URL": f"{self.url}/twilio",
            "TWILIO_ACCOUNT": ACCOUNT,
            "TWILIO_SENDER": SENDER,
            "MAILGUN_URL": f"{self.url}/mailgun",
            "MAILGUN_DOMAIN": DOMAIN,
            "EHR_URL": f"{self.url}/fhir",
            "STRIPE_URL": f"{self.url}/stripe",
        }

    def deliver_by_themselves(self) -> None:
        """Tell of each message soon after it was taken that it has arrived."""
        self.sms.told = lambda message: _later(lambda: self.sms.tell(message, "delivered"))
        self.email.told = lambda message: _later(lambda: self.email.tell(message, "delivered"))

    def _answer(self, asked: Asked) -> Reply:
        _, first, rest = (*asked.path.split("/", 2), "")[:3]
        below = Asked(asked.method, f"/{rest}", asked.query, asked.headers, asked.body)
        if first == "inbox":
            return inbox(self._all())
        stand_ins = {
            "twilio": self.sms.answer,
            "mailgun": self.email.answer,
            "fhir": self.ehr.answer,
            "stripe": self.payments.answer,
        }
        return stand_ins[first](below) if first in stand_ins else Reply(404)

    def _all(self) -> list[Taken]:
        return [*self.sms.taken, *self.email.taken]


def _later(tell: Callable[[], httpx.Response]) -> None:
    def run() -> None:
        try:
            tell()
        except httpx.HTTPError:
            return  # the platform has ended, or runs without the hubs

    timer = threading.Timer(_DELIVERED_AFTER_S, run)
    timer.daemon = True
    timer.start()


def _handler(answer: Callable[[Asked], Reply]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._reply()

        def do_POST(self) -> None:
            self._reply()

        def log_message(self, *_: Any) -> None:
            return  # whoever wants to know looks into the inbox

        def _reply(self) -> None:
            place = urlsplit(self.path)
            headers = {name.lower(): value for name, value in self.headers.items()}
            body = self.rfile.read(int(headers.get("content-length", 0)))
            query = dict(parse_qsl(place.query, keep_blank_values=True))
            reply = answer(Asked(self.command, place.path, query, headers, body))
            content = reply.body.encode()
            try:
                self.send_response(reply.status)
                for name, value in (*reply.headers.items(), ("content-length", str(len(content)))):
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True  # nobody waits for it any more

    return Handler
