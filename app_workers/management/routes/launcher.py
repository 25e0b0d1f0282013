"""The portal's start page, and the list of apps for programs."""

import asyncio

from app_workers.management import labels
from app_workers.management.domain.access import Rights
from app_workers.management.domain.greeting import greeting
from app_workers.management.models.apps import AppSummary
from app_workers.management.store.tickets import own_unfinished, tickets_waiting_for
from ganger.context import Context, items
from ganger.http import Response
from ganger.platform import WorkerInfo
from ganger.routing import Handler

_SHOWN = 5


async def get_launcher(ctx: Context) -> Response:
    """Greet the person and show what waits for them, their open requests and all apps."""
    rights = Rights.of(ctx.user)
    own, waiting = await asyncio.gather(
        own_unfinished(ctx.db, ctx.scope, rights, _SHOWN),
        tickets_waiting_for(ctx.db, ctx.scope, rights, _SHOWN),
    )
    return ctx.page(
        "launcher.html",
        page_title="Apps",
        greeting=greeting(ctx.now),
        labels=labels,
        own=own,
        waiting=waiting,
    )


def get_apps(apps: tuple[WorkerInfo, ...]) -> Handler:
    """The handler that lists these apps."""
    summaries = [AppSummary.of(app) for app in apps]

    async def answer(ctx: Context) -> Response:
        """List all apps on one page; their number is the registry's."""
        return ctx.json(items(summaries, page=1, limit=len(summaries), total=len(summaries)))

    return answer
