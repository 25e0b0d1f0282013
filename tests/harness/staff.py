"""The staff portal in the tests: the whole platform on real workerd, spoken to over HTTP as people do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from ganger.db import Row, Statement, Value
from ganger.session import COOKIE
from tools.local import LocalPlatform
from tools.local.providers import Providers

PAGE = "text/html,application/xhtml+xml"


@dataclass
class StaffPortal:
    """A running platform. People are named by their id in the demo data."""

    local: LocalPlatform
    url: str
    client: httpx.Client
    outside: Providers | None = None  # stand-ins for the services that the hubs call
    _cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, person: str | None = None, **options: Any) -> httpx.Response:
        """GET a path as that person, or as nobody."""
        return self.request("GET", path, person, **options)

    def post(self, path: str, person: str | None = None, **options: Any) -> httpx.Response:
        """POST to a path as that person, or as nobody, from the portal's own pages."""
        return self.request("POST", path, person, **options)

    def request(
        self,
        method: str,
        path: str,
        person: str | None = None,
        headers: Mapping[str, str] | None = None,
        **options: Any,
    ) -> httpx.Response:
        """Send one request; redirects are not followed. Browsers' headers unless others are given."""
        sent = {"accept": PAGE, "sec-fetch-site": "same-origin"} | dict(headers or {})
        if person is not None:
            # The cookie is for secure origins only, and so httpx's own jar would not send it here.
            sent["cookie"] = "; ".join(filter(None, [f"{COOKIE}={self.sign_in(person)}", sent.get("cookie")]))
        answer = self.client.request(method, self.url + path, headers=sent, **options)
        if person is not None and COOKIE in answer.cookies:
            # Browsers keep what is renewed too; with claims gone stale each request would be looked up.
            self._cookies[person] = answer.cookies[COOKIE]
        return answer

    def sign_in(self, person: str) -> str:
        """The value of that person's session cookie; they sign in once."""
        if person not in self._cookies:
            self._cookies[person] = self.new_session(person)
        return self._cookies[person]

    def new_session(self, person: str) -> str:
        """The value of the cookie of one more session of that person."""
        answer = self.post("/auth/development/sign-in", data={"person_id": person, "to": "/"})
        assert answer.status_code == httpx.codes.SEE_OTHER, answer.text
        return answer.cookies[COOKIE]

    def rows(self, sql: str, *values: Value) -> list[Row]:
        """The rows of one statement on the platform's database."""
        return self.local.batch([Statement(sql, values)])[0]

    def run(self, sql: str, *values: Value) -> None:
        """Carry out one statement on the platform's database."""
        self.local.batch([Statement(sql, values)])
