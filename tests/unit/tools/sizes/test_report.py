"""The table of sizes."""

from tools.build import Sizes
from tools.registry import Kind, load_registry
from tools.sizes import Measured, as_table, over_budget

REGISTRY = load_registry()
KIB = 1024


def measured(worker_id: str, own_kib: float, total_kib: float) -> Measured:
    worker = REGISTRY.workers[worker_id]
    return Measured(worker, Sizes(int(own_kib * KIB), int(total_kib * KIB)), REGISTRY.budgets[worker.kind])


def test_a_worker_as_large_as_its_budget_is_within_it():
    budget = REGISTRY.budgets[Kind.STAFF]
    assert over_budget([measured("inventory", budget.own_kb, budget.total_kb)]) == []


def test_a_worker_30_kib_over_is_named_with_its_excess():
    large = measured("inventory", 530, 600)
    assert over_budget([measured("kiosk", 60, 200), large]) == [large]
    assert "530.0  500      600.0  2300  30.0 KiB over" in as_table([large])


def test_the_larger_excess_of_own_and_total_counts():
    assert measured("inventory", 510, 2400).excess_bytes == 100 * KIB


def test_who_is_within_the_budget_has_no_remark():
    assert as_table([measured("kiosk", 60, 200)]).splitlines()[1].endswith("2300")
