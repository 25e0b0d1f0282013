"""How each kind of work is carried out over the API, one step at a time."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from ganger.clock import iso_utc
from tools.drills.sender import PEOPLE, PLACES, Answer, Sender
from tools.drills.work import LOTS_EXPIRE_ON, Work

PACK = 10  # units in a pack that is ordered
STATUSES = {
    "transfers": ("draft", "in_transit", "received"),
    "orders": ("draft", "pending_approval", "approved", "ordered", "received"),
    "counts": ("in_progress", "submitted", "posted"),
}
_ORDER_STEPS = ("submit", "approve", "mark-ordered")
_REASONS = {"waste": "damaged", "adjustment": "found"}


def go_on(work: Work, sender: Sender, vendor_id: str) -> Answer:
    """Take the next step of the work, or the one again that nobody answered."""
    if work.kind == "transfer":
        answer = _transfer(work, sender)
    elif work.kind == "order":
        answer = _order(work, sender, vendor_id)
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
    if work.kind in _REASONS:
        body["reason_code"] = _REASONS[work.kind]
        # What is used may come from several lots, whichever expire first.
        body["lot_number"] = work.lot_number
    return body


def _what(work: Work) -> dict[str, object]:
    return {"item_id": work.product.id, "location_id": work.place, "quantity": work.quantity}


def _lot(work: Work) -> dict[str, object]:
    if work.lot_number is None:
        return {}
    return {"lot_number": work.lot_number, "expires_on": LOTS_EXPIRE_ON[work.lot_number]}


def _receive(work: Work, sender: Sender) -> Answer:
    asked = sender.send("GET", f"/items/{work.product.id}", work.person)
    if not asked.is_success:
        return asked
    version = next((row["version"] for row in asked.body["stock"] if row["location_id"] == work.place), 0)
    body = _what(work) | _lot(work) | {"version": version, "client_ref": work.ref}
    return sender.send("POST", "/receipts", work.person, body)


def _transfer(work: Work, sender: Sender) -> Answer:
    if work.acknowledged == 0:
        other = PLACES[(PLACES.index(work.place) + 1) % len(PLACES)]
        lines = [{"item_id": work.product.id, "quantity": work.quantity}]
        body = {"from_location_id": work.place, "to_location_id": other, "lines": lines}
        return _begun(work, "transfer", sender.send("POST", "/transfers", work.person, _once(work, body)))
    if work.acknowledged == 1:
        return _step(work, sender, "transfers", "ship", 1)
    read = sender.send("GET", f"/transfers/{work.object_id}", work.person)
    if not read.is_success:
        return read
    lines = [{"line_id": line["id"], "received_quantity": line["quantity"]} for line in read.body["lines"]]
    return _step(work, sender, "transfers", "receive", 2, lines=lines)


def _order(work: Work, sender: Sender, vendor_id: str) -> Answer:
    if work.acknowledged == 0:
        lines = [{"item_id": work.product.id, "quantity_packs": work.quantity}]
        body = {"vendor_id": vendor_id, "location_id": work.place, "lines": lines}
        return _begun(work, "order", sender.send("POST", "/orders", work.person, _once(work, body)))
    if work.acknowledged <= len(_ORDER_STEPS):
        return _step(work, sender, "orders", _ORDER_STEPS[work.acknowledged - 1], work.acknowledged)
    read = sender.send("GET", f"/orders/{work.object_id}", work.person)
    if not read.is_success:
        return read
    lots = [_lot(work) | {"packs": work.quantity}] if work.lot_number else []
    lines = [{"line_id": line["id"], "packs": work.quantity, "lots": lots} for line in read.body["lines"]]
    body = {"lines": lines, "client_ref": work.second_ref}
    return sender.send("POST", f"/orders/{work.object_id}/receive", work.person, body)


def _count(work: Work, sender: Sender) -> Answer:
    if work.acknowledged == 0:
        body = {"name": f"Drill {work.ref}", "location_id": work.place, "count_type": "spot"}
        answer = sender.send("POST", "/counts", work.person, _once(work, body))
        work.object_id = answer.body["id"] if answer.is_success else ""
        return answer
    if work.acknowledged == 1:
        return _scan(work, sender)
    if work.acknowledged == 2:
        return _step(work, sender, "counts", "submit", 1)
    return _step(work, sender, "counts", "post", 2)


def _scan(work: Work, sender: Sender) -> Answer:
    asked = sender.send("GET", f"/items/{work.product.id}", work.person)
    if not asked.is_success:
        return asked
    scan = {
        "client_ref": work.second_ref,
        "item_id": work.product.id,
        **_lot(work),
        "quantity": _on_shelf(work, asked.body) + 1,  # within what needs nobody's approval
        "mode": "set",
        "scanned_at": iso_utc(datetime.now(UTC)),
    }
    return sender.send("POST", f"/counts/{work.object_id}/scans", work.person, {"scans": [scan]})


def _on_shelf(work: Work, item: dict[str, Any]) -> int:
    if work.lot_number is None:
        return next((row["on_hand"] for row in item["stock"] if row["location_id"] == work.place), 0)
    shelf = (work.place, work.lot_number)
    lots = {(row["location_id"], row["lot_number"]): int(row["quantity"]) for row in item["lots"]}
    return lots.get(shelf, 0)


def _once(work: Work, body: Mapping[str, object]) -> dict[str, object]:
    return {**body, "client_ref": work.ref}


def _begun(work: Work, what: str, answer: Answer) -> Answer:
    work.object_id = answer.body[what]["id"] if answer.is_success else ""
    return answer


def _step(work: Work, sender: Sender, what: str, name: str, leads_to: int, **more: object) -> Answer:
    """Take a step unless it was taken already, when nobody heard of it."""
    address = f"/{what}/{work.object_id}"
    read = sender.send("GET", address, work.person)
    if not read.is_success:
        return read
    found = read.body[what.removesuffix("s")]
    if STATUSES[what].index(found["status"]) >= leads_to:
        return read
    # Nobody approves what they submitted themselves.
    other = PEOPLE[(PEOPLE.index(work.person) + 1) % len(PEOPLE)]
    person = other if name == "approve" else work.person
    return sender.send("POST", f"{address}/{name}", person, {"version": found["version"], **more})
