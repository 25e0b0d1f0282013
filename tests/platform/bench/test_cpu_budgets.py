"""No page costs more CPU than its worker's budget in platform.toml."""

import pytest

from tools.bench.house import House
from tools.bench.measure import workerd_pid
from tools.bench.routes import costs, over_cpu_budget

pytestmark = pytest.mark.runtime

# Whatever else runs on the machine only ever adds, so a page has several chances to show what it needs.
CHANCES = 3


@pytest.mark.measured
def test_every_page_of_every_app_stays_within_its_workers_cpu_budget(platform):
    house = House(platform.local, platform.local.addresses(), workerd_pid(platform.local.pid))
    for _ in range(CHANCES):
        large = over_cpu_budget(costs(house, rounds=2, requests=10))
        if not large:
            break
    assert large == [], "\n".join(["CPU over the budget:", *large])
