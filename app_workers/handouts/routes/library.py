"""The library: its list, a version with its preview, and the steps that take it further."""

from collections.abc import Mapping
from http import HTTPStatus

from markupsafe import Markup

from app_workers.handouts import labels
from app_workers.handouts.domain.evaluation import evaluate
from app_workers.handouts.domain.sample import sample_answers, sample_variables
from app_workers.handouts.models.templates import (
    Template,
    TemplateAction,
    TemplateDraft,
    TemplateQuery,
    TemplateStatus,
    TemplateStep,
)
from app_workers.handouts.permissions import MANAGE_TEMPLATES, VIEW
from app_workers.handouts.routes.api import listed
from app_workers.handouts.routes.rights import RIGHTS, actions, decider, may_edit
from app_workers.handouts.store.template_steps import take_action
from app_workers.handouts.store.template_writes import add_version
from app_workers.handouts.store.templates import find_template, versions_of
from ganger.context import Context
from ganger.document_html import blocks_html
from ganger.errors import AppError, ValidationFailed
from ganger.http import Response
from ganger.permissions import is_allowed
from ganger.routing import Handler, Route

_BELOW_TITLE = 3  # a preview stands in a card, whose title is of level 2


async def get_library_page(ctx: Context) -> Response:
    """Show the versions that a query finds."""
    asked = ctx.query(TemplateQuery)
    found, total = await listed(ctx, asked)
    return ctx.page(
        "library.html",
        page_title="Templates",
        labels=labels,
        asked=asked,
        found=found,
        total=total,
        places={place.id: place.name for place in ctx.scope.locations},
        may_manage=is_allowed(ctx.user, MANAGE_TEMPLATES),
        url=f"{ctx.url('/templates')}?{ctx.request.query_string}",
    )


async def get_template_page(ctx: Context) -> Response:
    """Show a version as it would be printed, and what can be done with it."""
    return await template_page(ctx, {})


async def template_page(ctx: Context, typed: Mapping[str, str], refusal: AppError | None = None) -> Response:
    """The page of a version, with what was typed and why it was refused."""
    template = await find_template(ctx.db, ctx.params["template_id"])
    versions = await versions_of(ctx.db, template.family_id)
    return ctx.page(
        "template.html",
        refusal.status if refusal else HTTPStatus.OK,
        page_title=template.name,
        labels=labels,
        handout=template,
        versions=versions,
        is_newest=versions[0].id == template.id,
        preview=preview(ctx, template),
        actions=actions(ctx, template),
        may_edit=may_edit(ctx, template),
        may_renew=template.status is TemplateStatus.APPROVED and is_allowed(ctx.user, MANAGE_TEMPLATES),
        places={place.id: place.name for place in ctx.scope.locations},
        is_archiving=ctx.request.query.get("archive") == "true",
        typed=typed,
        errors=sentences(refusal),
        refusal=refusal,
    )


def preview(ctx: Context, draft: TemplateDraft | Template) -> Markup:
    """A text as it would be printed for a patient that never was, with an answer in every blank."""
    answers = sample_answers(draft.content, draft.rules, ctx.today)
    found = evaluate(draft.content, draft.rules, answers, sample_variables(ctx.today))
    return Markup(blocks_html(found.blocks, _BELOW_TITLE))  # noqa: S704 - everything in it was escaped


def sentences(refusal: AppError | None) -> Mapping[str, str]:
    """A sentence for each field that the refusal is about."""
    match refusal.details if refusal else {}:
        case {"fields": dict() as fields}:
            return {name: f"{labels.FIELDS.get(name, name)} {text}" for name, text in fields.items()}
        case {"field": str() as name}:
            return {name: str(refusal)}
    return {}


async def post_new_version_form(ctx: Context) -> Response:
    """Make the next version of the page's, or lead to the one that is not decided yet."""
    form = await ctx.form(TemplateStep)
    if form.record is None:
        return await template_page(ctx, form.values, ValidationFailed(form.errors))
    done = await add_version(ctx.db, ctx.actor, ctx.params["template_id"], form.record.lock_version)
    if isinstance(done, AppError):
        return await template_page(ctx, form.values, done)
    return ctx.redirect(f"/templates/{done.id}/edit", f"Version {done.version} is a draft.")


def _of(action: TemplateAction) -> Handler:
    async def post_step_form(ctx: Context) -> Response:
        form = await ctx.form(TemplateStep)
        if form.record is None:
            return await template_page(ctx, form.values, ValidationFailed(form.errors))
        template_id = ctx.params["template_id"]
        done = await take_action(ctx.db, ctx.actor, template_id, action, form.record, decider(ctx))
        if isinstance(done, AppError):
            return await template_page(ctx, form.values, done)
        return ctx.redirect(f"/templates/{done.id}", labels.DONE[action])

    return post_step_form


_ONE = "/templates/{template_id}"
ROUTES = (
    Route("GET", "/templates", get_library_page, VIEW),
    Route("GET", _ONE, get_template_page, VIEW),
    Route("POST", f"{_ONE}/new-version", post_new_version_form, MANAGE_TEMPLATES),
    *(Route("POST", f"{_ONE}/{action.value}", _of(action), right) for action, right in RIGHTS.items()),
)
