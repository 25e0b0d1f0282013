"""The approved templates of a location, which are asked for often and change seldom.

The generation is that of migrations/0001_create_handout_tables.sql.
"""

from app_workers.handouts.models.templates import ApprovedTemplates
from app_workers.handouts.store.templates import approved_at
from ganger.cache import Generations, Kind
from ganger.context import Context

_APPROVED = Generations("handout_generations", ("approved",))


async def kept_approved(ctx: Context, location_id: str) -> ApprovedTemplates:
    """What can be given out at a location: of before an approval nothing is told after it."""
    return await ctx.cache.remember(
        ctx.db,
        Kind.TEMPLATES,
        (location_id,),
        _APPROVED,
        ApprovedTemplates,
        lambda: approved_at(ctx.db, location_id),
    )
