"""What is done to the stock while the platform dies: deliveries, uses, waste, adjustments, transfers, counts.

Work is a row of steps, each of which can be sent again: by a reference of its own, or by looking first how
far the work has come.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from typing import Any
from uuid import UUID

from ganger.clock import iso_utc
from tools.drills.sender import PEOPLE, PLACES, Answer, Sender

KINDS = ("receipt", "usage", "usage", "waste", "adjustment", "transfer", "count")
SHIPPED, RECEIVED = 2, 3  # steps of a transfer
POSTED = 4  # the last step of a count
_STEPS = {"transfer": RECEIVED, "count": POSTED}
_STATUSES = {
    "transfers": ("draft", "in_transit", "received"),
    "counts": ("in_progress", "submitted", "posted"),
}


@dataclass
class Work:
    """One piece of work. `acknowledged` counts the steps whose success was answered."""

    kind: str
    ref: str
    item_id: str
    quantity: int
    place: str
    person: str
    second_ref: str
    acknowledged: int = 0
    is_refused: bool = False
    object_id: str = ""
    lines: list[dict[str, Any]] = field(default_factory=list)

    @property
    def is_over(self) -> bool:
        """Whether nothing of it is left to do."""
        return self.is_refused or self.acknowledged == _STEPS.get(self.kind, 1)

    @property
    def effect(self) -> int:
        """What a change by hand or a delivery does to what is on hand."""
        return self.quantity if self.kind in ("receipt", "adjustment") else -self.quantity


def some_work(random: Random, item_ids: list[str]) -> Work:
    """Any work on any of these items."""
    return Work(
        kind=random.choice(KINDS),
        ref=str(UUID(int=random.getrandbits(128), version=4)),
        item_id=random.choice(item_ids),
        quantity=random.randint(1, 9),
        place=random.choice(PLACES),
        person=random.choice(PEOPLE),
        second_ref=str(UUID(int=random.getrandbits(128), version=4)),
    )


def go_on(work: Work, sender: Sender) -> Answer:
    """Take the next step of the work, or the one again that nobody answered."""
    if work.kind == "transfer":
        answer = _transfer(work, sender)
    elif work.kind == "count":
        answer = _count(work, sender)
    elif work.kind == "receipt":
        answer = _receive(work, sender)
    else:
        answer = sender.send("POST", "/movements", work.person, _change(work))
    work.acknowledged += answer.is_success
    work.is_refused = answer.is_refusal
    return answer


def _change(work: Work) -> dict[str, object]:
    body: dict[str, object] = {"movement_type": work.kind, "client_ref": work.ref, **_what(work)}
    reasons = {"waste": "damaged", "adjustment": "found"}
    return body | ({"reason_code": reasons[work.kind]} if work.kind in reasons else {})


def _what(work: Work) -> dict[str, object]:
    return {"item_id": work.item_id, "location_id": work.place, "quantity": work.quantity}


def _stock(work: Work, sender: Sender) -> tuple[Answer, dict[str, Any]]:
    answer = sender.send("GET", f"/items/{work.item_id}", work.person)
    rows = answer.body["stock"] if answer.is_success else []
    found = next((row for row in rows if row["location_id"] == work.place), {"version": 0, "on_hand": 0})
    return answer, found


def _receive(work: Work, sender: Sender) -> Answer:
    asked, stock = _stock(work, sender)
    if not asked.is_success:
        return asked
    body = _what(work) | {"version": stock["version"], "client_ref": work.ref}
    return sender.send("POST", "/receipts", work.person, body)


def _transfer(work: Work, sender: Sender) -> Answer:
    if work.acknowledged == 0:
        other = PLACES[(PLACES.index(work.place) + 1) % len(PLACES)]
        lines = [{"item_id": work.item_id, "quantity": work.quantity}]
        body = {"from_location_id": work.place, "to_location_id": other, "lines": lines}
        answer = sender.send("POST", "/transfers", work.person, body | {"client_ref": work.ref})
        if answer.is_success:
            work.object_id = answer.body["transfer"]["id"]
        return answer
    if work.acknowledged < SHIPPED:
        return _step(work, sender, "transfers", "ship", 1)
    read = sender.send("GET", f"/transfers/{work.object_id}", work.person)
    if not read.is_success:
        return read
    lines = [{"line_id": line["id"], "received_quantity": line["quantity"]} for line in read.body["lines"]]
    return _step(work, sender, "transfers", "receive", 2, lines=lines)


def _count(work: Work, sender: Sender) -> Answer:
    if work.acknowledged == 0:
        body = {"name": f"Drill {work.ref}", "location_id": work.place, "count_type": "spot"}
        answer = sender.send("POST", "/counts", work.person, body | {"client_ref": work.ref})
        if answer.is_success:
            work.object_id = answer.body["id"]
        return answer
    if work.acknowledged == 1:
        return _scan(work, sender)
    if work.acknowledged == 2:
        return _step(work, sender, "counts", "submit", 1)
    return _step(work, sender, "counts", "post", 2)


def _scan(work: Work, sender: Sender) -> Answer:
    asked, stock = _stock(work, sender)
    if not asked.is_success:
        return asked
    scan = {
        "client_ref": work.second_ref,
        "item_id": work.item_id,
        "quantity": stock["on_hand"] + 1,  # within what needs nobody's approval
        "mode": "set",
        "scanned_at": iso_utc(datetime.now(UTC)),
    }
    return sender.send("POST", f"/counts/{work.object_id}/scans", work.person, {"scans": [scan]})


def _step(work: Work, sender: Sender, what: str, name: str, leads_to: int, **more: object) -> Answer:
    """Take a step unless it was taken already, when nobody heard of it."""
    address = f"/{what}/{work.object_id}"
    read = sender.send("GET", address, work.person)
    if not read.is_success:
        return read
    found = read.body[what.removesuffix("s")]
    if _STATUSES[what].index(found["status"]) >= leads_to:
        return read
    return sender.send("POST", f"{address}/{name}", work.person, {"version": found["version"], **more})
