"""How often a caller may ask: the tiers, in one place, and which of them a request counts in.

The platform's rate-limit binding counts; where it counts (one Cloudflare location) and how exactly is its
affair. The limits keep a defect or an attack from using up the platform; they are far above what a person
does at work. Standard library only.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from ganger.errors import RateLimited
from ganger.http import SAFE_METHODS


class Tier(StrEnum):
    """What kind of request it is."""

    SIGN_IN = "sign-in"  # changes under /auth, by address: guessing costs the guesser
    PUBLIC = "public"  # whatever nobody has to be signed in for, by address
    READ = "read"
    WRITE = "write"
    EXPORT = "export"  # much at once; a route says so
    COMPUTE = "compute"  # little asked, much done; a route says so


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `requests` in `period_s` seconds (10 or 60, the binding knows no other)."""

    binding: str
    requests: int
    period_s: int
    is_by_address: bool = False


# A location's people share one address: forty of them signing in at 07:50 stay far below.
LIMITS: Mapping[Tier, Limit] = {
    Tier.SIGN_IN: Limit("LIMIT_SIGN_IN", requests=240, period_s=60, is_by_address=True),
    Tier.PUBLIC: Limit("LIMIT_PUBLIC", requests=600, period_s=60, is_by_address=True),
    Tier.READ: Limit("LIMIT_READ", requests=1200, period_s=60),
    Tier.WRITE: Limit("LIMIT_WRITE", requests=240, period_s=60),
    Tier.EXPORT: Limit("LIMIT_EXPORT", requests=20, period_s=60),
    Tier.COMPUTE: Limit("LIMIT_COMPUTE", requests=60, period_s=60),
}
# The tiers that a worker of each kind needs; tools/build/config.py binds them.
TIERS_OF_KIND: Mapping[str, tuple[Tier, ...]] = {
    "router": (),
    "staff": (Tier.PUBLIC, Tier.READ, Tier.WRITE, Tier.EXPORT, Tier.COMPUTE),
    "patient": (Tier.PUBLIC,),
    "service": (Tier.SIGN_IN, Tier.PUBLIC, Tier.READ, Tier.WRITE),
}


def bindings_of(kind: str) -> tuple[str, ...]:
    """Names of the rate-limit bindings that a worker of this kind has."""
    return tuple(LIMITS[tier].binding for tier in TIERS_OF_KIND[kind])


class Limiter(Protocol):
    """Counts requests; `ganger.limits` is the implementation on the platform's binding."""

    async def allows(self, limit: Limit, key: str) -> bool:
        """Count one request of a caller and tell whether it is within the limit."""
        ...


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request counts by."""

    kind: str  # of the worker
    method: str
    person_id: str | None
    caller: str  # the address's key
    tier: Tier | None = None  # as the route declares it


def tier_of(asked: Asked) -> Tier:
    """The tier that a request counts in: the route's own, else by who asks and by method."""
    is_change = asked.method not in SAFE_METHODS
    if asked.kind == "service" and is_change:
        return Tier.SIGN_IN
    if asked.person_id is None:
        return Tier.PUBLIC
    if asked.tier is not None:
        return asked.tier
    return Tier.WRITE if is_change else Tier.READ


async def refuse_too_many(limiter: Limiter, asked: Asked) -> None:
    """Count the request.

    Raises:
        RateLimited: its caller has used up the tier's limit.
    """
    tier = tier_of(asked)
    limit = LIMITS[tier]
    key = asked.caller if limit.is_by_address or asked.person_id is None else asked.person_id
    if not await limiter.allows(limit, f"{tier.value}:{key}"):
        raise RateLimited("Too many requests. Wait a moment.", retry_after_s=limit.period_s)
