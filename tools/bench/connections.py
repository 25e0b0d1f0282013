"""Many connections at once: how many requests a second, how long they take, and how many fail."""

import asyncio
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import repeat

from ganger.ratelimit import LIMITS, Tier
from tools.bench.house import House
from tools.bench.measure import cpu_seconds
from tools.bench.series import HEALTH, ITEMS, as_browser
from tools.bench.table import Cell, Table

CONNECTIONS = (1, 16, 100, 1000)
_SECONDS = 8.0
_LIMIT_S = 60.0
_MANY = 100  # from here on the page that needs no database alone
_HEAD = ("connections", "requests", "a second", "p50 ms", "p99 ms", "CPU ms", "errors", "page")
_NOTE = (
    "Through the router, each connection asking again as soon as it is answered. An error is another status "
    "than 200, a connection that ends, or no answer within a minute."
)


@dataclass(slots=True)
class Load:
    """What became of the requests of one run."""

    took_s: list[float] = field(default_factory=list)
    errors: int = 0


def connections(house: House) -> list[Table]:
    """The router under load, by the number of connections."""
    rows: list[tuple[Cell, ...]] = []
    for path in (HEALTH, ITEMS):
        for number in CONNECTIONS:
            if path == HEALTH or number <= _MANY:
                rows.append((*load_row(house, path, number, _SECONDS), path))
    return [Table("connections", "Many connections", _NOTE, _HEAD, tuple(rows))]


def load_row(house: House, path: str, number: int, seconds: float) -> tuple[Cell, ...]:
    """The figures of one run."""
    before, started = cpu_seconds(house.pid), time.perf_counter()
    load = asyncio.run(_run(house.addresses["router"], path, number, seconds))
    took, cpu = time.perf_counter() - started, cpu_seconds(house.pid) - before
    answered = len(load.took_s)
    if answered < 2:
        return (number, answered, 0.0, None, None, None, load.errors)
    cuts = statistics.quantiles(load.took_s, n=100, method="inclusive")
    return (
        number,
        answered,
        answered / took,
        cuts[49] * 1000,
        cuts[98] * 1000,
        cpu / answered * 1000,
        load.errors,
    )


async def _run(origin: str, path: str, number: int, seconds: float) -> Load:
    load, until = Load(), time.perf_counter() + seconds
    host, _, port = origin.removeprefix("http://").partition(":")
    async with asyncio.TaskGroup() as group:
        for _ in range(number):
            group.create_task(_connection(load, host, int(port), _requests(origin, path), until))
    return load


async def _connection(load: Load, host: str, port: int, requests: Iterator[bytes], until: float) -> None:
    """Ask at least once, and again until then."""
    writer = None
    try:
        async with asyncio.timeout(_LIMIT_S + max(0.0, until - time.perf_counter())):
            reader, writer = await asyncio.open_connection(host, port)
            for request in requests:
                started = time.perf_counter()
                writer.write(request)
                if await _status(reader) != 200:
                    load.errors += 1
                else:
                    load.took_s.append(time.perf_counter() - started)
                if time.perf_counter() >= until:
                    return
    except (OSError, EOFError, TimeoutError, ValueError):
        load.errors += 1
    finally:
        if writer is not None:
            writer.close()


async def _status(reader: asyncio.StreamReader) -> int:
    """Read one answer to its end and return its status."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    status = int(head.split(" ", 2)[1])
    fields = dict(line.split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
    if "content-length" in fields:
        await reader.readexactly(int(fields["content-length"]))
        return status
    while size := int(await reader.readline(), 16):
        await reader.readexactly(size + 2)
    await reader.readexactly(2)
    return status


def _requests(origin: str, path: str) -> Iterator[bytes]:
    """The same request again and again, of another person before one has asked too often."""
    while True:
        lines = [f"GET {path} HTTP/1.1", f"host: {origin.removeprefix('http://')}"]
        lines += [f"{name}: {value}" for name, value in as_browser().items()]
        yield from repeat(("\r\n".join(lines) + "\r\n\r\n").encode(), LIMITS[Tier.READ].requests)
