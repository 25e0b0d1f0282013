"""A call of the database that takes longer than a second stands in the worker's figures and is an alert."""

import pytest

pytestmark = pytest.mark.runtime

SLOW_MS = 1_200


def test_a_slow_call_is_counted_and_told_of(breakable):
    portal = breakable.portal
    before = portal.get("/inventory/health", "usr_mia").json()["database"]["queries"]
    with breakable.slow("inventory>DB", ms=SLOW_MS):
        after = portal.get("/inventory/health", "usr_mia").json()["database"]["queries"]
    assert after["calls"] > before["calls"]
    assert after["slow"] > before["slow"]
    assert after["slowestMs"] >= SLOW_MS
    line = breakable.logged.facts('"database slow"', '"code": "none"')[-1]  # SELECT 1 is about no table
    assert (line["level"], line["class"], line["stage"], line["count"]) == ("error", "security", "query", 1)
    assert SLOW_MS <= line["ms"] <= after["slowestMs"]
    deep = portal.get("/health/deep", "usr_mia", headers={"accept": "application/json"}).json()
    assert deep["figures"]["inventory"]["database"]["queries"]["slow"] >= after["slow"]
    assert "hitRatio" in deep["figures"]["inventory"]["cache"]
