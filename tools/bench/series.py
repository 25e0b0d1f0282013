"""What is measured, and what beside what."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass

from ganger.identity import HEADER, Location, Person, identity_header
from ganger.session import COOKIE, Session, seal_session
from ganger.tokens import KeyRing
from tools.bench.measure import Series
from tools.bench.workers import bench_id
from tools.local.keys import development_vars
from tools.registry import load_registry

HEALTH = "/inventory/health"
ITEMS = "/inventory/items"

_ITEM = {
    "sku": "GZ-44",
    "name": "Gauze 4 x 4",
    "on_hand": 120,
    "expires_on": "2027-01-31",
    "tags": ["sterile", "wound"],
}
_FRESH_S = 300
_PERSON = Person(
    id="usr_pat",
    name="Pat Example",
    email="pat@example.test",
    role="staff",
    permissions=(),
    locations=(Location("loc_aa", "Ann Arbor"),),
    session_id="ses_bench",
)


@dataclass(frozen=True, slots=True)
class Group:
    """Series that do the same work; the first is what the others are compared with."""

    title: str
    series: tuple[Series, ...]


def groups(addresses: Mapping[str, str]) -> tuple[Group, ...]:
    """All that `ganger bench` measures.

    Args:
        addresses: where each worker answers, by id.
    """
    routed = (_with_class(addresses), router_group(addresses, ITEMS))
    return (_hello(addresses), *_frameworks(addresses), *routed)


def router_group(addresses: Mapping[str, str], path: str) -> Group:
    """A page of the inventory app: straight from the app, and through the router."""
    return Group(
        f"GET {path}",
        (
            Series(f"{path}, straight from the app", addresses["inventory"], path, as_router),
            Series(f"{path}, through the router", addresses["router"], path, _as_browser),
        ),
    )


def _hello(addresses: Mapping[str, str]) -> Group:
    named = (
        ("JavaScript", "javascript"),
        ("Python, one global function", "hello_function"),
        ("Python, an entrypoint class", "hello_class"),
    )
    return Group("Hello", tuple(Series(name, addresses[bench_id(source)], "/") for name, source in named))


def _frameworks(addresses: Mapping[str, str]) -> tuple[Group, Group]:
    named = (("our kernel", "kernel"), ("Starlette", "starlette"), ("FastAPI", "fastapi"))
    body = json.dumps(_ITEM).encode()
    read = (Series(f"GET, {name}", addresses[bench_id(source)], "/items/GZ-44") for name, source in named)
    taken = (
        Series(f"POST, {name}", addresses[bench_id(source)], "/items", _as_json, body, 201)
        for name, source in named
    )
    return Group("A pydantic model as JSON", tuple(read)), Group("A posted pydantic model", tuple(taken))


def _with_class(addresses: Mapping[str, str]) -> Group:
    group = router_group(addresses, HEALTH)
    others = (
        Series(f"{HEALTH}, through {name}", addresses[bench_id(source)], HEALTH, _as_browser)
        for name, source in (("the router as a class", "router_class"), ("a router with Hono", "router_hono"))
    )
    return Group(group.title, (*group.series, *others))


def _as_json() -> dict[str, str]:
    return {"content-type": "application/json"}


def _as_browser() -> dict[str, str]:
    now = int(time.time())
    session = Session(_PERSON, fresh_until=now + _FRESH_S, ends_at=now + _FRESH_S)
    return {"accept": "text/html", "cookie": f"{COOKIE}={seal_session(_ring('SESSION_KEYS'), session)}"}


def as_router() -> dict[str, str]:
    """The headers with which the router hands a request on to the inventory."""
    app = load_registry().workers["inventory"].name
    identity = identity_header(_ring("IDENTITY_KEYS"), _PERSON, app, time.time())
    return {"accept": "text/html", HEADER: identity}


def _ring(name: str) -> KeyRing:
    return KeyRing.parse(development_vars()[name])
