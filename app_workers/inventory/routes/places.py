"""The location that a request is about."""

from ganger.context import Context
from ganger.scope import Scope


def chosen_place(ctx: Context, location_id: str | None) -> Scope:
    """The scope narrowed to one location: the asked one, or without one the person's own.

    Raises:
        NotFound: it is not one of theirs.
    """
    return ctx.scope.at(location_id if location_id is not None else ctx.user.location.id)
