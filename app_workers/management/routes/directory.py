"""The directory of everybody who works here, and one of them."""

import asyncio
from http import HTTPStatus

from app_workers.management import labels
from app_workers.management.domain.people import as_shown, editable_fields, may_read_contact, tenure
from app_workers.management.models.people import Department, DirectoryQuery, Profile
from app_workers.management.models.tickets import Colleague
from app_workers.management.store.people import directory, find_profile, places, reports_of
from app_workers.management.store.settings import are_phones_shown
from ganger.context import Context, Listed, items
from ganger.http import Json, Response


async def get_directory_page(ctx: Context) -> Response:
    """Show who works here, by name."""
    asked = ctx.query(DirectoryQuery)
    (people, total), locations = await asyncio.gather(_listed(ctx, asked), places(ctx.db))
    listed = [{"value": place.id, "label": place.name} for place in locations]
    return ctx.page(
        "directory.html",
        page_title="Directory",
        labels=labels,
        asked=asked,
        people=people,
        total=total,
        departments=[{"value": "", "label": "All departments"}, *labels.options(Department)],
        locations=[{"value": "", "label": "All locations"}, *listed],
        url=f"{ctx.url('/directory')}?{ctx.request.query_string}",
    )


async def get_directory(ctx: Context) -> Json[Listed[Profile]]:
    """List who works here, by name."""
    asked = ctx.query(DirectoryQuery)
    people, total = await _listed(ctx, asked)
    return ctx.json(items(people, asked.page, asked.limit, total))


async def get_person_page(ctx: Context) -> Response:
    """Show somebody's profile."""
    profile, reports = await found(ctx, ctx.params["user_id"])
    return ctx.page("person.html", HTTPStatus.OK, page_title=profile.name, **shown(ctx, profile, reports))


async def found(ctx: Context, user_id: str) -> tuple[Profile, list[Colleague]]:
    """Somebody's profile as the person sees it, and who reports to them."""
    profile, reports, are_shown = await asyncio.gather(
        find_profile(ctx.db, ctx.scope, ctx.today, user_id),
        reports_of(ctx.db, user_id),
        are_phones_shown(ctx.db, ctx.scope),
    )
    return as_shown(profile, ctx.user, are_phones_shown=are_shown), reports


def shown(ctx: Context, profile: Profile, reports: list[Colleague]) -> dict[str, object]:
    """What the pages of a profile show of it."""
    return {
        "labels": labels,
        "profile": profile,
        "reports": reports,
        "tenure": tenure_of(ctx, profile),
        "can_edit": bool(editable_fields(ctx.user, profile)),
        "can_read_contact": may_read_contact(ctx.user, profile),
    }


async def _listed(ctx: Context, asked: DirectoryQuery) -> tuple[list[Profile], int]:
    (people, total), are_shown = await asyncio.gather(
        directory(ctx.db, ctx.scope, ctx.today, asked), are_phones_shown(ctx.db, ctx.scope)
    )
    return [as_shown(profile, ctx.user, are_phones_shown=are_shown) for profile in people], total


def tenure_of(ctx: Context, profile: Profile) -> str | None:
    """How long somebody has worked here, where that is known."""
    return tenure(profile.hire_date, ctx.today) if profile.hire_date else None
