"""Where what is on hand is not what the ledger says."""

from app_workers.inventory.models.ledger import Difference

_SUMS = {
    "stock": "its movements sum to",
    "lots": "its lots sum to",
    "lot": "its movements sum to",
    "missing": "there is no stock row, but movements sum to",
}


def sentence(difference: Difference) -> str:
    """The difference as a line for whoever looks into it; identifiers alone."""
    lot = f", lot {difference.lot_number}" if difference.lot_number else ""
    where = f"item {difference.item_id} at {difference.location_id}{lot}"
    return f"{where}: {difference.held} on hand, {_SUMS[difference.subject]} {difference.booked}."
