"""Rights that depend on what a request is about, beside those of its route."""

from app_workers.inventory.models.ledger import ChangeType
from app_workers.inventory.permissions import ADJUST
from ganger.context import Context
from ganger.errors import Forbidden
from ganger.permissions import is_allowed

_FOR_ALL = (ChangeType.USAGE, ChangeType.WASTE)


def changes_allowed(ctx: Context) -> list[ChangeType]:
    """What the person may book by hand."""
    return [kind for kind in ChangeType if kind in _FOR_ALL or is_allowed(ctx.user, ADJUST)]


def demand_change(ctx: Context, kind: ChangeType) -> None:
    """Let nobody book what they may not.

    Raises:
        Forbidden: it takes a right that the person does not hold.
    """
    if kind not in changes_allowed(ctx):
        raise Forbidden("Your role does not allow this.", permission=ADJUST.name)
