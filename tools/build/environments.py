"""The environments: what wrangler/environments.jsonc says differs between them."""

from collections.abc import Mapping

from pydantic import Field, ValidationError

from tools.build.errors import BuildError
from tools.registry import Record, Worker
from tools.runtime import DEVELOPMENT_FLAGS

DEVELOPMENT = "development"


class Environment(Record):
    """One environment and how names and hosts read in it."""

    name: str
    suffix: str = Field(pattern=r"^(-[a-z]+)?$", description="ends names and the first label of hosts")
    domain: str | None = Field(description="takes the place of the registry's domain in hosts")
    rate_limits: int = Field(gt=0, description="number before the first of its rate limits' namespaces")
    is_local: bool = Field(description="runs on this machine: no routes, a local database, .dev.vars")

    @property
    def compatibility_flags(self) -> tuple[str, ...]:
        """What workers need here besides their own flags."""
        return DEVELOPMENT_FLAGS if self.is_local else ()

    def named(self, name: str) -> str:
        """A worker's, database's or queue's name."""
        return name + self.suffix

    def host(self, host: str) -> str:
        """A hostname: `handouts.gangerdermatology.com` becomes `handouts-staging.gangerdermatology.com`."""
        label, _, domain = host.partition(".")
        return f"{label}{self.suffix}.{self.domain or domain}"

    def origin(self, host: str) -> str:
        """The same as browsers write it; without TLS and port where it `is_local`."""
        return f"{'http' if self.is_local else 'https'}://{self.host(host)}"

    def placed(self, worker: Worker) -> Worker:
        """The worker as it is known in this environment."""
        host = self.host(worker.host) if worker.host else None
        return worker.model_copy(update={"name": self.named(worker.name), "host": host})


def environment_named(name: str, content: Mapping[str, object]) -> Environment:
    """Pick one environment from the content of wrangler/environments.jsonc.

    Raises:
        BuildError: it is not there, or lacks a fact.
    """
    facts = content.get(name)
    if not isinstance(facts, dict):
        raise BuildError(f"No such environment: {name}. Known: {', '.join(content)}.")
    try:
        return Environment.model_validate({"name": name, **facts})
    except ValidationError as error:
        raise BuildError(f"wrangler/environments.jsonc: {name}: {error}") from error
