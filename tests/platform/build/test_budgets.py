"""What every worker uploads stays within its kind's budget in platform.toml."""

import pytest

from tools.registry import load_registry
from tools.sizes import as_table, measure, over_budget

pytestmark = pytest.mark.runtime


def test_every_worker_stays_within_its_budget():
    measured = measure([], print)
    assert len(measured) == len(load_registry().workers)
    assert over_budget(measured) == [], as_table(measured)
