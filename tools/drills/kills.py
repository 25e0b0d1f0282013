"""Kill the platform again and again while stock moves, and look after each start at what is there.

Whatever was answered is there, once. Whatever was not is there wholly or not at all, and can be sent again.
What is on hand is the sum of the ledger, also by lot, and every write has its audit row.
"""

import os
import signal
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from threading import Event

from tools.build import BuiltWorker, build
from tools.drills.findings import problems
from tools.drills.sender import PLACES, Answer, DrillProblem, Sender, made
from tools.drills.steps import PACK, go_on
from tools.drills.work import LOTS, LOTS_EXPIRE_ON, Product, Work, some_sequence
from tools.local import LocalPlatform, Settings
from tools.local.demo import in_seed_order, seed
from tools.local.keys import development_vars
from tools.local.own_snapshot import with_own_snapshot
from tools.runtime import Runtime, ensure_runtime

Say = Callable[[str], None]

_THREADS = 2
_MOST_ANSWERS = 8  # after which the platform dies at the latest
_FIRST_STEP_S = 0.05  # as long as none was seen
_PRODUCTS = 6
_STOCK = 3000  # of a product at a place
_BACK_WITHIN_S = 300
_KILLS_OF_A_RUNNER = 20
_LOOKS_EVERY_S = 0.05
_SAID_EVERY = 10
_SEALING = "7 * * * *"


@dataclass
class Tally:
    """What came of a drill."""

    kills: int = 0
    kills_in_writes: int = 0  # while at least one write was under way
    sequences: int = 0
    answered: int = 0  # steps whose success was answered
    broken_writes: int = 0  # that were under way when the platform died
    refused: int = 0  # by a rule
    step_s: float = _FIRST_STEP_S  # how long the last step took
    found_booked: int = 0  # sent again after that, and the first one had been booked all the same
    wrong: list[str] = field(default_factory=list)

    def add(self, answer: Answer) -> None:
        """Count one step's answer."""
        self.refused += answer.is_refusal
        self.answered += answer.is_success
        self.broken_writes += answer.is_broken_write
        is_twin = isinstance(answer.body, dict) and answer.body.get("duplicate", False)
        self.found_booked += bool(answer.is_success and is_twin)

    def __str__(self) -> str:
        return (
            f"{self.kills} kills, {self.kills_in_writes} of them in writes; {self.sequences} sequences, "
            f"{self.answered} steps answered, {self.refused} refused, {self.broken_writes} writes cut off, "
            f"{self.found_booked} of them found booked; wrong: {len(self.wrong)}"
        )


@dataclass
class Stage:
    """What a drill works on: the platform that is running, what it sells, and all work that was begun."""

    local: LocalPlatform
    products: Sequence[Product]
    vendor_id: str
    works: list[Work]

    def sender(self) -> Sender:
        """New connections to the inventory."""
        return Sender(self.local.addresses()["inventory"])


def drill_kills(points: int, seed_number: int, folder: Path, say: Say) -> Tally:
    """Kill the platform at that many random points.

    Args:
        folder: an empty one, for the data and what the drill needs besides.
    Raises:
        DrillProblem: the folder is not empty, or nothing can be set up.
    """
    if folder.exists() and any(folder.iterdir()):
        raise DrillProblem(f"{folder} is not empty.")
    random, tally = Random(seed_number), Tally()  # noqa: S311 - to be had again, not to be secret
    runtime, state = ensure_runtime(_nothing), folder / "state"
    both = build(["auth", "inventory"], "development", _nothing, development_vars())
    products, vendor_id = _set_up(runtime, both, state)
    (inventory,) = (each for each in both if each.worker.id == "inventory")
    # The routes lead to all of the app that is free of the runtime.
    modules = [f"{inventory.worker.package}.routes"]
    quick = with_own_snapshot(runtime, inventory.folder, folder / "runtime", modules)
    works: list[Work] = []
    while tally.kills < points:
        with LocalPlatform(quick, [inventory], Settings(0, state), _nothing) as local:
            local.start()
            _kill_and_look(Stage(local, products, vendor_id, works), points, random, tally, say)
    tally.wrong += (f"Never came to its end: {work}" for work in works if not work.is_over)
    return tally


def _kill_and_look(stage: Stage, points: int, random: Random, tally: Tally, say: Say) -> None:
    """Go through kills and starts of one runner: all that are left, or a good number of them."""
    last = min(points, tally.kills + _KILLS_OF_A_RUNNER)
    while True:
        _await(stage)
        tally.wrong += problems(stage.local, stage.works)
        _finish(stage, tally)
        if tally.kills == last:
            tally.wrong += problems(stage.local, stage.works)
            return
        _work_until_killed(stage, random, tally)
        if tally.kills % _SAID_EVERY == 0 or tally.kills == points:
            say(str(tally))


def _set_up(runtime: Runtime, workers: Sequence[BuiltWorker], state: Path) -> tuple[list[Product], str]:
    """Products with stock everywhere, half of them by lot, and the vendor that sells them."""
    with LocalPlatform(runtime, workers, Settings(0, state), _nothing) as local:
        local.start()
        local.migrate()
        for worker in in_seed_order(workers):
            if worker.id == "auth":
                seed(local, worker, datetime.now(UTC))
        sender = Sender(local.addresses()["inventory"])
        vendor_id = str(made(sender, "POST", "/vendors", {"name": "Drill Supplies"})["id"])
        products = [_new_product(sender, number, vendor_id) for number in range(_PRODUCTS)]
        sender.close()
        # As every hour, so that what is written until now can be told from what somebody altered.
        local.scheduled("auth", _SEALING, datetime.now(UTC) + timedelta(hours=2))
    return products, vendor_id


def _new_product(sender: Sender, number: int, vendor_id: str) -> Product:
    is_lot_tracked = number % 2 == 1
    facts = {"sku": f"DRILL-{number}", "name": f"Drill {number}", "category": "other", "stock_unit": "box"}
    item = made(sender, "POST", "/items", facts | {"is_lot_tracked": is_lot_tracked})
    product = Product(str(item["id"]), is_lot_tracked)
    offer = {"pack_size": PACK, "pack_cost_cents": 1000, "version": 0}
    made(sender, "PUT", f"/items/{product.id}/vendors/{vendor_id}", offer)
    lots = (
        [{"lot_number": lot, "expires_on": LOTS_EXPIRE_ON[lot]} for lot in LOTS] if is_lot_tracked else [{}]
    )
    for place_number, place in enumerate(PLACES):
        for version, lot in enumerate(lots):
            what = {"item_id": product.id, "location_id": place, "quantity": _STOCK // len(lots)}
            ref = f"00000000-0000-4000-8000-{number:04d}{place_number:04d}{version:04d}"
            made(sender, "POST", "/receipts", what | lot | {"version": version, "client_ref": ref})
    return product


def _work_until_killed(stage: Stage, random: Random, tally: Tally) -> None:
    """Work in several threads until the process that holds workers and database is killed."""
    sender, dead = stage.sender(), Event()
    waiting = [some_sequence(random, stage.products) for _ in range(2 * _MOST_ANSWERS)]
    cut_before = tally.broken_writes

    def work_off() -> None:
        while not dead.is_set() and waiting:
            sequence = waiting.pop()
            tally.sequences += 1
            stage.works.extend(sequence)
            for work in sequence:
                while not work.is_over and not dead.is_set():
                    began = time.monotonic()
                    answer = go_on(work, sender, stage.vendor_id)
                    tally.add(answer)
                    if answer.is_success:
                        tally.step_s = time.monotonic() - began

    enough = tally.answered + random.randint(0, _MOST_ANSWERS)
    with ThreadPoolExecutor(_THREADS) as pool:
        threads = [pool.submit(work_off) for _ in range(_THREADS)]
        while tally.answered < enough and not all(thread.done() for thread in threads):
            time.sleep(0.001)
        # Anywhere within a step: before its change, in the middle of it, and after it before the answer.
        time.sleep(random.uniform(0, 1) * tally.step_s)
        dead.set()
        os.kill(workerd_of(stage.local.pid), signal.SIGKILL)
        for thread in threads:
            thread.result()
    sender.close()
    tally.kills += 1
    tally.kills_in_writes += tally.broken_writes > cut_before


def workerd_of(runner_pid: int) -> int:
    """The process that holds workers and database: the runner's only child."""
    (pid,) = Path(f"/proc/{runner_pid}/task/{runner_pid}/children").read_text().split()
    return int(pid)


def _await(stage: Stage) -> None:
    """Wait until the inventory answers again; the runner starts what was killed, over the same files."""
    ends_at = time.monotonic() + _BACK_WITHIN_S
    while not _is_back(stage):
        if time.monotonic() > ends_at:
            raise DrillProblem(f"The platform was not back within {_BACK_WITHIN_S} s.")
        time.sleep(_LOOKS_EVERY_S)


def _is_back(stage: Stage) -> bool:
    sender = stage.sender()
    is_back = sender.send("GET", "/stats", "usr_mia").is_success
    sender.close()
    return is_back


def _finish(stage: Stage, tally: Tally) -> None:
    """Send again what was not answered, and go on to the end of all that was begun."""
    sender = stage.sender()
    for work in [work for work in stage.works if not work.is_over]:
        while not work.is_over:
            answer = go_on(work, sender, stage.vendor_id)
            tally.add(answer)
            if not answer.is_success and not answer.is_refusal:
                break  # too many requests; the next start goes on with it
    sender.close()


def _nothing(_: object) -> None:
    """The drill speaks for itself."""
