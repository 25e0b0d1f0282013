"""The person's own notifications, as a page, for programs and for the bell."""

from app_workers.management.live import tell_people
from app_workers.management.models.answers import Unread
from app_workers.management.models.notifications import Notification, NotificationQuery
from app_workers.management.store.notifications import mark_read, notifications_of, unread_count
from ganger.context import Context, Listed, items
from ganger.http import Json, Response


async def get_notifications_page(ctx: Context) -> Response:
    """Show the person's notifications, unread ones first."""
    asked = ctx.query(NotificationQuery)
    listed, total, unread = await notifications_of(ctx.db, ctx.user.id, asked)
    return ctx.page(
        "notifications.html",
        page_title="Notifications",
        asked=asked,
        listed=listed,
        total=total,
        unread=unread,
        url=f"{ctx.url('/notifications')}?{ctx.request.query_string}",
    )


async def get_notifications(ctx: Context) -> Json[Listed[Notification]]:
    """List the person's notifications, unread ones first."""
    asked = ctx.query(NotificationQuery)
    listed, total, _ = await notifications_of(ctx.db, ctx.user.id, asked)
    return ctx.json(items(listed, asked.page, asked.limit, total))


async def get_unread(ctx: Context) -> Json[Unread]:
    """Say how many notifications the person has not read."""
    return ctx.json({"unread": await unread_count(ctx.db, ctx.user.id)})


async def post_read(ctx: Context) -> Json[Unread]:
    """Mark one notification, or all, as read."""
    await _mark(ctx)
    return ctx.json({"unread": await unread_count(ctx.db, ctx.user.id)})


async def post_read_page(ctx: Context) -> Response:
    """Mark one notification of the page, or all, as read."""
    await _mark(ctx)
    return ctx.redirect("/notifications", "Marked as read.")


async def _mark(ctx: Context) -> None:
    await mark_read(ctx.db, ctx.user.id, ctx.now, ctx.params.get("notification_id"))
    tell_people(ctx.live, [ctx.user.id], ctx.now)
