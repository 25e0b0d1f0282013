"""Pages of every app and of the patients' site: what each costs, beside its worker's budget."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection

from ganger.db import Statement
from tools.bench.house import House
from tools.bench.measure import BenchProblem, Figures, Series, measure
from tools.bench.series import as_router, caller
from tools.bench.table import Table
from tools.registry import load_registry

_ROUNDS = 5
_REQUESTS = 20
_PATIENT = "handouts-patient"
# Pages that people open, by worker: first what they see first, then a long one.
STAFF_PATHS = {
    "management": ("/", "/requests", "/directory"),
    "inventory": ("/inventory/", "/inventory/items", "/inventory/api/v1/items", "/inventory/orders"),
    "handouts": ("/handouts/", "/handouts/templates"),
    "showcase": ("/showcase",),
}
_SIGN_IN = "/auth/sign-in"
_OPEN_CODE = """
    SELECT qr_code FROM generated_handouts WHERE status = 'ready' AND digital_allowed = 1
    AND qr_expires_at > strftime('%Y-%m-%dT%H:%M:%fZ', 'now') AND is_general = 0 LIMIT 1
"""
_NOTE = (
    "Straight from the worker, warm, one request at a time, turn by turn. CPU is that of the whole process: "
    "the worker, those that it asks, and the local database, which on Cloudflare is none of the worker's."
)
_HEAD = ("p50 ms", "spread", "p95 ms", "p99 ms", "CPU ms", "budget", "page")


@dataclass(frozen=True, slots=True)
class Cost:
    """What a page of a worker costs, and the CPU that a request of the worker may cost."""

    worker_id: str
    path: str
    figures: Figures
    budget_ms: int

    @property
    def excess_ms(self) -> float:
        """CPU over the budget; 0 or less within it."""
        return self.figures.cpu_ms - self.budget_ms


def routes(house: House) -> list[Table]:
    """All pages in one table."""
    rows = tuple(
        (
            cost.figures.p50_ms,
            f"{cost.figures.low_ms:.1f}–{cost.figures.high_ms:.1f}",
            cost.figures.p95_ms,
            cost.figures.p99_ms,
            cost.figures.cpu_ms,
            cost.budget_ms,
            f"{cost.worker_id}: {cost.path}",
        )
        for cost in costs(house, _ROUNDS, _REQUESTS)
    )
    return [Table("routes", "Pages of every app", _NOTE, _HEAD, rows)]


def costs(house: House, rounds: int, requests: int) -> list[Cost]:
    """Measure every page.

    Raises:
        BenchProblem: a page did not come.
    """
    registry = load_registry()
    series = list(_series(house))
    measured = measure([each for _, each in series], house.pid, rounds, requests)
    return [
        Cost(
            worker_id,
            each.name,
            measured[each.name],
            registry.budgets[registry.workers[worker_id].kind].cpu_ms,
        )
        for worker_id, each in series
    ]


def over_cpu_budget(found: list[Cost]) -> list[str]:
    """A line for each page that costs more than its worker may, the worst first."""
    large = sorted((cost for cost in found if cost.excess_ms > 0), key=lambda cost: -cost.excess_ms)
    return [
        f"{cost.worker_id}  {cost.path}  {cost.figures.cpu_ms:.1f} ms of {cost.budget_ms}"
        f"  {cost.excess_ms:.1f} ms over"
        for cost in large
    ]


def _series(house: House) -> Iterator[tuple[str, Series]]:
    for worker_id, paths in STAFF_PATHS.items():
        for path in paths:
            yield worker_id, Series(path, house.addresses[worker_id], path, partial(as_router, worker_id))
    yield "auth", Series(_SIGN_IN, house.addresses["auth"], _SIGN_IN, caller)  # who is signed in is led on
    origin, code = house.addresses[_PATIENT], _open_code(house)
    yield _PATIENT, Series("/ of the patients", origin, "/", caller)
    yield _PATIENT, Series("/qr/<code>", origin, f"/qr/{code}", caller, status=303)
    # Who has not said the date of birth yet, for each look at the handouts themselves is counted.
    yield _PATIENT, Series("/view/<token>", origin, _link(origin, code), caller)


def _open_code(house: House) -> str:
    (rows,) = house.local.batch([Statement(_OPEN_CODE)])
    if not rows:
        raise BenchProblem("The demo data hold no handouts that a patient may open.")
    return str(rows[0]["qr_code"])


def _link(origin: str, code: str) -> str:
    """Where the code leads."""
    connection = HTTPConnection(origin.removeprefix("http://"), timeout=60)
    try:
        connection.request("GET", f"/qr/{code}", headers=caller())
        answer = connection.getresponse()
        answer.read()
    finally:
        connection.close()
    return answer.headers["location"] or "/"
