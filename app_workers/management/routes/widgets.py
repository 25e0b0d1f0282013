"""The widgets that the dashboard takes from here."""

from collections.abc import Sequence

from app_workers.management import labels
from app_workers.management.domain.access import Rights
from app_workers.management.models.tickets import Ticket
from app_workers.management.models.widgets import Widget, WidgetItem
from app_workers.management.store.tickets import own_unfinished, tickets_waiting_for
from ganger.clock import iso_utc
from ganger.context import Context
from ganger.http import Json

_ITEMS, _COUNTED, _LABEL = 10, 100, 80
_TONES = {"primary": "neutral", "neutral": "neutral", "success": "good", "warning": "warn", "danger": "bad"}


async def get_my_requests(ctx: Context) -> Json[Widget]:
    """The person's requests that are not over."""
    tickets = await own_unfinished(ctx.db, ctx.scope, Rights.of(ctx.user), _COUNTED)
    return ctx.json(_widget(ctx, "My open requests", tickets))


async def get_pending_approvals(ctx: Context) -> Json[Widget]:
    """The requests that wait for the person's decision."""
    tickets = await tickets_waiting_for(ctx.db, ctx.scope, Rights.of(ctx.user), _COUNTED)
    return ctx.json(_widget(ctx, "Waiting for my decision", tickets))


def _widget(ctx: Context, title: str, tickets: Sequence[Ticket]) -> Widget:
    return Widget(
        title=title,
        items=tuple(_item(ticket) for ticket in tickets[:_ITEMS]),
        total=len(tickets),
        updated_at=iso_utc(ctx.now),
    )


def _item(ticket: Ticket) -> WidgetItem:
    return WidgetItem(
        label=ticket.title[:_LABEL],
        value=labels.STATUSES[ticket.status],
        href=f"/requests/{ticket.ticket_number}",
        tone=_TONES[labels.TONES[ticket.status]],
    )
