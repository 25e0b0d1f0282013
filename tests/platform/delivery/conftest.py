"""An account to deploy to."""

from collections.abc import Iterator

import pytest

from tests.harness.cloudflare.account import D1, Account
from tests.harness.cloudflare.server import served


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> Iterator[Account]:
    """A fresh account with the platform's database, to which wrangler is led."""
    account = Account(databases=[D1("ganger-platform")])
    with served(account) as variables:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        yield account
