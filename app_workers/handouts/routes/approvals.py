"""What waits for approval, beside the version that is given out now."""

from app_workers.handouts import labels
from app_workers.handouts.domain.comparison import Change, Line, compared
from app_workers.handouts.models.templates import Template, TemplateAction
from app_workers.handouts.permissions import APPROVE
from app_workers.handouts.routes.library import preview
from app_workers.handouts.routes.rights import actions
from app_workers.handouts.store.templates import approved_of, waiting
from ganger.context import Context
from ganger.http import Response
from ganger.routing import Route


async def get_approvals_page(ctx: Context) -> Response:
    """Show each submitted version with what it changes."""
    shown = [await _shown(ctx, template) for template in await waiting(ctx.db)]
    return ctx.page("approvals.html", page_title="Approvals", labels=labels, waiting=shown)


async def _shown(ctx: Context, template: Template) -> dict[str, object]:
    older = await approved_of(ctx.db, template.family_id)
    places = {location.id: location.name for location in ctx.scope.locations}
    lines: list[Line] = compared(older.draft, template.draft, places) if older else []
    return {
        "template": template,
        "older": older,
        "lines": lines,
        "is_changed": any(line.change is not Change.SAME for line in lines),
        "preview": preview(ctx, template),
        "may_decide": TemplateAction.APPROVE in actions(ctx, template),
    }


ROUTES = (Route("GET", "/approvals", get_approvals_page, APPROVE),)
