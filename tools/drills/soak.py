"""Steady, mixed work through the router for a long time, while the memory of the runtime is watched.

What JavaScript holds of a request (its instance of the entrypoint, and so what Python keeps for that) goes
when V8 looks through its whole heap. Nobody bounds the heap on this machine, so that by itself it does that
after a gigabyte; here it does so each time, and what is left that grows is a leak.
"""

import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from statistics import linear_regression, median, quantiles
from uuid import uuid4

import httpx

from tools.bench.browser.bench import signed_in
from tools.build import build
from tools.drills.kills import workerd_of
from tools.local import LocalPlatform, Settings
from tools.local.demo import in_seed_order, seed
from tools.local.keys import development_vars
from tools.runtime import ensure_runtime

Say = Callable[[str], None]

_WORKERS = ["router", "auth", "management", "inventory"]
_PEOPLE = ("usr_mia", "usr_max", "usr_sas")
_THREADS = 8  # so that a slow answer holds nothing up
_SAMPLE_EVERY_S = 10
_WARM_UP = 1 / 3  # of the time: modules are imported, statements prepared, caches filled
# Per hour, of what there was after the warm-up: a leak of a few KB a request is far above it.
_BOUND_PER_HOUR = 0.15
_MB = 1024 * 1024
_JSON = {"accept": "application/json", "sec-fetch-site": "same-origin"}
_PAGE = {"accept": "text/html", "sec-fetch-site": "same-origin"}


@dataclass(frozen=True, slots=True)
class Sample:
    """The memory of the runtime so many seconds after the start, and the requests answered until then."""

    at_s: float
    rss_mb: float
    requests: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """How memory moved after the warm-up. It is flat when it grows by no more than the bound."""

    rss_mb: float
    slope_mb_per_hour: float
    bound_mb_per_hour: float

    @property
    def is_flat(self) -> bool:
        """Whether nothing leaks that a day would show."""
        return self.slope_mb_per_hour <= self.bound_mb_per_hour


@dataclass
class Soak:
    """What was seen."""

    samples: list[Sample] = field(default_factory=list)
    took_ms: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)  # 0: nobody answered

    @property
    def errors(self) -> int:
        """Answers that were no success."""
        return sum(number for status, number in self.statuses.items() if not 200 <= status < 400)


def verdict(samples: Sequence[Sample]) -> Verdict:
    """Judge the samples after the warm-up, of which there have to be two at least.

    Source: least squares.
    """
    warm = [each for each in samples if each.at_s >= samples[-1].at_s * _WARM_UP]
    slope = linear_regression([each.at_s for each in warm], [each.rss_mb for each in warm]).slope * 3600
    return Verdict(warm[0].rss_mb, slope, warm[0].rss_mb * _BOUND_PER_HOUR)


def drill_soak(minutes: float, rate: float, is_json: bool, say: Say) -> int:
    """Work for so many minutes and print what was seen; 1 if memory grew or an answer was an error.

    Args:
        rate: requests a second.
    """
    workers = build(_WORKERS, "development", _nothing, development_vars())
    soak = Soak()
    with LocalPlatform(ensure_runtime(_nothing), workers, Settings(is_swept_often=True), _nothing) as local:
        origin = local.start()
        local.migrate()
        for worker in in_seed_order(workers):
            seed(local, worker, datetime.now(UTC))
        _work(soak, origin, rate, minutes * 60, Path(f"/proc/{workerd_of(local.pid)}/status"))
    judged = verdict(soak.samples)
    say(_as_json(minutes, soak, judged) if is_json else _as_table(minutes, soak, judged))
    return 0 if judged.is_flat and not soak.errors else 1


def _work(soak: Soak, origin: str, rate: float, lasts_s: float, status: Path) -> None:
    started, turns = time.monotonic(), _requests(origin)
    lock, ends_at = threading.Lock(), started + lasts_s
    numbers = count()

    def send_on() -> None:
        with httpx.Client(base_url=origin, timeout=60) as client:
            while True:
                with lock:
                    due, request = started + next(numbers) / rate, next(turns)
                if max(due, time.monotonic()) >= ends_at:  # a machine that is too slow for the rate ends too
                    return
                time.sleep(max(0.0, due - time.monotonic()))
                _send(soak, client, request)

    threads = [threading.Thread(target=send_on) for _ in range(_THREADS)]
    for thread in threads:
        thread.start()
    while alive := [thread for thread in threads if thread.is_alive()]:
        rss_mb = int(status.read_text().partition("VmRSS:")[2].split()[0]) * 1024 / _MB
        soak.samples.append(Sample(time.monotonic() - started, rss_mb, len(soak.took_ms)))
        alive[0].join(_SAMPLE_EVERY_S)
    for thread in threads:
        thread.join()


def _send(soak: Soak, client: httpx.Client, request: tuple[str, str, dict[str, str], object]) -> None:
    method, path, headers, body = request
    began = time.monotonic()
    try:
        status = client.request(method, path, headers=headers, json=body).status_code
    except httpx.HTTPError:
        status = 0
    soak.took_ms.append((time.monotonic() - began) * 1000)
    soak.statuses[status] += 1


def _requests(origin: str) -> Iterator[tuple[str, str, dict[str, str], object]]:
    """Pages, lists as JSON, and changes that leave the stock as it was, of several people in turn."""
    cookies = [
        {"cookie": "; ".join(f"{name}={value}" for name, value in signed_in(origin, person).items())}
        for person in _PEOPLE
    ]
    item = httpx.get(f"{origin}/inventory/api/v1/items", headers=_JSON | cookies[0]).json()["items"][0][
        "item"
    ]
    change = {"item_id": item["id"], "location_id": "loc_aa", "movement_type": "adjustment"}
    for number in count():
        person = cookies[number % len(cookies)]
        found = change | {"reason_code": "found", "quantity": 1, "client_ref": str(uuid4())}
        lost = change | {"reason_code": "lost", "quantity": -1, "client_ref": str(uuid4())}
        yield "GET", "/", _PAGE | person, None
        yield "GET", "/inventory/items", _PAGE | person, None
        yield "GET", "/inventory/api/v1/items", _JSON | person, None
        yield "POST", "/inventory/api/v1/movements", _JSON | person, found
        yield "GET", f"/inventory/items/{item['id']}", _PAGE | person, None
        yield "GET", "/requests", _PAGE | person, None
        yield "POST", "/inventory/api/v1/movements", _JSON | person, lost
        yield "GET", "/health", _JSON, None


def _figures(minutes: float, soak: Soak, judged: Verdict) -> dict[str, object]:
    return {
        "minutes": minutes,
        "requests": len(soak.took_ms),
        "errors": soak.errors,
        "p50_ms": round(median(soak.took_ms), 1),
        "p95_ms": round(quantiles(soak.took_ms, n=20)[-1], 1),
        "rss_mb": round(judged.rss_mb, 1),
        "rss_mb_at_the_end": round(soak.samples[-1].rss_mb, 1),
        "slope_mb_per_hour": round(judged.slope_mb_per_hour, 1),
        "bound_mb_per_hour": round(judged.bound_mb_per_hour, 1),
        "is_flat": judged.is_flat,
    }


def _as_json(minutes: float, soak: Soak, judged: Verdict) -> str:
    samples = [asdict(each) for each in soak.samples]
    return json.dumps(_figures(minutes, soak, judged) | {"statuses": soak.statuses, "samples": samples})


def _as_table(minutes: float, soak: Soak, judged: Verdict) -> str:
    every = max(1, len(soak.samples) // 10)
    rows = [f"{each.at_s / 60:8.1f} {each.rss_mb:8.1f} {each.requests:9}" for each in soak.samples[::every]]
    lines = [f"{name.replace('_', ' ')}: {value}" for name, value in _figures(minutes, soak, judged).items()]
    return "\n".join(["  minute   RSS MB  requests", *rows, *lines])


def _nothing(_: object) -> None:
    """The drill speaks for itself."""
