"""The batch of one step of a transfer, with its audit row."""

from collections.abc import Mapping, Sequence

from app_workers.inventory.models.transfers import Transfer
from app_workers.inventory.store.transfers import find_transfer
from ganger.audit import Actor, audit_row
from ganger.clock import iso_utc
from ganger.db import Database, ExpectationFailed, Statement, Value, expect
from ganger.errors import VersionConflict
from ganger.ids import new_id
from ganger.scope import Scope

_AS_READ = """
    SELECT version = ? FROM stock_transfers
    WHERE id = ? AND (from_location_id IN ({marks}) OR to_location_id IN ({marks}))
"""
_CHANGE = """
    UPDATE stock_transfers SET {columns} version = version + 1, updated_at = ?
    WHERE id = ? AND (from_location_id IN ({marks}) OR to_location_id IN ({marks}))
"""


async def take_step(
    db: Database,
    scope: Scope,
    actor: Actor,
    transfer: Transfer,
    columns: Mapping[str, Value],
    more: Sequence[Statement],
    told: Mapping[str, object],
) -> Transfer | VersionConflict:
    """Change a transfer that stands as it was read.

    Args:
        columns: what changes in its row.
        more: what else belongs to the step, in the same batch.
        told: what the audit row says besides the status.
    """
    try:
        await db.batch(step_statements(scope, actor, transfer, columns, more, told))
    except ExpectationFailed:
        return outdated(await find_transfer(db, scope, transfer.id))
    return await find_transfer(db, scope, transfer.id)


def step_statements(
    scope: Scope,
    actor: Actor,
    transfer: Transfer,
    columns: Mapping[str, Value],
    more: Sequence[Statement],
    told: Mapping[str, object],
) -> list[Statement]:
    """The batch of `take_step`."""
    where = (transfer.id, *scope.location_ids, *scope.location_ids)
    names = "".join(f"{name} = ?, " for name in columns)
    status = columns.get("status", transfer.status.value)
    said = {"status": [transfer.status.value, status], **told}
    change = _CHANGE.format(columns=names, marks=scope.marks)
    return [
        expect("transfer as read", _AS_READ.format(marks=scope.marks), transfer.version, *where),
        *more,
        Statement(change, (*columns.values(), iso_utc(actor.at), *where)),
        audit_row(
            actor,
            "inventory:change-transfer",
            "stock_transfer",
            transfer.id,
            transfer.from_location_id,
            said,
        ),
    ]


def line_columns(
    actor: Actor, transfer_id: str, source: str, item_id: str, lot_id: str | None, quantity: int
) -> dict[str, Value]:
    """The columns of a new line."""
    at = iso_utc(actor.at)
    return {
        "id": new_id(actor.at),
        "transfer_id": transfer_id,
        "from_location_id": source,
        "item_id": item_id,
        "lot_id": lot_id,
        "quantity": quantity,
        "created_at": at,
        "updated_at": at,
    }


def outdated(current: Transfer) -> VersionConflict:
    """The refusal of a step of a transfer that somebody changed after it was read."""
    return VersionConflict("Somebody changed this transfer after you opened it.", current=current.plain())
