"""Measures requests to a running platform: series in turns, so that all meet the same machine."""

import os
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

_LIMIT_S = 30


class BenchProblem(Exception):
    """A measured worker did not do the work that it is measured at."""


@dataclass(frozen=True, slots=True)
class Series:
    """One kind of request, sent again and again on one connection."""

    name: str
    origin: str  # http://127.0.0.1:<port>
    path: str
    # Asked before every block, for some headers hold only for a minute.
    headers: Callable[[], Mapping[str, str]] = dict
    body: bytes | None = None  # sent by POST
    status: int = 200


@dataclass(frozen=True, slots=True)
class Figures:
    """What one request of a series costs, in milliseconds; `low` and `high` are medians of single turns."""

    p50_ms: float
    low_ms: float
    high_ms: float
    p95_ms: float
    p99_ms: float
    cpu_ms: float


def measure(series: Sequence[Series], pid: int, rounds: int, requests: int) -> dict[str, Figures]:
    """Return the figures of every series by name.

    Args:
        pid: the workerd process, whose CPU time counts.
        rounds: how often each series has its turn, after one turn that only warms up.
        requests: how many follow each other in one turn.
    Raises:
        BenchProblem: an answer has another status than it should.
    """
    wall: dict[str, list[list[float]]] = {each.name: [] for each in series}
    cpu = dict.fromkeys(wall, 0.0)
    for turn in range(rounds + 1):
        # Each turn begins elsewhere, so that none always follows the same neighbour.
        start = turn % len(series)
        for each in (*series[start:], *series[:start]):
            before = cpu_seconds(pid)
            took = _send(each, requests)
            if turn:
                cpu[each.name] += cpu_seconds(pid) - before
                wall[each.name].append(took)
    return {name: figures(turns, cpu[name]) for name, turns in wall.items()}


def figures(turns_s: Sequence[Sequence[float]], cpu_s: float) -> Figures:
    """Sum up the requests of one series.

    Args:
        turns_s: wall time of each request, by turns; at least two requests in all.
        cpu_s: CPU time of all together.
    """
    took_ms = [took * 1000 for turn in turns_s for took in turn]
    medians = [statistics.median(turn) * 1000 for turn in turns_s]
    cuts = statistics.quantiles(took_ms, n=100, method="inclusive")
    cpu_ms = cpu_s / len(took_ms) * 1000
    return Figures(cuts[49], min(medians), max(medians), cuts[94], cuts[98], cpu_ms)


def workerd_pid(runner: int) -> int:
    """The process that serves, among the children of the runner.

    Raises:
        BenchProblem: there is none.
    """
    for task in Path(f"/proc/{runner}/task").iterdir():
        for child in map(int, (task / "children").read_text().split()):
            if Path(f"/proc/{child}/comm").read_text().strip() == "workerd":
                return child
    raise BenchProblem("workerd is not running.")


def cpu_seconds(pid: int) -> float:
    """CPU time that a process has used so far, in user and in kernel mode."""
    # The second field, the name in parentheses, may hold blanks; utime and stime are fields 14 and 15.
    after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")


def _send(series: Series, requests: int) -> list[float]:
    method = "GET" if series.body is None else "POST"
    headers = dict(series.headers())
    connection = HTTPConnection(series.origin.removeprefix("http://"), timeout=_LIMIT_S)
    took = []
    try:
        for _ in range(requests):
            started = time.perf_counter()
            connection.request(method, series.path, series.body, headers)
            answer = connection.getresponse()
            answer.read()
            took.append(time.perf_counter() - started)
            if answer.status != series.status:
                raise BenchProblem(f"{series.name} answered {answer.status} in place of {series.status}.")
    finally:
        connection.close()
    return took
