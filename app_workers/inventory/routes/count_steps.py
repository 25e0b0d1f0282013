"""What takes a count further: submitting, deciding, posting and cancelling it, and the page for review."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from http import HTTPStatus

from app_workers.inventory import labels
from app_workers.inventory.domain.counting import (
    cancel_problem,
    decision_problem,
    judged,
    shows_expected,
    status_after,
    submit_problem,
    value_cents,
)
from app_workers.inventory.live import tell_count
from app_workers.inventory.models.counts import (
    CountEntry,
    CountSession,
    CountStatus,
    CountStep,
    Decisions,
    EntryStatus,
    Submission,
)
from app_workers.inventory.permissions import COUNT, REVIEW_COUNTS
from app_workers.inventory.routes.after import after_many
from app_workers.inventory.routes.count_scans import count_page
from app_workers.inventory.routes.counts import place_names, read_count
from app_workers.inventory.routes.forms import field_errors
from app_workers.inventory.store.count_posting import post_count
from app_workers.inventory.store.count_steps import deciding, judging, outdated, take_step
from app_workers.inventory.store.counts import entries_of, find_count
from app_workers.inventory.store.settings import settings_at
from ganger.clock import iso_utc
from ganger.context import Context
from ganger.db import Statement, Value
from ganger.errors import AppError, ValidationFailed
from ganger.forms import R
from ganger.http import Json, Response
from ganger.permissions import Role, is_allowed
from ganger.routing import Route

Step = CountSession | AppError


async def get_review_page(ctx: Context) -> Response:
    """Show the differences of a session and what is to be decided."""
    return await _review_page(ctx, {})


async def post_submit(ctx: Context) -> Response:
    """Submit the session of the page."""
    done = await _of_form(ctx, Submission, _submit)
    if isinstance(done, AppError):
        return await count_page(ctx, {}, done)
    to_review = shows_expected(done, may_review=is_allowed(ctx.person, REVIEW_COUNTS))
    return ctx.redirect(f"/counts/{done.id}{'/review' if to_review else ''}", "Submitted for review.")


async def post_cancel(ctx: Context) -> Response:
    """Cancel the session of the page."""
    done = await _of_form(ctx, CountStep, _cancel)
    if isinstance(done, AppError):
        return await count_page(ctx, {}, done)
    return ctx.redirect("/counts", "Cancelled; no stock was changed.", "info")


async def post_decide(ctx: Context) -> Response:
    """Keep the decisions of the review page; an entry that is left open stays so."""
    typed = await ctx.request.form()
    decisions = [
        {"entry_id": name.removeprefix("decision."), "decision": value, "note": _note(typed, name)}
        for name, value in typed.items()
        if name.startswith("decision.") and value
    ]
    if not decisions:
        return await _review_page(ctx, typed, ValidationFailed({"decisions": "are still to be taken"}))
    try:
        asked = Decisions.checked({"version": typed.get("version"), "decisions": decisions})
    except ValidationFailed as error:
        return await _review_page(ctx, typed, error)
    done = await _decide(ctx, asked)
    if isinstance(done, AppError):
        return await _review_page(ctx, typed, done)
    if done.status is CountStatus.IN_PROGRESS:
        return ctx.redirect(f"/counts/{done.id}", "Saved. Some entries are to be counted again.", "info")
    return ctx.redirect(f"/counts/{done.id}/review", "Saved.")


async def post_post(ctx: Context) -> Response:
    """Post the session of the page."""
    done = await _of_form(ctx, CountStep, _post)
    if isinstance(done, AppError):
        return await _review_page(ctx, {}, done)
    return ctx.redirect(f"/counts/{done.id}/review", "Posted: stock is as it was counted.")


async def post_submission(ctx: Context) -> Json[CountSession]:
    """Submit a session."""
    return _told(ctx, await _submit(ctx, await ctx.parse(Submission)))


async def post_decisions(ctx: Context) -> Json[CountSession]:
    """Decide entries of a session."""
    return _told(ctx, await _decide(ctx, await ctx.parse(Decisions)))


async def post_posting(ctx: Context) -> Json[CountSession]:
    """Post a session."""
    return _told(ctx, await _post(ctx, await ctx.parse(CountStep)))


async def post_cancellation(ctx: Context) -> Json[CountSession]:
    """Cancel a session."""
    return _told(ctx, await _cancel(ctx, await ctx.parse(CountStep)))


async def _submit(ctx: Context, asked: Submission) -> Step:
    session, entries = await _found(ctx)
    problem = submit_problem(
        session,
        entries,
        allow_missing=asked.allow_missing,
        may_review=is_allowed(ctx.person, REVIEW_COUNTS),
    )
    if problem is not None:
        return problem
    place = ctx.scope.at(session.location_id)
    statuses = judged(entries, await settings_at(ctx.db, place))
    columns: dict[str, Value] = {"submitted_by": ctx.user.id, "submitted_at": iso_utc(ctx.now)}
    more = [judging(place, ctx.actor, session, statuses)]
    told = {"skipped": sum(status is EntryStatus.SKIPPED for status in statuses.values())}
    return await _take(ctx, session, asked, CountStatus.SUBMITTED, columns, more, told)


async def _decide(ctx: Context, asked: Decisions) -> Step:
    session, entries = await _found(ctx)
    decisions = asked.decisions
    is_superadmin = ctx.user.role == Role.SUPERADMIN
    problem = decision_problem(session, entries, decisions, ctx.user.id, may_approve_own=is_superadmin)
    if problem is not None:
        return problem
    told = {each.entry_id: each.decision.value for each in decisions}
    more = [deciding(ctx.scope.at(session.location_id), ctx.actor, session, decisions)]
    return await _take(ctx, session, asked, status_after(decisions), {}, more, {"decisions": told})


async def _cancel(ctx: Context, asked: CountStep) -> Step:
    session, _ = await _found(ctx)
    may_review = is_allowed(ctx.person, REVIEW_COUNTS)
    problem = cancel_problem(session, ctx.user.id, may_review=may_review)
    return problem or await _take(ctx, session, asked, CountStatus.CANCELLED, {})


async def _post(ctx: Context, asked: CountStep) -> Step:
    session = await find_count(ctx.db, ctx.scope, ctx.params["count_id"])
    place = ctx.scope.at(session.location_id)
    outcome = await post_count(ctx.db, place, ctx.actor, session.id, asked.version)
    if isinstance(outcome, AppError):
        return outcome
    posted, booked = outcome
    tell_count(ctx, posted, [])
    await after_many(ctx, place, sorted({entry.item_id for entry in booked}))
    return posted


async def _take(
    ctx: Context,
    session: CountSession,
    asked: CountStep,
    status: CountStatus,
    columns: dict[str, Value],
    more: Sequence[Statement] = (),
    told: Mapping[str, object] | None = None,
) -> Step:
    """Take a session further that stands as the person saw it, and tell its viewers."""
    if asked.version != session.version:
        return outdated(session)
    place = ctx.scope.at(session.location_id)
    done = await take_step(ctx.db, place, ctx.actor, session, status, columns, more, told)
    if isinstance(done, CountSession):
        tell_count(ctx, done, [])
    return done


async def _found(ctx: Context) -> tuple[CountSession, list[CountEntry]]:
    # In this order: entries that change between the two reads make the version outdated, never the entries.
    session = await find_count(ctx.db, ctx.scope, ctx.params["count_id"])
    return session, await entries_of(ctx.db, ctx.scope, session.id)


async def _of_form(ctx: Context, model: type[R], step: Callable[[Context, R], Awaitable[Step]]) -> Step:
    """Carry out a step with what its form says."""
    form = await ctx.form(model)
    return ValidationFailed(form.errors) if form.record is None else await step(ctx, form.record)


def _note(typed: dict[str, str], name: str) -> str | None:
    return typed.get(name.replace("decision.", "note.", 1), "").strip() or None


async def _review_page(ctx: Context, typed: Mapping[str, str], refusal: AppError | None = None) -> Response:
    """The page for review with what was typed and why it was refused."""
    session, entries = await read_count(ctx)
    is_hidden = not shows_expected(session, may_review=True)
    open_entries = [entry for entry in entries if entry.status is EntryStatus.NEEDS_APPROVAL]
    own = (
        set()
        if ctx.user.role == Role.SUPERADMIN
        else {entry.id for entry in open_entries if ctx.user.id in entry.counters}
    )
    return ctx.page(
        "count_review.html",
        refusal.status if refusal else HTTPStatus.OK,
        page_title=f"Review {session.name}",
        labels=labels,
        session=session,
        is_hidden=is_hidden,
        to_decide=open_entries,
        own=own,
        others=[entry for entry in entries if entry.status is not EntryStatus.NEEDS_APPROVAL],
        differing=sum(bool(entry.variance) for entry in entries),
        value_cents=value_cents(entries),
        may_post=session.status is CountStatus.SUBMITTED and not open_entries,
        place_names=place_names(ctx),
        typed=typed,
        errors=field_errors(refusal),
        refusal=refusal,
    )


def _told(ctx: Context, done: Step) -> Json[CountSession]:
    if isinstance(done, AppError):
        raise done
    return ctx.json(done)


ROUTES = (
    Route("POST", "/counts/{count_id}/submit", post_submit, COUNT),
    Route("POST", "/counts/{count_id}/cancel", post_cancel, COUNT),
    Route("GET", "/counts/{count_id}/review", get_review_page, REVIEW_COUNTS),
    Route("POST", "/counts/{count_id}/decide", post_decide, REVIEW_COUNTS),
    Route("POST", "/counts/{count_id}/post", post_post, REVIEW_COUNTS),
    Route("POST", "/api/v1/counts/{count_id}/submit", post_submission, COUNT),
    Route("POST", "/api/v1/counts/{count_id}/decide", post_decisions, REVIEW_COUNTS),
    Route("POST", "/api/v1/counts/{count_id}/post", post_posting, REVIEW_COUNTS),
    Route("POST", "/api/v1/counts/{count_id}/cancel", post_cancellation, COUNT),
)
