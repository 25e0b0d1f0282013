"""What the week's mail says of a location that is short of something."""

from collections.abc import Sequence

from app_workers.inventory.models.reorder import Suggestion


def subject_of(location_name: str, suggestions: Sequence[Suggestion]) -> str:
    """What notice and mail are headed."""
    count = len(suggestions)
    return f"To reorder at {location_name}: {count} item{'' if count == 1 else 's'}"


def mail_text(location_name: str, suggestions: Sequence[Suggestion]) -> str:
    """The mail, an item a line."""
    lines = [_line(each) for each in suggestions]
    return "\n".join([f"At {location_name} these are at their reorder point or below:", "", *lines, ""])


def _line(suggestion: Suggestion) -> str:
    short = suggestion.shortage
    left = f"{short.usable} usable, {short.on_order + short.inbound} on the way"
    if suggestion.offer is None:
        return f"- {short.item_name} ({short.sku}): {left}; no vendor"
    packs = f"{suggestion.packs} of {suggestion.offer.pack_size} {short.stock_unit}"
    return f"- {short.item_name} ({short.sku}): {left}; {packs} from {suggestion.offer.vendor_name}"
