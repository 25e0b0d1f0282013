"""The portal with the provider of the tests as its way to sign in."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import httpx

from tests.harness.log import Log
from tests.harness.openid.provider import (
    CLIENT_ID,
    CLIENT_SECRET,
    DOMAIN,
    OpenIdProvider,
    running_provider,
)
from tests.harness.staff import StaffPortal
from tools.build import BuiltWorker, build
from tools.local import LocalPlatform, Settings
from tools.local.demo import in_seed_order, seed
from tools.local.keys import development_vars
from tools.runtime import ensure_runtime

CALLBACK = "/auth/oidc/callback"


@dataclass
class OpenIdPortal:
    """A running portal, its provider, and what its workers have logged."""

    staff: StaffPortal
    provider: OpenIdProvider
    logged: Log

    @property
    def url(self) -> str:
        """The address under which browsers take it for secure."""
        return self.staff.url.replace("127.0.0.1", "localhost")

    def link(self, account: str, person: str) -> None:
        """Link an account of the provider to a person, as an approved request does."""
        self.staff.run(
            "INSERT OR REPLACE INTO user_identities VALUES (?, ?, ?, '2026-01-01T00:00:00.000Z', 'usr_sam')",
            self.provider.issuer, account, person,
        )  # fmt: skip


@contextmanager
def running_portal(folder: Path) -> Iterator[OpenIdPortal]:
    """The router, the portal's start page and identity, with the provider beside them.

    Args:
        folder: an empty folder for the identity worker as it is configured here.
    """
    runtime = ensure_runtime(print)
    built = build(["router", "management", "auth"], "development", print, development_vars())
    logged = Log()
    with running_provider() as provider:
        workers = [_configured(worker, folder, provider) for worker in built]
        with LocalPlatform(runtime, workers, Settings(), logged.append) as local, _client() as client:
            portal = OpenIdPortal(StaffPortal(local, local.start(), client), provider, logged)
            local.migrate()
            for worker in in_seed_order(workers):
                seed(local, worker, datetime.now(UTC))
            provider.configure(portal.url + CALLBACK)
            yield portal


def _client() -> httpx.Client:
    return httpx.Client(timeout=60)


def _configured(built: BuiltWorker, folder: Path, provider: OpenIdProvider) -> BuiltWorker:
    if built.worker.id != "auth":
        return built
    copied = folder / "auth"
    shutil.copytree(built.folder, copied)
    file = copied / "wrangler.jsonc"
    # The built file is JSON below the comment in its first line.
    config = json.loads(file.read_text().partition("\n")[2])
    config["vars"] |= {
        "OIDC_NAME": "Test Provider",
        "OIDC_ISSUER": provider.issuer,
        "OIDC_CLIENT_ID": CLIENT_ID,
        "OIDC_DOMAIN": DOMAIN,
        "OIDC_DOMAIN_RULE": "hd",
    }
    file.write_text(json.dumps(config))
    with (copied / ".dev.vars").open("a") as variables:
        variables.write(f"OIDC_CLIENT_SECRET='{CLIENT_SECRET}'\n")
    return replace(built, folder=copied)
