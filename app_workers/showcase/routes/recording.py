"""Recording a review: by the form, and by a program."""

from collections.abc import Mapping
from http import HTTPStatus
from uuid import uuid4

from app_workers.showcase import labels
from app_workers.showcase.domain.catalogue import MANIFESTS, Manifest
from app_workers.showcase.domain.reviews import result_of, review_problem
from app_workers.showcase.errors import UnknownComponent
from app_workers.showcase.models import NewReview, Review, View
from app_workers.showcase.routes.viewing import manifest_of, view_page
from app_workers.showcase.store import record_review
from ganger.context import Context
from ganger.errors import AppError, BadRequest, ValidationFailed
from ganger.http import Json, Response

_MAX_REFERENCE = 100
_LABELS = labels.CHECKS | {"notes": "Notes", "checks": "Checks"}


async def get_review_page(ctx: Context) -> Response:
    """Show an empty form."""
    return _form_page(ctx, manifest_of(ctx), ctx.query(View), {}, None)


async def post_review_form(ctx: Context) -> Response:
    """Record the review of the form; if it cannot be, show it again as it was typed."""
    manifest = manifest_of(ctx)
    typed = await ctx.request.form()
    checks = {name: typed[name] for name in labels.CHECKS if typed.get(name)}
    body: dict[str, object] = {
        "component": manifest.slug,
        "version": typed.get("version", ""),
        "checks": checks,
        "notes": typed.get("notes", "").strip() or None,
    }
    try:
        outcome = await _record(ctx, NewReview.checked(body), typed.get("client_ref"))
    except ValidationFailed as error:
        outcome = error
    if isinstance(outcome, AppError):
        return _form_page(ctx, manifest, View(), typed, outcome)
    return ctx.redirect(f"/c/{manifest.slug}", f"The review of {manifest.title} was recorded.")


async def post_review(ctx: Context) -> Json[Review]:
    """Record a review; the same Idempotency-Key again changes nothing."""
    asked = await ctx.parse(NewReview)
    outcome = await _record(ctx, asked, ctx.request.headers.get("idempotency-key"))
    if isinstance(outcome, AppError):
        raise outcome
    return ctx.json(outcome, HTTPStatus.CREATED)


async def _record(ctx: Context, asked: NewReview, reference: str | None) -> Review | AppError:
    """Record the review once, if the rules allow it; the refusal is a value, for a form shows it in place."""
    manifest = MANIFESTS.get(asked.component)
    if manifest is None:
        return UnknownComponent("There is no such component.")
    if reference is not None and not 1 <= len(reference) <= _MAX_REFERENCE:
        return BadRequest(f"An Idempotency-Key has at most {_MAX_REFERENCE} characters.")
    result = result_of(asked.checks)
    problem = review_problem(asked, result, manifest.version)
    return problem or await record_review(ctx.db, ctx.actor, asked, result, reference)


def _form_page(
    ctx: Context, manifest: Manifest, view: View, typed: Mapping[str, str], refusal: AppError | None
) -> Response:
    """The form with what was typed and why it was refused; its version and reference are always fresh."""
    return view_page(
        ctx,
        "review.html",
        view,
        refusal.status if refusal else HTTPStatus.OK,
        page_title=f"Review {manifest.title}",
        labels=labels,
        manifest=manifest,
        typed=typed,
        errors=_field_errors(refusal),
        refusal=refusal,
        client_ref=str(uuid4()),
    )


def _field_errors(refusal: AppError | None) -> Mapping[str, str]:
    """A sentence for each control that the refusal is about."""
    match refusal.details if refusal else {}:
        case {"fields": dict() as fields}:
            named = {name.removeprefix("checks."): text for name, text in fields.items()}
            return {name: f"{_LABELS[name]} {text}" for name, text in named.items() if name in _LABELS}
        case {"field": str() as name}:
            return {name: str(refusal)}
    return {}
