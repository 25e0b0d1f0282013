"""A thousand requests at the same instant: reads and writes, most of these at the same two shelves.

Everybody is answered, what is on a shelf goes to as many as it is enough for, and what is written is there
once, also when a browser sent it twice.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from statistics import median, quantiles
from uuid import UUID

import httpx

from ganger.db import Statement
from tools.bench.browser.bench import signed_in
from tools.build import build
from tools.drills.findings import problems
from tools.drills.sender import PEOPLE, PLACES, Sender, made
from tools.drills.work import LOTS_EXPIRE_ON, Product, Work
from tools.local import LocalPlatform, Settings
from tools.local.demo import in_seed_order, seed
from tools.local.keys import development_vars
from tools.runtime import ensure_runtime

WORKERS = ["router", "auth", "management", "inventory"]
_READS = ("/", "/inventory/items", "/inventory/api/v1/items", "/api/v1/notifications/unread")
_MOVEMENTS = "/inventory/api/v1/movements"
_PLACE = PLACES[0]
_QUIET = 4  # shelves that the rest of the writes are spread over
_EVERY_TWIN = 10  # so many writes, one of which is sent twice
_WITHIN_S = 120
_ON_HAND = "SELECT quantity_on_hand FROM inventory_stock WHERE item_id = ? AND location_id = ?"


@dataclass(frozen=True, slots=True)
class Asked:
    """One request of the crowd; `work` is what a write is to do."""

    method: str
    path: str
    person: str
    work: Work | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What was answered to it, after how long; 0 when nobody answered."""

    asked: Asked
    status: int
    code: str
    took_s: float


@dataclass
class Crowded:
    """What came of a crowd, and what must not be."""

    told: Sequence[Told]
    took_s: float
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        by_status = Counter(
            f"{each.asked.method} {each.status} {each.code}".strip() for each in self.told
        ).most_common()
        took = [each.took_s for each in self.told]
        return (
            f"{len(self.told)} at once, all answered in {self.took_s:.1f} s, half of them within "
            f"{median(took):.1f} s, 95 % within {quantiles(took, n=20)[-1]:.1f} s; "
            + ", ".join(f"{number} x {status}" for status, number in by_status)
            + f"; wrong: {len(self.wrong)}"
        )


def drill_crowd(requests: int, seed_number: int, say: Callable[[str], None]) -> Crowded:
    """Send so many requests at once to a platform that runs for this alone."""
    workers = build(WORKERS, "development", _nothing, development_vars())
    with LocalPlatform(ensure_runtime(_nothing), workers, Settings(), _nothing) as local:
        origin = local.start()
        local.migrate()
        for worker in in_seed_order(workers):
            seed(local, worker, datetime.now(UTC))
        crowded = crowd(local, origin, requests, Random(seed_number))  # noqa: S311 - to be had again
    say(str(crowded))
    return crowded


def crowd(local: LocalPlatform, origin: str, requests: int, random: Random) -> Crowded:
    """Send so many requests at once to a running platform with the demo data, and look at what is there.

    Four of ten write: three at two shelves that hold less than is asked for, one anywhere else.
    """
    hot = requests // 5  # at the shelf without lots; half as many at the one with lots
    sender = Sender(local.addresses()["inventory"])
    plain = _stocked(sender, random, {None: hot * 3 // 4})
    by_lot = _stocked(sender, random, dict.fromkeys(LOTS_EXPIRE_ON, hot // 5))
    quiet = [_stocked(sender, random, {None: requests}) for _ in range(_QUIET)]
    sender.close()
    taken = [*(_use(random, plain) for _ in range(hot)), *(_use(random, by_lot) for _ in range(hot // 2))]
    spread = [_found(random, product) for _, product in zip(range(hot // 2), quiet * requests, strict=False)]
    writes = [Asked("POST", _MOVEMENTS, work.person, work) for work in (*taken, *spread)]
    reads = [
        Asked("GET", random.choice(_READS), random.choice(PEOPLE)) for _ in range(requests - len(writes))
    ]
    twins = writes[::_EVERY_TWIN]
    asked = [*writes, *twins, *reads[len(twins) :]]
    random.shuffle(asked)
    crowded = sent(origin, asked)
    crowded.wrong += _wrong(
        local, crowded, {plain.id: hot * 3 // 4, by_lot.id: hot // 5 * len(LOTS_EXPIRE_ON)}
    )
    return crowded


def _stocked(sender: Sender, random: Random, lots: Mapping[str | None, int]) -> Product:
    """A product of which there is so much at the place, by lot or without."""
    is_lot_tracked = None not in lots
    sku = f"CROWD-{random.getrandbits(48):X}"
    facts = {"sku": sku, "name": sku, "category": "other", "stock_unit": "box"}
    item = made(sender, "POST", "/items", facts | {"is_lot_tracked": is_lot_tracked})
    for version, (lot, quantity) in enumerate(lots.items()):
        what = {"item_id": item["id"], "location_id": _PLACE, "quantity": quantity}
        by_lot = {"lot_number": lot, "expires_on": LOTS_EXPIRE_ON[lot]} if lot else {}
        again = {"version": version, "client_ref": _ref(random)}
        made(sender, "POST", "/receipts", what | by_lot | again)
    return Product(str(item["id"]), is_lot_tracked)


def _use(random: Random, product: Product) -> Work:
    return Work("usage", _ref(random), product, None, 1, _PLACE, random.choice(PEOPLE), "")


def _found(random: Random, product: Product) -> Work:
    return Work("adjustment", _ref(random), product, None, 2, _PLACE, random.choice(PEOPLE), "")


def _ref(random: Random) -> str:
    return str(UUID(int=random.getrandbits(128), version=4))


def sent(origin: str, asked: Sequence[Asked]) -> Crowded:
    """Send all of it at once; nobody has looked yet at what came of it."""
    cookies = {
        person: "; ".join(f"{name}={value}" for name, value in signed_in(origin, person).items())
        for person in PEOPLE
    }

    async def send_all() -> list[Told]:
        limits = httpx.Limits(max_connections=None)
        async with httpx.AsyncClient(base_url=origin, limits=limits, timeout=_WITHIN_S) as client:
            return await asyncio.gather(*(_send(client, cookies[each.person], each) for each in asked))

    started = time.monotonic()
    return Crowded(asyncio.run(send_all()), time.monotonic() - started)


async def _send(client: httpx.AsyncClient, cookie: str, asked: Asked) -> Told:
    started = time.monotonic()
    accept = "application/json" if "/api/" in asked.path else "text/html"
    headers = {"cookie": cookie, "accept": accept, "sec-fetch-site": "same-origin"}
    try:
        answer = await client.request(
            asked.method, asked.path, headers=headers, json=_body(asked.work) if asked.work else None
        )
    except httpx.HTTPError as error:
        return Told(asked, 0, type(error).__name__, time.monotonic() - started)
    is_refused = accept == "application/json" and answer.is_error
    code = str(answer.json()["error"]["code"]) if is_refused else ""
    return Told(asked, answer.status_code, code, time.monotonic() - started)


def _body(work: Work) -> dict[str, object]:
    reason = {"reason_code": "found"} if work.kind == "adjustment" else {}
    what = {"item_id": work.product.id, "location_id": work.place, "quantity": work.quantity}
    return {"movement_type": work.kind, "client_ref": work.ref, **what, **reason}


def _wrong(local: LocalPlatform, crowded: Crowded, short: Mapping[str, int]) -> list[str]:
    """What must not be.

    Args:
        short: by the id of each product of which there was too little, how much there was.
    """
    wrong = []
    booked, works = set[str](), dict[str, Work]()
    for each in crowded.told:
        is_refused = each.code == "INSUFFICIENT_STOCK"
        work = each.asked.work
        if work is not None:
            works[work.ref] = work
            work.acknowledged |= each.status in (httpx.codes.OK, httpx.codes.CREATED)
            booked |= {work.ref} if work.acknowledged else set()
            is_refused = is_refused and work.product.id in short
        if not (each.status in (httpx.codes.OK, httpx.codes.CREATED) or (is_refused and work)):
            wrong.append(f"{each.asked.method} {each.asked.path}: {each.status} {each.code}")
    wrong += problems(local, works.values())
    for product_id, there_was in short.items():
        got = sum(works[ref].quantity for ref in booked if works[ref].product.id == product_id)
        left = local.batch([Statement(_ON_HAND, (product_id, _PLACE))])[0][0]["quantity_on_hand"]
        if (got, left) != (there_was, 0):
            wrong.append(f"Of {there_was} units {got} were answered as taken, and {left} are left")
    return wrong


def _nothing(_: object) -> None:
    """The drill speaks for itself."""
