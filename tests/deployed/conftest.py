"""The platform at PLATFORM_URL, as the pipeline asks it after deploying; without, the one of this machine."""

import os
from collections.abc import Iterator

import httpx
import pytest


@pytest.fixture(scope="session")
def stranger(request: pytest.FixtureRequest) -> Iterator[httpx.Client]:
    """A client that nobody signed in, at the address of the router."""
    url = os.environ.get("PLATFORM_URL") or request.getfixturevalue("platform").url
    with httpx.Client(base_url=url, timeout=30) as client:
        yield client
