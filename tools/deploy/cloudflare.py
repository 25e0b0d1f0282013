"""What the account says of its workers: read over Cloudflare's REST API."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

import httpx

from tools.deploy.problems import DeployProblem
from tools.deploy.resources import Kind, Resource
from tools.deploy.versions import Version

_BASE = "https://api.cloudflare.com/client/v4"
_TIMEOUT_S = 30.0


class Cloudflare:
    """One account."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client

    def served(self, name: str) -> list[Version]:
        """The last versions that answered a worker's requests, the present one first; none if it is new.

        Raises:
            DeployProblem: the account does not answer, or refuses.
        """
        deployments = self._get(f"/workers/scripts/{name}/deployments")
        if deployments is None:
            return []
        newest_first = sorted(deployments["deployments"], key=lambda each: each["created_on"], reverse=True)
        ids = [str(each["versions"][0]["version_id"]) for each in newest_first]
        return [self._version(name, version_id) for version_id in ids]

    def live(self, name: str) -> Version | None:
        """The version that answers a worker's requests; None if the worker is new."""
        return next(iter(self.served(name)), None)

    def has(self, resource: Resource) -> bool:
        """Whether the account has a database, bucket or queue of this name."""
        match resource.kind:
            case Kind.DATABASE:
                return self._get(f"/d1/database/{resource.name}") is not None
            case Kind.BUCKET:
                return self._get(f"/r2/buckets/{resource.name}") is not None
            case Kind.QUEUE:
                found = self._get(f"/queues?name={resource.name}") or ()
                return any(queue["queue_name"] == resource.name for queue in found)

    def _version(self, name: str, version_id: str) -> Version:
        facts = self._get(f"/workers/scripts/{name}/versions/{version_id}") or {}
        notes = facts.get("annotations") or {}
        return Version(version_id, notes.get("workers/tag", ""), notes.get("workers/message", ""))

    def _get(self, path: str) -> Any:
        try:
            answer = self._client.get(path)
        except httpx.HTTPError as error:
            raise DeployProblem(f"Cloudflare does not answer: {error}") from error
        if answer.status_code == HTTPStatus.NOT_FOUND:
            return None
        if answer.is_error:
            raise DeployProblem(f"Cloudflare refuses {path} with {answer.status_code}: {answer.text[:200]}")
        return answer.json()["result"]


@contextmanager
def cloudflare() -> Iterator[Cloudflare]:
    """The account that the environment names, by the variables that wrangler reads too.

    Raises:
        DeployProblem: CLOUDFLARE_API_TOKEN or CLOUDFLARE_ACCOUNT_ID is not set.
    """
    missing = [name for name in ("CLOUDFLARE_API_TOKEN", "CLOUDFLARE_ACCOUNT_ID") if not os.environ.get(name)]
    if missing:
        raise DeployProblem(f"Set {' and '.join(missing)} first; docs/deploy.md says how to get them.")
    base = os.environ.get("CLOUDFLARE_API_BASE_URL", _BASE)
    url = f"{base}/accounts/{os.environ['CLOUDFLARE_ACCOUNT_ID']}"
    headers = {"authorization": f"Bearer {os.environ['CLOUDFLARE_API_TOKEN']}"}
    transport = httpx.HTTPTransport(retries=2)
    with httpx.Client(base_url=url, headers=headers, timeout=_TIMEOUT_S, transport=transport) as client:
        yield Cloudflare(client)
