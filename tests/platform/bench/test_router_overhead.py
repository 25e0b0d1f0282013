"""What a request pays for going through the router."""

import pytest

from tools.bench.measure import measure, workerd_pid
from tools.bench.series import HEALTH, router_group

pytestmark = pytest.mark.runtime

LIMIT_MS = 1.2
ROUNDS = 3
# Whatever else runs on the machine only ever adds to a median, so the lowest of each side counts, and a
# busy machine gets more rounds to show one.
MOST_ROUNDS = 20
REQUESTS = 50


@pytest.mark.measured
def test_router_adds_at_most_a_fifth_more_than_a_millisecond(platform):
    group = router_group(platform.local.addresses(), HEALTH)
    pid = workerd_pid(platform.local.pid)
    rounds = []
    overhead_ms = LIMIT_MS
    while len(rounds) < ROUNDS or (overhead_ms > LIMIT_MS and len(rounds) < MOST_ROUNDS):
        measured = measure(group.series, pid, rounds=1, requests=REQUESTS)
        rounds.append([measured[series.name].p50_ms for series in group.series])
        direct_ms, routed_ms = (min(side) for side in zip(*rounds, strict=True))
        overhead_ms = routed_ms - direct_ms
    assert overhead_ms <= LIMIT_MS, rounds
