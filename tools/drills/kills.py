"""Kill the platform again and again while stock moves, and look after each start at what is there.

Whatever was answered is there, once. Whatever was not is there wholly or not at all, and can be sent again.
What is on hand is the sum of the ledger.
"""

import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from threading import Event

from app_workers.inventory.store.reconciling import DIFFERENCES
from ganger.db import Row, Statement
from tools.build import BuiltWorker, build
from tools.drills.sender import BROKEN, PLACES, Answer, Sender
from tools.drills.work import RECEIVED, SHIPPED, Work, go_on, some_work
from tools.local import LocalPlatform, Settings
from tools.local.demo import in_seed_order, seed
from tools.local.keys import development_vars
from tools.runtime import ensure_runtime

Say = Callable[[str], None]

_THREADS = 4
_MOST_ANSWERS = 24  # after which the platform dies at the latest
_MOST_DELAY_S = 0.02
_BOOKED = """
    SELECT client_ref, SUM(quantity_change) AS booked FROM stock_movements
    WHERE client_ref IS NOT NULL GROUP BY client_ref
"""
_TRANSFERS = """
    SELECT transfer.id, transfer.status,
        (SELECT SUM(quantity) FROM stock_transfer_lines WHERE transfer_id = transfer.id) AS sent,
        COALESCE(-SUM(quantity_change) FILTER (WHERE movement_type = 'transfer_out'), 0) AS gone,
        COALESCE(SUM(quantity_change) FILTER (WHERE movement_type = 'transfer_in'), 0) AS arrived
    FROM stock_transfers AS transfer LEFT JOIN stock_movements AS movement
        ON movement.reference_type = 'transfer' AND movement.reference_id = transfer.id
    WHERE transfer.client_ref IS NOT NULL GROUP BY transfer.id
"""
_COUNTS = """
    SELECT session.id, session.status,
        (SELECT SUM(variance) FROM count_entries WHERE session_id = session.id) AS differing,
        COALESCE(SUM(quantity_change), 0) AS booked
    FROM count_sessions AS session LEFT JOIN stock_movements AS movement
        ON movement.reference_type = 'count' AND movement.reference_id = session.id
    WHERE session.client_ref IS NOT NULL GROUP BY session.id
"""


class DrillProblem(Exception):
    """The drill could not be carried out."""


@dataclass
class Tally:
    """What came of a drill."""

    kills: int = 0
    answered: int = 0  # steps whose success was answered
    broken: int = 0  # steps that were under way when the platform died
    wrong: list[str] = field(default_factory=list)

    def add(self, answer: Answer) -> None:
        """Count one step's answer; a refusal is neither."""
        self.answered += answer.is_success
        self.broken += answer.status == BROKEN


def drill_kills(points: int, seed_number: int, state: Path, say: Say) -> Tally:
    """Kill the platform at that many random points, over data in an empty folder.

    Raises:
        DrillProblem: the folder is not empty, or nothing can be set up.
    """
    if state.exists() and any(state.iterdir()):
        raise DrillProblem(f"{state} is not empty.")
    random, tally = Random(seed_number), Tally()  # noqa: S311 - to be had again, not to be secret
    workers = build(["auth", "inventory"], "development", _nothing, development_vars())
    every: list[Work] = []
    item_ids: list[str] = []
    for number in range(points + 1):
        with _running(workers, state) as local:
            item_ids = item_ids or _set_up(local, workers)
            tally.wrong += _problems(local, every)
            _finish(local, every, tally)
            tally.wrong += _problems(local, every)
            told = f"{tally.answered} answered, {tally.broken} broken, {len(tally.wrong)} wrong"
            say(f"{number} of {points}: {told}")
            if number < points:
                every += _worked_until_killed(local, random, item_ids, tally)
                tally.kills += 1
    return tally


@contextmanager
def _running(workers: Iterable[BuiltWorker], state: Path) -> Iterator[LocalPlatform]:
    with LocalPlatform(ensure_runtime(_nothing), list(workers), Settings(0, state), _nothing) as local:
        local.start()
        yield local


def _set_up(local: LocalPlatform, workers: tuple[BuiltWorker, ...]) -> list[str]:
    """Items with stock everywhere, and their ids."""
    local.migrate()
    for worker in in_seed_order(workers):
        if worker.id == "auth":
            seed(local, worker, datetime.now(UTC))
    sender = Sender(local.addresses()["inventory"])
    ids = [_new_item(sender, number) for number in range(6)]
    sender.close()
    return ids


def _new_item(sender: Sender, number: int) -> str:
    facts = {"sku": f"DRILL-{number}", "name": f"Drill {number}", "category": "other", "stock_unit": "box"}
    made = sender.send("POST", "/items", "usr_mia", facts)
    if not made.is_success:
        raise DrillProblem(f"An item could not be made: {made.status}.")
    item_id = str(made.body["id"])
    for place in PLACES:
        receipt = {"item_id": item_id, "location_id": place, "quantity": 500, "version": 0}
        ref = f"00000000-0000-4000-8000-{number:06d}{PLACES.index(place):06d}"
        sender.send("POST", "/receipts", "usr_max", receipt | {"client_ref": ref})
    return item_id


def _worked_until_killed(
    local: LocalPlatform, random: Random, item_ids: list[str], tally: Tally
) -> list[Work]:
    """Work in several threads until the platform is killed; return the work that was begun."""
    sender, dead = Sender(local.addresses()["inventory"]), Event()
    waiting = [some_work(random, item_ids) for _ in range(4 * _MOST_ANSWERS)]
    begun: list[Work] = []

    def work_off() -> None:
        while not dead.is_set() and waiting:
            work = waiting.pop()
            begun.append(work)
            while not work.is_over and not dead.is_set():
                tally.add(go_on(work, sender))

    enough = tally.answered + random.randint(1, _MOST_ANSWERS)
    delay_s = random.uniform(0, _MOST_DELAY_S)
    with ThreadPoolExecutor(_THREADS) as pool:
        threads = [pool.submit(work_off) for _ in range(_THREADS)]
        while tally.answered < enough and not all(thread.done() for thread in threads):
            time.sleep(0.001)
        time.sleep(delay_s)  # so that it is not always an answer's end that it dies at
        dead.set()
        os.killpg(local.pid, signal.SIGKILL)  # the runner and its workerd
        for thread in threads:
            thread.result()
    sender.close()
    return begun


def _finish(local: LocalPlatform, every: Iterable[Work], tally: Tally) -> None:
    """Send again what was not answered, and go on to the end of all that was begun."""
    sender = Sender(local.addresses()["inventory"])
    for work in every:
        while not work.is_over:
            answer = go_on(work, sender)
            tally.add(answer)
            if not answer.is_success and not answer.is_refusal:
                break  # too many requests; the next start goes on with it
    sender.close()


def _problems(local: LocalPlatform, every: Iterable[Work]) -> Iterator[str]:
    """Yield where what is there is not what was answered."""
    asked = [DIFFERENCES, _BOOKED, _TRANSFERS, _COUNTS]
    differences, booked, transfers, counts = local.batch([Statement(sql) for sql in asked])
    yield from (f"The ledger differs: {row}" for row in differences)
    by_ref = {str(row["client_ref"]): row["booked"] for row in booked}
    by_id = {str(row["id"]): row for row in (*transfers, *counts)}
    yield from (f"Half a transfer: {row}" for row in transfers if not _is_whole_transfer(row))
    yield from (f"Half a count: {row}" for row in counts if not _is_whole_count(row))
    for work in every:
        if work.kind in ("transfer", "count"):
            if not _has_come_as_far(work, by_id.get(work.object_id)):
                yield f"An answered step is lost: {work}"
        elif by_ref.get(work.ref, None if work.acknowledged else work.effect) != work.effect:
            yield f"Lost or doubled: {work}"


def _is_whole_transfer(row: Row) -> bool:
    wanted = {"draft": (0, 0), "in_transit": (row["sent"], 0), "received": (row["sent"], row["sent"])}
    return (row["gone"], row["arrived"]) == wanted[str(row["status"])]


def _is_whole_count(row: Row) -> bool:
    return row["booked"] == ((row["differing"] or 0) if row["status"] == "posted" else 0)


def _has_come_as_far(work: Work, row: Row | None) -> bool:
    """Whether the object stands where its last answered step left it, or further on."""
    if work.acknowledged == 0:
        return True
    if row is None:
        return False
    if work.kind == "transfer":
        far = {SHIPPED: ("in_transit", "received"), RECEIVED: ("received",)}
    else:
        far = {3: ("submitted", "posted"), 4: ("posted",)}
    return work.acknowledged not in far or row["status"] in far[work.acknowledged]


def _nothing(_: object) -> None:
    """The drill speaks for itself."""
