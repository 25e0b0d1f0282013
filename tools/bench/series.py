"""What is measured, and what beside what."""

import itertools
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace

from ganger.identity import HEADER, Location, Person, identity_header
from ganger.session import COOKIE, Session, seal_session
from ganger.tokens import KeyRing
from tools.bench.measure import Figures, Series
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
_CALLERS = itertools.count()
_PERSON = Person(
    id="usr_pat",
    name="Pat Example",
    email="pat@example.test",
    role="superadmin",
    permissions=(),
    locations=(Location("loc_aa", "Ann Arbor"),),
    session_id="ses_bench",
)


_LISTS_NOTE = (
    "The page of items beside workers that ask the same of the rate limiter and the database, and put a "
    "plain table out. What the JavaScript worker costs is nearly all the local limiter's and the local "
    "database's, which on Cloudflare are none of the worker's CPU: what a page costs by itself is what it "
    "costs beyond that."
)


@dataclass(frozen=True, slots=True)
class Group:
    """Series that do the same work; the first is what the others are compared with."""

    title: str
    series: tuple[Series, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One series beside the first of its group."""

    name: str
    ratio: float
    more_by_ms: float
    figures: Figures


def lines(group: Group, measured: Mapping[str, Figures]) -> tuple[Line, ...]:
    """Compare the series of a group with its first."""
    first = measured[group.series[0].name].p50_ms
    found = ((series.name, measured[series.name]) for series in group.series)
    return tuple(Line(name, each.p50_ms / first, each.p50_ms - first, each) for name, each in found)


def framework_groups(addresses: Mapping[str, str]) -> tuple[Group, ...]:
    """The runtime's floor, and our kernel beside frameworks.

    Args:
        addresses: where each worker answers, by id.
    """
    return (_hello(addresses), *_frameworks(addresses))


def router_groups(addresses: Mapping[str, str]) -> tuple[Group, ...]:
    """Pages straight from an app and through routers."""
    return (_with_others(addresses), router_group(addresses, ITEMS), _lists(addresses))


def router_group(addresses: Mapping[str, str], path: str) -> Group:
    """A page of the inventory app: straight from the app, and through the router."""
    return Group(
        f"GET {path}",
        (
            Series(f"{path}, straight from the app", addresses["inventory"], path, as_router),
            Series(f"{path}, through the router", addresses["router"], path, as_browser),
        ),
    )


def _lists(addresses: Mapping[str, str]) -> Group:
    """The page of items beside workers that ask the same of the same bindings and put out a plain table."""
    named = (
        ("a bare Python worker", bench_id("list_python")),
        ("a JavaScript worker", bench_id("list_javascript")),
        ("the page of items", "inventory"),
    )
    return Group(
        "50 items from the database",
        tuple(Series(name, addresses[worker], ITEMS, as_router) for name, worker in named),
        _LISTS_NOTE,
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
    read = (
        Series(f"GET, {name}", addresses[bench_id(source)], "/items/GZ-44", caller) for name, source in named
    )
    taken = (
        Series(f"POST, {name}", addresses[bench_id(source)], "/items", _as_json, body, 201)
        for name, source in named
    )
    return Group("A pydantic model as JSON", tuple(read)), Group("A posted pydantic model", tuple(taken))


def _with_others(addresses: Mapping[str, str]) -> Group:
    group = router_group(addresses, HEALTH)
    others = (
        Series(f"{HEALTH}, through {name}", addresses[bench_id(source)], HEALTH, as_browser)
        for name, source in (("the router as a class", "router_class"), ("a router with Hono", "router_hono"))
    )
    return Group(group.title, (*group.series, *others))


def caller() -> dict[str, str]:
    """An address that nobody has yet asked from, for callers are counted by theirs."""
    number = next(_CALLERS)
    return {"cf-connecting-ip": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"}


def as_browser() -> dict[str, str]:
    """The headers of somebody who is signed in and has not asked anything yet."""
    now = int(time.time())
    session = Session(_person(), fresh_until=now + _FRESH_S, ends_at=now + _FRESH_S)
    return {"accept": "text/html", "cookie": f"{COOKIE}={seal_session(_ring('SESSION_KEYS'), session)}"}


def as_router(worker_id: str = "inventory") -> dict[str, str]:
    """The headers with which the router hands a request on to a worker."""
    app = load_registry().workers[worker_id].name
    identity = identity_header(_ring("IDENTITY_KEYS"), _person(), app, time.time())
    return {"accept": "text/html", HEADER: identity}


def _as_json() -> dict[str, str]:
    return caller() | {"content-type": "application/json"}


def _person() -> Person:
    # Another one each time, for what a person asks is counted too.
    return replace(_PERSON, id=f"usr_bench{next(_CALLERS)}")


def _ring(name: str) -> KeyRing:
    return KeyRing.parse(development_vars()[name])
