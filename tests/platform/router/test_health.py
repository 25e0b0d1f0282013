"""The router's health, and the warm-up."""

import time
from datetime import UTC, datetime

import pytest

from tests.platform.router.conftest import PAT, Router, cookie_of
from tools.local.keys import development_vars

pytestmark = pytest.mark.runtime


def test_health_is_open_and_counts_the_routes(router: Router):
    report = router.get("/health").json()
    assert report.pop("timestamp").endswith("Z")
    assert report == {
        "status": "healthy",
        "router": "staff-portal",
        "totalRoutes": 16,
        "environment": "development",
    }


def test_deep_health_asks_every_app(router: Router):
    answer = router.get("/health/deep", cookie_of(PAT, time.time()))
    workers = answer.json()["workers"]
    assert len(workers) == 16
    assert workers["inventory"] == workers["management"] == "healthy"
    assert workers["meds"] == "down"
    assert answer.json()["providers"] == {}  # the hubs do not run here
    # What is not in service does not make the platform unhealthy.
    assert (answer.status_code, answer.json()["status"]) == (200, "healthy")


def test_deep_health_is_for_people_and_the_monitor_alone(router: Router):
    token = development_vars()["MONITOR_TOKEN"]
    assert router.get("/health/deep", authorization=f"Bearer {token}").status_code == 200
    assert router.get("/health/deep", authorization="Bearer wrong").status_code == 401
    assert router.get("/health/deep").status_code == 401


def warmed(router: Router, at: datetime) -> int:
    before = router.counts("inventory").get("/inventory/health", 0)
    assert router.local.scheduled("router", "20 11,12 * * *", at) == "ok"
    return router.counts("inventory").get("/inventory/health", 0) - before


def test_the_busiest_apps_are_woken_before_the_rush(router: Router):
    assert warmed(router, datetime(2026, 1, 14, 12, 20, tzinfo=UTC)) == 1


def test_the_cron_of_the_other_season_wakes_nobody(router: Router):
    assert warmed(router, datetime(2026, 1, 14, 11, 20, tzinfo=UTC)) == 0
