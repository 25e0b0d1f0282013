"""What stands beside a template's text: the form of its facts, and that of its rules."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from app_workers.handouts import labels
from app_workers.handouts.domain.outline import ids_of
from app_workers.handouts.domain.states import edit_problem
from app_workers.handouts.models.content import Content, TextSection
from app_workers.handouts.models.editing import FactsEdit, RulesEdit
from app_workers.handouts.models.templates import (
    MAX_RULES,
    Template,
    TemplateDraft,
    TemplateFacts,
)
from app_workers.handouts.permissions import MANAGE_TEMPLATES
from app_workers.handouts.routes.library import sentences
from app_workers.handouts.store.template_writes import create_template, edit_template
from app_workers.handouts.store.templates import find_template
from ganger.context import Context
from ganger.errors import AppError, ValidationFailed, VersionConflict
from ganger.http import Response
from ganger.routing import Route

_FIRST = Content(
    sections=[TextSection(id="text_1", type="text", content="Write here what the patient should know.")]
)
_BLANK_RULES = 2  # rows to fill without script


async def get_new_page(ctx: Context) -> Response:
    """Show the form of a new template."""
    return _facts_page(ctx, None, {"digital_enabled": True, "language": "en"})


async def post_new(ctx: Context) -> Response:
    """Write a new template with one block, and lead to its outline."""
    typed = await _typed(ctx)
    done: Template | AppError
    try:
        facts = TemplateFacts.checked(_given(typed))
        done = await create_template(
            ctx.db, ctx.actor, _draft(facts, TemplateDraft.model_construct(content=_FIRST, rules=[]))
        )
    except ValidationFailed as error:
        done = error
    if isinstance(done, AppError):
        return _facts_page(ctx, None, typed, done)
    return ctx.redirect(f"/templates/{done.id}/edit", f"{done.name} is a draft.")


async def get_facts_page(ctx: Context) -> Response:
    """Show the form of what is known of a template besides its text."""
    template = await _editable(ctx)
    return _facts_page(ctx, template, template.plain() | {"tags": ", ".join(template.tags)})


async def post_facts(ctx: Context) -> Response:
    """Write what is known of a template besides its text."""
    template, typed = await _editable(ctx), await _typed(ctx)
    try:
        edit = FactsEdit.checked(_given(typed))
        draft = _draft(edit, template.draft)
        done = await edit_template(ctx.db, ctx.actor, template.id, draft.as_edit(edit.lock_version))
    except ValidationFailed as error:
        done = error
    if isinstance(done, AppError):
        return _facts_page(ctx, await _editable(ctx), typed, done)
    return ctx.redirect(f"/templates/{template.id}/edit", "Saved.")


async def get_rules_page(ctx: Context) -> Response:
    """Show the rules of a template, and some rows for more."""
    template = await _editable(ctx)
    rows = [rule.plain() | {"target": ", ".join(rule.target)} for rule in template.rules]
    return _rules_page(ctx, template, rows, {"lock_version": str(template.lock_version)})


async def post_rules(ctx: Context) -> Response:
    """Write the rules of a template; a row without a field and targets is left out."""
    template = await _editable(ctx)
    typed = await ctx.request.form()
    rows = _rows(typed)
    given = [{**row, "target": _words(row["target"])} for row in rows]
    try:
        edit = RulesEdit.checked({"rules": given, "lock_version": typed.get("lock_version")})
        draft = template.draft.model_copy(update={"rules": edit.rules})
        done = await edit_template(ctx.db, ctx.actor, template.id, draft.as_edit(edit.lock_version))
    except ValidationFailed as error:
        done = error
    if isinstance(done, AppError):
        return _rules_page(ctx, await _editable(ctx), rows, typed, done)
    return ctx.redirect(f"/templates/{template.id}/edit", "The rules are saved.")


async def _editable(ctx: Context) -> Template:
    template = await find_template(ctx.db, ctx.params["template_id"])
    problem = edit_problem(template)
    if problem is not None:
        raise problem
    return template


def _draft(facts: TemplateFacts, text: TemplateDraft) -> TemplateDraft:
    """The facts of one and the text of the other, both checked already."""
    values = {name: getattr(facts, name) for name in TemplateFacts.model_fields}
    return TemplateDraft.model_construct(**values, content=text.content, rules=text.rules)


async def _typed(ctx: Context) -> dict[str, Any]:
    """The form's texts; locations are a list, and boxes are whether they are ticked."""
    pairs = await ctx.request.form_pairs()
    typed: dict[str, Any] = {name: value.strip() for name, value in pairs}
    boxes = {name: name in typed for name in ("digital_enabled", "clinical_review")}
    return typed | boxes | {"location_ids": [value for name, value in pairs if name == "location_ids"]}


def _given(typed: Mapping[str, Any]) -> dict[str, Any]:
    given = {name: value for name, value in typed.items() if value != ""}
    return given | {"tags": _words(str(typed.get("tags", "")))}


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def _rows(typed: Mapping[str, str]) -> list[dict[str, str]]:
    rows = []
    for number in range(MAX_RULES + _BLANK_RULES):
        row = {
            name: typed.get(f"rules.{number}.{name}", "").strip()
            for name in ("type", "field", "operator", "value", "target")
        }
        if row["field"] or row["target"]:
            rows.append(row)
    return rows


def _facts_page(
    ctx: Context, template: Template | None, typed: Mapping[str, Any], refusal: AppError | None = None
) -> Response:
    return ctx.page(
        "facts_form.html",
        refusal.status if refusal else HTTPStatus.OK,
        page_title=f"About {template.name}" if template else "New template",
        labels=labels,
        handout=template,
        typed=typed,
        lock_version=_lock(template, typed, refusal),
        places={place.id: place.name for place in ctx.scope.locations},
        errors=sentences(refusal),
        refusal=refusal,
    )


def _rules_page(
    ctx: Context,
    template: Template,
    rows: Sequence[Mapping[str, Any]],
    typed: Mapping[str, str],
    refusal: AppError | None = None,
) -> Response:
    listed = refusal.details.get("problems") if refusal else None
    return ctx.page(
        "rules_form.html",
        refusal.status if refusal else HTTPStatus.OK,
        page_title="Rules",
        labels=labels,
        handout=template,
        rows=[*rows, *({} for _ in range(_BLANK_RULES))],
        ids=sorted(ids_of(template.content)),
        lock_version=_lock(template, typed, refusal),
        problems=[each["message"] for each in listed] if isinstance(listed, list) else [],
        errors=refusal.fields if isinstance(refusal, ValidationFailed) else {},
        refusal=refusal,
    )


def _lock(template: Template | None, typed: Mapping[str, Any], refusal: AppError | None) -> object:
    """Which version the form is of: as read, until the person was told that there is a newer one."""
    if template is None:
        return None
    read = None if isinstance(refusal, VersionConflict) else typed.get("lock_version")
    return read or template.lock_version


_ONE = "/templates/{template_id}"
ROUTES = (
    Route("GET", "/templates/new", get_new_page, MANAGE_TEMPLATES),
    Route("POST", "/templates/new", post_new, MANAGE_TEMPLATES),
    Route("GET", f"{_ONE}/facts", get_facts_page, MANAGE_TEMPLATES),
    Route("POST", f"{_ONE}/facts", post_facts, MANAGE_TEMPLATES),
    Route("GET", f"{_ONE}/rules", get_rules_page, MANAGE_TEMPLATES),
    Route("POST", f"{_ONE}/rules", post_rules, MANAGE_TEMPLATES),
)
