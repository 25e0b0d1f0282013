"""The portal's start page: what waits, and the apps as each person has arranged them."""

import asyncio
from dataclasses import dataclass

from app_workers.management import labels
from app_workers.management.domain.access import Rights
from app_workers.management.domain.greeting import greeting
from app_workers.management.domain.launcher import RECENT, Tile, chosen, pins_problem, tiles, with_pin
from app_workers.management.errors import AppInMaintenance
from app_workers.management.models.answers import Launched
from app_workers.management.models.apps import AppState, AppSummary, Pin, PinnedApps
from app_workers.management.store import apps as store
from app_workers.management.store.tickets import own_unfinished, tickets_waiting_for
from ganger.context import Context, Listed, items
from ganger.errors import NotFound
from ganger.http import Json, Response
from ganger.not_in_service import AppNotInService
from ganger.platform import WorkerInfo

_SHOWN = 5
# A form that pins stands on one of these pages, and leads back to it.
_PROFILE = "profile"


@dataclass(frozen=True, slots=True)
class Arranged:
    """What a person is shown: all apps, those pinned in their order, and those launched last."""

    all: list[Tile]
    pinned: list[Tile]
    recent: list[Tile]


@dataclass(frozen=True, slots=True)
class Launcher:
    """The handlers of the launcher of these apps."""

    apps: tuple[WorkerInfo, ...]

    async def get_page(self, ctx: Context) -> Response:
        """Greet the person and show what waits for them, their open requests and their apps."""
        rights = Rights.of(ctx.user)
        own, waiting, arranged = await asyncio.gather(
            own_unfinished(ctx.db, ctx.scope, rights, _SHOWN),
            tickets_waiting_for(ctx.db, ctx.scope, rights, _SHOWN),
            self.arranged(ctx),
        )
        return ctx.page(
            "launcher.html",
            page_title="Home",
            greeting=greeting(ctx.now),
            labels=labels,
            own=own,
            waiting=waiting,
            arranged=arranged,
        )

    async def get_apps(self, ctx: Context) -> Json[Listed[AppSummary]]:
        """List the apps that the person is shown, on one page."""
        arranged = await self.arranged(ctx)
        pinned, recent = _places(arranged.pinned), _places(arranged.recent)
        summaries = [_summary(tile, pinned, recent) for tile in arranged.all]
        return ctx.json(items(summaries, page=1, limit=len(summaries), total=len(summaries)))

    async def post_launch(self, ctx: Context) -> Json[Launched]:
        """Count that the person opens an app, and return where it is."""
        tile = _asked(ctx, await self.shown(ctx))
        if tile.state is AppState.DISABLED:
            raise NotFound("There is no such app.")
        if not tile.app.in_service:
            raise AppNotInService(f"{tile.app.title} is not in service yet.")
        if not tile.can_open:
            raise AppInMaintenance(f"{tile.app.title} is being worked on. Try again later.")
        await store.note_launch(ctx.db, ctx.actor, tile.app.id)
        return ctx.json({"url": tile.app.mount})

    async def put_pins(self, ctx: Context) -> Json[PinnedApps]:
        """Pin these apps in this order, and no others."""
        asked = await ctx.parse(PinnedApps)
        problem = pins_problem(await self.shown(ctx), asked.app_keys)
        if problem is not None:
            raise problem
        await store.replace_pins(ctx.db, ctx.user.id, asked.app_keys)
        return ctx.json(asked)

    async def post_pin(self, ctx: Context) -> Response:
        """Pin an app by its button, or put a pinned one in another place."""
        form = Pin.checked(await ctx.request.form())
        shown, before = await asyncio.gather(self.shown(ctx), store.pins_of(ctx.db, ctx.user.id))
        kept = [tile.app.id for tile in chosen(shown, before)]
        pins = with_pin(kept, _asked(ctx, shown).app.id, form.position)
        problem = pins_problem(shown, pins)
        if problem is not None:
            return ctx.redirect(_page(form), str(problem), tone="warning")
        await store.change_pins(ctx.db, ctx.user.id, before, pins)
        return ctx.redirect(_page(form))

    async def post_unpin(self, ctx: Context) -> Response:
        """Take an app off the pinned ones."""
        form = Pin.checked(await ctx.request.form())
        before = await store.pins_of(ctx.db, ctx.user.id)
        pins = [key for key in before if key != ctx.params["app_key"]]
        await store.change_pins(ctx.db, ctx.user.id, before, pins)
        return ctx.redirect(_page(form))

    async def arranged(self, ctx: Context) -> Arranged:
        """The person's apps; what they are no longer shown leaves their pins."""
        shown, pins, launches = await asyncio.gather(
            self.shown(ctx),
            store.pins_of(ctx.db, ctx.user.id),
            store.launches_of(ctx.db, ctx.user.id),
        )
        return Arranged(shown, chosen(shown, pins), chosen(shown, launches)[:RECENT])

    async def shown(self, ctx: Context) -> list[Tile]:
        """The tiles that the person is shown; the portal, whose page this is, has none."""
        others = (app for app in self.apps if app.id != ctx.worker.id)
        return tiles(ctx.user, others, await store.app_states(ctx.db))


def _asked(ctx: Context, shown: list[Tile]) -> Tile:
    """The tile of the app that the address names."""
    found = chosen(shown, [ctx.params["app_key"]])
    if not found:
        raise NotFound("There is no such app.")
    return found[0]


def _places(shown: list[Tile]) -> dict[str, int]:
    return {tile.app.id: place for place, tile in enumerate(shown, start=1)}


def _summary(tile: Tile, pinned: dict[str, int], recent: dict[str, int]) -> AppSummary:
    app = tile.app
    return AppSummary(
        id=app.id,
        title=app.title,
        mount=app.mount or "/",
        in_service=app.in_service,
        category=app.category or "",
        state=tile.state,
        pinned=pinned.get(app.id),
        recent=recent.get(app.id),
    )


def _page(form: Pin) -> str:
    return "/profile#pins" if form.page == _PROFILE else "/"
