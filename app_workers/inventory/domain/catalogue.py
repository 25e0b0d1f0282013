"""What may stand in the catalogue."""

from datetime import UTC, datetime, timedelta

from app_workers.inventory.models.catalogue import Category, Item, ItemStatus, SafetySheet
from app_workers.inventory.models.drafts import ItemDraft, LevelsDraft
from ganger.errors import InvalidTransition, ValidationFailed

VERIFIED_FOR = timedelta(days=3 * 365)


def is_tracked(draft: ItemDraft) -> bool:
    """Whether the item is kept by lot: a medicine or a controlled item always is."""
    return draft.is_lot_tracked or draft.is_controlled or draft.category is Category.MEDICATIONS


def discontinue_problem(item: Item) -> InvalidTransition | None:
    """Why an item cannot be discontinued, or None."""
    if item.status is ItemStatus.ACTIVE:
        return None
    return InvalidTransition("This item is discontinued already.", status=item.status.value)


def levels_problem(draft: LevelsDraft) -> ValidationFailed | None:
    """What is wrong with levels, or None."""
    if draft.par_level >= draft.reorder_point:
        return None
    return ValidationFailed({"par_level": "must be at least the reorder point"})


def is_overdue(sheet: SafetySheet, now: datetime) -> bool:
    """Whether nobody has verified the sheet within three years."""
    return datetime.fromisoformat(sheet.verified_at).astimezone(UTC) + VERIFIED_FOR < now
