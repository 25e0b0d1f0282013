"""The process that holds workers and database dies while stock moves; nothing is half done after it."""

import contextlib
import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from app_workers.inventory.store.reconciling import DIFFERENCES
from tests.harness.staff import StaffPortal
from tests.platform.inventory.factories import add_item, add_lot, add_lot_tracked_item, add_stock, day
from tools.build import build
from tools.local import LocalPlatform, Settings
from tools.local.demo import in_seed_order, seed
from tools.local.keys import development_vars
from tools.runtime import ensure_runtime

pytestmark = pytest.mark.runtime

CHANGES = "/inventory/api/v1/movements"


@contextmanager
def portal_over(state: Path) -> Iterator[StaffPortal]:
    workers = build(["router", "auth", "inventory"], "development", print, development_vars())
    settings = Settings(0, state)
    with (
        LocalPlatform(ensure_runtime(print), workers, settings, print) as local,
        httpx.Client(timeout=60) as client,
    ):
        url = local.start()
        if local.migrate():
            for worker in in_seed_order(workers):
                seed(local, worker, datetime.now(UTC))
        yield StaffPortal(local, url, client)


def send(platform: StaffPortal, body: dict[str, object]) -> int:
    """The status of a change; 0 when the connection broke."""
    with contextlib.suppress(httpx.HTTPError):
        return platform.post(CHANGES, person="usr_pat", json=body).status_code
    return 0


def make_use(item_id: str, quantity: int) -> dict[str, object]:
    fields = {"item_id": item_id, "location_id": "loc_aa", "movement_type": "usage", "quantity": quantity}
    return fields | {"client_ref": str(uuid4())}


def test_what_was_answered_is_booked_once_and_the_rest_not_by_half(tmp_path):
    with portal_over(tmp_path) as platform:
        plain, by_lot = add_item(platform), add_lot_tracked_item(platform)
        for item_id in (plain, by_lot):
            add_stock(platform, item_id, 500)
        for number in range(50):
            add_lot(platform, by_lot, f"L{number}", 10, expires_on=day(30 + number))
        asked = [make_use(item_id, 3 + number % 9) for number in range(20) for item_id in (plain, by_lot)]
        assert send(platform, asked[0]) == 201  # signed in and warm
        with ThreadPoolExecutor(4) as pool:
            sent = [pool.submit(send, platform, body) for body in asked]
            while sum(each.done() for each in sent) < 12:
                pass
            os.killpg(platform.local.pid, signal.SIGKILL)  # the runner and its workerd
        answered = [body for body, each in zip(asked, sent, strict=True) if each.result() in (200, 201)]
        assert 0 < len(answered) < len(asked)
    with portal_over(tmp_path) as platform:
        booked = {
            row["client_ref"]
            for row in platform.rows(
                "SELECT DISTINCT client_ref FROM stock_movements WHERE user_id = 'usr_pat'"
            )
        }
        assert {body["client_ref"] for body in answered} <= booked
        assert differences(platform, plain, by_lot) == []
        assert {send(platform, body) for body in asked} <= {200, 201}
        (row,) = platform.rows("SELECT SUM(quantity_on_hand) AS left FROM inventory_stock"
                               " WHERE item_id IN (?, ?)", plain, by_lot)  # fmt: skip
        assert row["left"] == 1000 - sum(body["quantity"] for body in asked)
        assert differences(platform, plain, by_lot) == []


def differences(platform: StaffPortal, *item_ids: str) -> list[object]:
    """Where what is on hand differs from the ledger; lots written by the test itself have no movements."""
    return [
        row for row in platform.rows(DIFFERENCES) if row["item_id"] in item_ids and row["subject"] != "lot"
    ]
