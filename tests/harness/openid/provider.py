"""The OpenID provider of the tests, as a process on loopback that takes orders."""

import json
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tools.paths import NODE, ROOT

_SCRIPT = Path(__file__).with_name("provider.mjs")
_ENDS_WITHIN_S = 10

CLIENT_ID = "ganger-tests"
CLIENT_SECRET = "plainly:fictional/secret+of the tests"  # with what has to be encoded on its way
DOMAIN = "example.test"


def account(name: str, **claims: object) -> dict[str, object]:
    """The claims of an account of the practice."""
    email = f"{name.lower().replace(' ', '.')}@{DOMAIN}"
    return {"name": name, "email": email, "email_verified": True, "hd": DOMAIN} | claims


# Their ids are what the chooser shows. Whom they are linked to is the test's affair.
ACCOUNTS: Mapping[str, Mapping[str, object]] = {
    "pat": account("Pat Example"),
    "ina": account("Ina Placeholder"),
    "nia": account("Nia Newcomer"),
    "noa": account("Noa Newcomer"),
    "eve": account("Eve Elsewhere", hd="elsewhere.test", email="eve@elsewhere.test"),
    "pia": account("Pia Private", hd=None, email="pia@mail.test"),
    # Somebody outside who gave their account the address of a person inside.
    "mal": account("Pat Example", hd="elsewhere.test"),
    "uno": account("Uno Unverified", email_verified=False),
}


@dataclass(frozen=True)
class OpenIdProvider:
    """A running provider."""

    issuer: str
    admin: str

    def configure(self, redirect_uri: str) -> None:
        """Say where the one client lets people come back to."""
        facts = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, "redirect_uri": redirect_uri}
        self._order("configure", **facts, accounts=ACCOUNTS)

    def rotate(self) -> None:
        """Sign with a new key from now on, and publish that alone."""
        self._order("rotate")

    def forge(self, sign: str = "provider", header: object = None, **claims: object) -> None:
        """Change every ID token from now on, and sign it again; see provider.mjs."""
        self._order("tell", forge={"sign": sign, "header": header or {}, "claims": claims})

    def bend(self, **parameters: str) -> None:
        """Change parameters of the answers that browsers carry back from now on."""
        self._order("tell", bend=parameters)

    def fail(self, how: str) -> None:
        """Answer nothing that is of use from now on: `error`, `closed` or `silent`."""
        self._order("tell", down=how)

    def recover(self) -> None:
        """Be as a provider should be."""
        self._order("tell")

    def counts(self) -> dict[str, int]:
        """How often each path was asked for."""
        counts: dict[str, int] = httpx.get(f"{self.admin}/counts").json()
        return counts

    def _order(self, name: str, **facts: object) -> None:
        httpx.post(f"{self.admin}/{name}", json=facts).raise_for_status()


@contextmanager
def running_provider() -> Iterator[OpenIdProvider]:
    """Start the provider, and end it afterwards."""
    with subprocess.Popen(  # noqa: S603 - our own script with the pinned Node
        [NODE, _SCRIPT], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin and process.stdout
        try:
            yield OpenIdProvider(**json.loads(process.stdout.readline()))
        finally:
            process.stdin.close()
            try:
                process.wait(_ENDS_WITHIN_S)
            except subprocess.TimeoutExpired:
                process.kill()
