"""What every worker uploads stays within its kind's budget in platform.toml."""

import pytest

from tools.build import Sizes, build, sizes
from tools.registry import Worker, load_registry

pytestmark = pytest.mark.runtime

WORKERS = tuple(load_registry().workers.values())
KIB = 1024


@pytest.fixture(scope="module")
def measured() -> dict[str, Sizes]:
    """Gzip sizes of all workers as they are built for production, by id."""
    return {built.worker.id: sizes(built.folder) for built in build([], "production", print)}


@pytest.mark.parametrize("worker", WORKERS, ids=lambda worker: worker.id)
def test_a_worker_stays_within_its_budget(worker: Worker, measured: dict[str, Sizes]):
    budget = load_registry().budgets[worker.kind]
    assert measured[worker.id].own_bytes_gzip <= budget.own_kb * KIB
    assert measured[worker.id].total_bytes_gzip <= budget.total_kb * KIB
