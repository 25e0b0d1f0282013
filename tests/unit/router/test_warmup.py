"""The warm-ups follow the clinic's clock, in summer and in winter."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyjson5

from router_worker.warmup import is_warm_up
from tools.paths import ROOT

WINTER = datetime(2026, 1, 14, tzinfo=UTC)
SUMMER = datetime(2026, 7, 15, tzinfo=UTC)


def cron_minutes() -> list[tuple[int, int]]:
    config = pyjson5.decode(Path(ROOT / "wrangler" / "router.jsonc").read_text())
    crons = [re.fullmatch(r"(\d+) (\d+),(\d+) \* \* \*", cron) for cron in config["triggers"]["crons"]]
    return [(int(cron[hour]), int(cron[1])) for cron in crons if cron for hour in (2, 3)]


def warm_ups_of(day: datetime) -> list[str]:
    fired = (day + timedelta(hours=hour, minutes=minute) for hour, minute in cron_minutes())
    return [instant.strftime("%H:%M") for instant in fired if is_warm_up(instant)]


def test_each_rush_is_preceded_by_one_warm_up_in_winter():
    assert warm_ups_of(WINTER) == ["12:20", "17:50", "22:50"]


def test_each_rush_is_preceded_by_one_warm_up_in_summer():
    assert warm_ups_of(SUMMER) == ["11:20", "16:50", "21:50"]


def test_a_cron_that_fires_some_seconds_late_still_counts():
    assert is_warm_up(WINTER.replace(hour=12, minute=20, second=41))


def test_another_minute_is_no_warm_up():
    assert not is_warm_up(WINTER.replace(hour=12, minute=21))
