"""A slice of `ganger bench` on the running platform."""

import pytest

from tools.bench.connections import load_row
from tools.bench.house import House
from tools.bench.measure import workerd_pid
from tools.bench.series import HEALTH

pytestmark = pytest.mark.runtime


def test_requests_of_many_connections_are_all_answered(platform):
    house = House(platform.local, platform.local.addresses(), workerd_pid(platform.local.pid))
    number, answered, *_, errors = load_row(house, HEALTH, 16, seconds=0.1)
    assert (number, errors) == (16, 0)
    assert answered >= 16
