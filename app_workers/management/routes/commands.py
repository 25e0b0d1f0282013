"""What the command menu of every page offers the person."""

from dataclasses import replace

from app_workers.management import labels
from app_workers.management.domain.access import Rights
from app_workers.management.models.commands import Command
from app_workers.management.routes.launcher import Launcher
from ganger.context import Context, Listed, items
from ganger.http import Json
from ganger.identity import Person
from ganger.routing import Handler

# The menu asks once a page; a browser may keep the answer for the next pages, for the same cookies alone.
_KEPT = {"cache-control": "private, max-age=300", "vary": "cookie"}
_HOME = Command(label="Staff Management Portal", note="App", href="/")
_PAGES = (
    Command(label="Directory", note="Page", href="/directory"),
    Command(label="My profile", note="Page", href="/profile"),
    Command(label="My requests", note="Page", href="/requests"),
    Command(label="New request", note="Page", href="/requests/new"),
    Command(label="Queue", note="Page", href="/queue"),
    Command(label="Approvals", note="Page", href="/approvals"),
    Command(label="Calendar", note="Page", href="/calendar"),
    *(
        Command(label=label, note="New request", href=f"/requests/new/{form}")
        for form, label in labels.FORMS.items()
    ),
    Command(label="Sessions and second factor", note="Account", href="/auth/sessions"),
)
_REPORTS = Command(label="Reports", note="Page", href="/reports")
_SIGN_OUT = Command(label="Sign out", note="Account", href="/auth/sign-out", fields={})


def get_commands(launcher: Launcher) -> Handler:
    """The handler that offers what the launcher does."""

    async def answer(ctx: Context) -> Json[Listed[Command]]:
        """List the apps that the person can open, the portal's pages, the forms, and what they can do."""
        opened = [
            Command(label=tile.app.title, note="App", href=tile.app.mount or "/")
            for tile in await launcher.shown(ctx)
            if tile.can_open
        ]
        offered = [_HOME, *opened, *_pages(ctx.user), *_places(ctx.user), _SIGN_OUT]
        response = ctx.json(items(offered, page=1, limit=len(offered), total=len(offered)))
        return replace(response, headers=response.headers | _KEPT)

    return answer


def _pages(person: Person) -> list[Command]:
    """The portal's pages; reports are of use to those who see more than their own requests."""
    rights = Rights.of(person)
    return [*_PAGES, _REPORTS] if rights.is_manager or rights.is_hr or rights.is_finance else [*_PAGES]


def _places(person: Person) -> list[Command]:
    """The locations that the person can choose besides the one where they are."""
    return [
        Command(label=place.name, note="Work at", href="/location", fields={"location_id": place.id})
        for place in person.locations
        if place != person.location
    ]
