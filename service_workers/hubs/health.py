"""How the providers are, as their circuits say: `GET /health/providers`."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from ganger.clock import iso_utc
from ganger.context import Context
from ganger.http import Response
from ganger.permissions import PUBLIC
from ganger.resilience import Circuit
from ganger.routing import Route
from service_workers.hubs.guarding import Guard

Guards = Callable[[], Mapping[str, Guard]]


def provider_health(guards: Guards) -> Route:
    """The route; guards are known only while a request runs."""

    async def get_providers(ctx: Context) -> Response:
        """The state of each provider's circuit, and how many calls it let through and turned away."""
        circuits = {name: await guard.circuit() for name, guard in guards().items()}
        return ctx.json({"providers": {name: _told(circuit) for name, circuit in circuits.items()}})

    return Route("GET", "/health/providers", get_providers, PUBLIC)


def _told(circuit: Circuit) -> dict[str, object]:
    since = datetime.fromtimestamp(circuit.changed_at_ms / 1000, UTC)
    return {
        "state": circuit.state,
        "since": iso_utc(since) if circuit.changed_at_ms else None,
        "calls": circuit.calls,
        "failures": circuit.failures,
        "refusals": circuit.refusals,
    }
