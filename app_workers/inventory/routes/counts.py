"""Count sessions: their list, starting one, and one as its counters see it."""

from http import HTTPStatus
from uuid import uuid4

from app_workers.inventory import labels
from app_workers.inventory.domain.counting import blind, plan_problem, shows_expected
from app_workers.inventory.models.answers import WholeCount
from app_workers.inventory.models.catalogue import Category
from app_workers.inventory.models.counts import (
    CountEntry,
    CountQuery,
    CountSession,
    EntryStatus,
    NewCount,
)
from app_workers.inventory.permissions import COUNT, REVIEW_COUNTS, VIEW
from app_workers.inventory.routes.forms import field_errors
from app_workers.inventory.routes.places import chosen_place
from app_workers.inventory.store.count_steps import start_count
from app_workers.inventory.store.counts import counts_in, entries_of, find_count
from ganger.context import Context, Listed, items
from ganger.errors import AppError, ValidationFailed
from ganger.forms import Form
from ganger.http import Json, Response
from ganger.permissions import is_allowed
from ganger.routing import Route


async def get_counts_page(ctx: Context) -> Response:
    """Show the sessions of the person's locations."""
    asked = ctx.query(CountQuery)
    sessions, total = await _listed(ctx, asked)
    return ctx.page(
        "counts.html",
        page_title="Counts",
        labels=labels,
        asked=asked,
        sessions=sessions,
        total=total,
        place_names=place_names(ctx),
        url=f"{ctx.url('/counts')}?{ctx.request.query_string}",
    )


async def get_counts(ctx: Context) -> Json[Listed[CountSession]]:
    """List the sessions of the person's locations."""
    asked = ctx.query(CountQuery)
    sessions, total = await _listed(ctx, asked)
    return ctx.json(items(sessions, asked.page, asked.limit, total))


async def get_new_count_page(ctx: Context) -> Response:
    """Show the form that starts a session."""
    return _form_page(ctx, Form())


async def post_new_count(ctx: Context) -> Response:
    """Start the session of the form, or show the form again as it was typed."""
    form = await _new_count_form(ctx)
    if form.record is None:
        return _form_page(ctx, form, ValidationFailed(form.errors))
    started = await _start(ctx, form.record)
    if isinstance(started, AppError):
        return _form_page(ctx, form, started)
    return ctx.redirect(f"/counts/{started[0].id}")


async def post_count(ctx: Context) -> Json[CountSession]:
    """Start a session; the same client_ref again starts none."""
    started = await _start(ctx, await ctx.parse(NewCount))
    if isinstance(started, AppError):
        raise started
    session, is_earlier = started
    return ctx.json(session, HTTPStatus.OK if is_earlier else HTTPStatus.CREATED)


async def get_count(ctx: Context) -> Json[WholeCount]:
    """Return a session with its entries; what is expected stays hidden as long as it is counted."""
    session, entries = await read_count(ctx)
    return ctx.json({"count": session, "entries": entries})


async def get_sheet_page(ctx: Context) -> Response:
    """Show a session as a sheet of paper to count on."""
    session, entries = await read_count(ctx)
    return ctx.page(
        "count_sheet.html",
        page_title=f"Count sheet: {session.name}",
        labels=labels,
        session=session,
        entries=[entry for entry in entries if entry.status in (EntryStatus.PENDING, EntryStatus.RECOUNT)],
        place_names=place_names(ctx),
    )


async def read_count(ctx: Context) -> tuple[CountSession, list[CountEntry]]:
    """The session of the address and its entries, as this person may see them."""
    session = await find_count(ctx.db, ctx.scope, ctx.params["count_id"])
    entries = await entries_of(ctx.db, ctx.scope, session.id)
    if shows_expected(session, may_review=is_allowed(ctx.person, REVIEW_COUNTS)):
        return session, entries
    return session, [blind(entry) for entry in entries]


def place_names(ctx: Context) -> dict[str, str]:
    """The names of the person's locations, by id."""
    return {location.id: location.name for location in ctx.scope.locations}


async def _listed(ctx: Context, asked: CountQuery) -> tuple[list[CountSession], int]:
    scope = ctx.scope.at(asked.location_id) if asked.location_id else ctx.scope
    return await counts_in(ctx.db, scope, asked)


async def _start(ctx: Context, asked: NewCount) -> tuple[CountSession, bool] | AppError:
    return plan_problem(asked) or await start_count(ctx.db, ctx.scope, ctx.actor, asked)


async def _new_count_form(ctx: Context) -> Form[NewCount]:
    """The posted form; each category is a box of its own."""
    typed = {name: value.strip() for name, value in (await ctx.request.form()).items()}
    chosen = [category.value for category in Category if category.value in typed]
    fields: dict[str, object] = {
        name: value for name, value in typed.items() if value and name not in set(Category)
    }
    try:
        return Form(typed, NewCount.checked(fields | ({"categories": chosen} if chosen else {})))
    except ValidationFailed as error:
        return Form(typed, None, error.fields)


def _form_page(ctx: Context, form: Form[NewCount], refusal: AppError | None = None) -> Response:
    place = chosen_place(ctx, form.values.get("location_id") or ctx.request.query.get("location_id"))
    return ctx.page(
        "count_new.html",
        refusal.status if refusal else HTTPStatus.OK,
        page_title="Start a count",
        labels=labels,
        location=place.locations[0],
        typed=form.values,
        errors=field_errors(refusal),
        refusal=refusal,
        client_ref=str(uuid4()),
    )


ROUTES = (
    Route("GET", "/counts", get_counts_page, VIEW),
    Route("GET", "/counts/new", get_new_count_page, COUNT),
    Route("POST", "/counts/new", post_new_count, COUNT),
    Route("GET", "/counts/{count_id}/sheet", get_sheet_page, COUNT),
    Route("GET", "/api/v1/counts", get_counts, VIEW),
    Route("POST", "/api/v1/counts", post_count, COUNT),
    Route("GET", "/api/v1/counts/{count_id}", get_count, COUNT),
)
