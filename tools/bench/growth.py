"""What grows with the data and with the number of workers, and what should not."""

import time
from functools import partial

from ganger.db import Statement
from tools.bench.house import House, in_service, progress, running
from tools.bench.measure import Figures, Series, measure
from tools.bench.series import HEALTH, as_router
from tools.bench.starts import memory_mb
from tools.bench.table import Cell, Table
from tools.build import build
from tools.local.keys import development_vars
from tools.registry import load_registry

ROWS = (1_000, 10_000, 100_000)
WORKERS = (1, 8, 24)
_ROUNDS = 4
_REQUESTS = 15
_PAGES = ("/inventory/items", "/inventory/items?search=grown+999", "/inventory/api/v1/items?page=10")
_ITEMS = """
    WITH RECURSIVE n (i) AS (SELECT ?1 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?2)
    INSERT INTO inventory_items (id, sku, name, category, stock_unit, unit_cost_cents, is_lot_tracked,
        created_by, created_at, updated_at)
    SELECT printf('grown_%06d', i), printf('GROWN-%06d', i), printf('Gauze, grown %06d', i), 'wound_care',
        'box', 100, 0, 'usr_sam', '2025-01-01T15:00:00.000Z', '2025-01-01T15:00:00.000Z' FROM n
"""
_STOCK = """
    INSERT INTO inventory_stock (id, item_id, location_id, reorder_point, par_level, created_at, updated_at)
    SELECT 'stk_' || id, id, 'loc_aa', 20, 60, created_at, created_at FROM inventory_items
    WHERE id >= printf('grown_%06d', ?1) AND id < printf('grown_%06d', ?2)
"""
_ROWS_HEAD = ("items", "p50 ms", "p95 ms", "CPU ms", "page")
_ROWS_NOTE = (
    "Straight from the inventory, with so many more items than the demo's, each stocked at one location."
)
_WORKERS_HEAD = ("workers", "start s", "MB", "p50 ms", "p95 ms", "CPU ms", "page")
_WORKERS_NOTE = (
    "So many of the platform's workers in one process: from its start to an answer of each, what it holds "
    "then, and what a request costs."
)


def rows(house: House) -> list[Table]:
    """Pages of the inventory while its catalogue grows; the items stay in the database."""
    told: list[tuple[Cell, ...]] = []
    first = 0
    for many in ROWS:
        progress(f"Writing items up to {many:,}.")
        house.local.batch([Statement(sql, (first, many)) for sql in (_ITEMS, _STOCK)])
        first = many
        series = [Series(path, house.addresses["inventory"], path, as_router) for path in _PAGES]
        measured = measure(series, house.pid, _ROUNDS, _REQUESTS)
        told += [(many, *_figures(measured[path]), path) for path in _PAGES]
    return [Table("rows", "Growth with rows", _ROWS_NOTE, _ROWS_HEAD, tuple(told))]


def workers() -> list[Table]:
    """One page of the inventory in processes that hold more and more workers."""
    told: list[tuple[Cell, ...]] = []
    others = [each for each in load_registry().workers if each != "inventory"]
    # Those in service first, for they are the larger ones.
    others.sort(key=lambda each: each not in in_service())
    for many in WORKERS:
        ids = ["inventory", *others[: many - 1]]
        built = build(ids, "development", progress, development_vars())
        started = time.perf_counter()
        with running(built) as house:
            for worker_id in ids:
                house.local.health(worker_id)
            took_s = time.perf_counter() - started
            series = [Series(HEALTH, house.addresses["inventory"], HEALTH, partial(as_router, "inventory"))]
            figures = measure(series, house.pid, _ROUNDS, _REQUESTS)[HEALTH]
            told.append((many, took_s, memory_mb(house.pid), *_figures(figures), HEALTH))
    return [Table("workers", "Growth with workers", _WORKERS_NOTE, _WORKERS_HEAD, tuple(told))]


def _figures(found: Figures) -> tuple[Cell, ...]:
    return (found.p50_ms, found.p95_ms, found.cpu_ms)
