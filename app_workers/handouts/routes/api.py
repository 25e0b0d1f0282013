"""The library for programs."""

from http import HTTPStatus

from app_workers.handouts.domain.checking import INVALID, content_problems
from app_workers.handouts.domain.evaluation import evaluate
from app_workers.handouts.domain.sample import sample_variables
from app_workers.handouts.models.answers import Preview, Validation
from app_workers.handouts.models.content import Answers, ContentProblem
from app_workers.handouts.models.settings import PlaceQuery, Settings
from app_workers.handouts.models.templates import (
    ContentDraft,
    ListedTemplate,
    PreviewRequest,
    Template,
    TemplateAction,
    TemplateDraft,
    TemplateEdit,
    TemplateQuery,
    TemplateStatus,
    TemplateStep,
)
from app_workers.handouts.permissions import MANAGE_TEMPLATES, VIEW
from app_workers.handouts.routes.kept import kept_approved
from app_workers.handouts.routes.rights import RIGHTS, decider
from app_workers.handouts.store.settings import settings_at
from app_workers.handouts.store.template_steps import take_action
from app_workers.handouts.store.template_writes import add_version, create_template, edit_template
from app_workers.handouts.store.templates import find_template, templates
from ganger.context import Context, Listed, items
from ganger.document_html import blocks_html
from ganger.errors import AppError, ValidationFailed
from ganger.http import Json
from ganger.routing import Handler, Route


async def get_templates(ctx: Context) -> Json[Listed[ListedTemplate]]:
    """List the versions that a query finds; what is approved for a location comes from the cache."""
    asked = ctx.query(TemplateQuery)
    found, total = await listed(ctx, asked)
    return ctx.json(items(found, asked.page, asked.limit, total))


async def listed(ctx: Context, asked: TemplateQuery) -> tuple[list[ListedTemplate], int]:
    """One page of what a query finds, and how many there are."""
    if asked.location_id is not None:
        ctx.scope.at(asked.location_id)
    is_kept = asked.location_id is not None and asked.status is TemplateStatus.APPROVED and not asked.search
    if not is_kept:
        return await templates(ctx.db, asked)
    approved = (await kept_approved(ctx, str(asked.location_id))).templates
    found = [each for each in approved if asked.category in (None, each.category)]
    start = (asked.page - 1) * asked.limit
    return found[start : start + asked.limit], len(found)


async def get_template(ctx: Context) -> Json[Template]:
    """Return one version with its text."""
    return ctx.json(await find_template(ctx.db, ctx.params["template_id"]))


async def post_template(ctx: Context) -> Json[Template]:
    """Write a new template."""
    done = await create_template(ctx.db, ctx.actor, await ctx.parse(TemplateDraft))
    return ctx.json(_done(done), HTTPStatus.CREATED)


async def put_template(ctx: Context) -> Json[Template]:
    """Write a version as it is to be."""
    edit = await ctx.parse(TemplateEdit)
    return ctx.json(_done(await edit_template(ctx.db, ctx.actor, ctx.params["template_id"], edit)))


async def post_validation(ctx: Context) -> Json[Validation]:
    """Say everything that is wrong with a text and its rules, and save nothing."""
    try:
        asked = await ctx.parse(ContentDraft)
    except ValidationFailed as error:
        problems = [ContentProblem(INVALID, name, f"{name} {text}") for name, text in error.fields.items()]
    else:
        problems = content_problems(asked.content, asked.rules)
    found: Validation = {"valid": not problems, "problems": problems}
    return ctx.json(found)


async def post_preview(ctx: Context) -> Json[Preview]:
    """Show a version with these answers for a patient that never was."""
    template = await find_template(ctx.db, ctx.params["template_id"])
    answers: Answers = (await ctx.parse(PreviewRequest)).answers
    found = evaluate(template.content, template.rules, answers, sample_variables(ctx.today))
    shown: Preview = {"html": blocks_html(found.blocks), "problems": [*found.problems]}
    return ctx.json(shown)


async def post_new_version(ctx: Context) -> Json[Template]:
    """Write the next version of an approved one, as a draft."""
    asked = await ctx.parse(TemplateStep)
    done = await add_version(ctx.db, ctx.actor, ctx.params["template_id"], asked.lock_version)
    return ctx.json(_done(done), HTTPStatus.CREATED)


async def get_settings(ctx: Context) -> Json[Settings]:
    """Return the values in effect at a location."""
    location_id = ctx.query(PlaceQuery).location_id or ctx.user.location.id
    return ctx.json(await settings_at(ctx.db, ctx.scope.at(location_id)))


def _of(action: TemplateAction) -> Handler:
    async def post_step(ctx: Context) -> Json[Template]:
        """Take a version one step further."""
        asked = await ctx.parse(TemplateStep)
        template_id = ctx.params["template_id"]
        done = await take_action(ctx.db, ctx.actor, template_id, action, asked, decider(ctx))
        return ctx.json(_done(done))

    return post_step


def _done(outcome: Template | AppError) -> Template:
    if isinstance(outcome, AppError):
        raise outcome
    return outcome


_ONE = "/api/v1/templates/{template_id}"
ROUTES = (
    Route("GET", "/api/v1/templates", get_templates, VIEW),
    Route("POST", "/api/v1/templates", post_template, MANAGE_TEMPLATES),
    Route("POST", "/api/v1/templates/validate", post_validation, MANAGE_TEMPLATES),
    Route("GET", _ONE, get_template, VIEW),
    Route("PUT", _ONE, put_template, MANAGE_TEMPLATES),
    Route("POST", f"{_ONE}/preview", post_preview, VIEW),
    Route("POST", f"{_ONE}/new-version", post_new_version, MANAGE_TEMPLATES),
    *(Route("POST", f"{_ONE}/{action.value}", _of(action), right) for action, right in RIGHTS.items()),
    Route("GET", "/api/v1/settings", get_settings, VIEW),
)
