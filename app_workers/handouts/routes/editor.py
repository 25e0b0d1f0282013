"""The editor: the outline of a draft, and the form of each of its sections."""

from collections.abc import Callable, Mapping
from http import HTTPStatus

from app_workers.handouts import labels
from app_workers.handouts.domain.editing import (
    Raw,
    control_of,
    free_id,
    operated,
    plain_of,
    raw_from,
    raw_of,
)
from app_workers.handouts.domain.outline import ids_of, moved, with_section, without
from app_workers.handouts.domain.states import edit_problem
from app_workers.handouts.models.content import MAX_SECTIONS, STANDARD_VARIABLES, Content, Section
from app_workers.handouts.models.editing import Lock, SectionQuery
from app_workers.handouts.models.templates import Template, TemplateDraft, TemplateEdit
from app_workers.handouts.permissions import MANAGE_TEMPLATES
from app_workers.handouts.routes.library import preview, template_page
from app_workers.handouts.store.template_writes import edit_template
from app_workers.handouts.store.templates import find_template
from ganger.context import Context
from ganger.errors import AppError, NotFound, ValidationFailed, VersionConflict
from ganger.http import Response
from ganger.routing import Handler, Route

_DO = "do."  # a button's name says what it does: `do.up.items.2`
_FIRST_PART = {"fields": "add-field", "checklist": "add-item"}
_IN_CONTENT = "sections.0."


async def get_outline_page(ctx: Context) -> Response:
    """Show the sections of a draft in their order, beside a preview."""
    return await _outline(ctx)


async def _outline(ctx: Context, refusal: AppError | None = None) -> Response:
    template = await find_template(ctx.db, ctx.params["template_id"])
    problem = edit_problem(template)
    if problem is not None:
        return await template_page(ctx, {}, problem)
    return ctx.page(
        "editor.html",
        refusal.status if refusal else HTTPStatus.OK,
        page_title=f"Edit {template.name}",
        labels=labels,
        handout=template,
        preview=preview(ctx, template),
        refusal=refusal,
        problems=_problems(refusal),
    )


async def get_section_page(ctx: Context) -> Response:
    """Show the form of a section."""
    template = await find_template(ctx.db, ctx.params["template_id"])
    section = _section_of(template, ctx.params["section_id"])
    return _section_page(ctx, template, raw_of(section), is_new=False)


async def get_new_section_page(ctx: Context) -> Response:
    """Show the form of a section to be added."""
    template = await find_template(ctx.db, ctx.params["template_id"])
    kind = ctx.query(SectionQuery).type
    taken = ids_of(template.content)
    raw: Raw = {"type": kind, "id": free_id(kind, taken)}
    if kind in _FIRST_PART:
        raw = operated(raw, _FIRST_PART[kind], taken)
    return _section_page(ctx, template, raw, is_new=True)


def _of_section(*, is_new: bool) -> Handler:
    async def post_section(ctx: Context) -> Response:
        template = await find_template(ctx.db, ctx.params["template_id"])
        pairs = await ctx.request.form_pairs()
        operation = next((name.removeprefix(_DO) for name, _ in pairs if name.startswith(_DO)), None)
        raw = raw_from((name, text) for name, text in pairs if not name.startswith(_DO))
        raw |= _what(ctx, template, raw, is_new=is_new)
        if operation is not None:
            raw = operated(raw, operation, ids_of(template.content))
            return _section_page(ctx, template, raw, is_new=is_new, is_saved=False)
        try:
            edit = _edit_of(template, raw, is_new=is_new)
        except ValidationFailed as error:
            return _section_page(ctx, template, raw, is_new=is_new, refusal=error)
        done = await edit_template(ctx.db, ctx.actor, template.id, edit)
        if isinstance(done, AppError):
            return _section_page(ctx, template, raw, is_new=is_new, refusal=done)
        return ctx.redirect(f"/templates/{template.id}/edit", "The block is saved.")

    return post_section


def _section_of(template: Template, section_id: str) -> Section:
    for section in template.content.sections:
        if section.id == section_id:
            return section
    raise NotFound("There is no such block.")


def _what(ctx: Context, template: Template, raw: Raw, *, is_new: bool) -> Raw:
    """Which section a form is of: neither kind nor id of one that is there changes."""
    if is_new:
        kind = SectionQuery.checked({"type": raw.get("type")}).type
        return {"type": kind, "id": free_id(kind, ids_of(template.content))}
    section = _section_of(template, ctx.params["section_id"])
    return {"type": section.type, "id": section.id}


def _edit_of(template: Template, raw: Raw, *, is_new: bool) -> TemplateEdit:
    """The template with the section of the form.

    Raises:
        ValidationFailed: the section is not in order; fields are named as its controls.
    """
    lock = Lock.checked({"lock_version": raw.get("lock_version")})
    return _draft_of(template, raw, is_new=is_new).as_edit(lock.lock_version)


def _draft_of(template: Template, raw: Raw, *, is_new: bool) -> TemplateDraft:
    try:
        section = Content.checked({"sections": [plain_of(raw)]}).sections[0]
    except ValidationFailed as error:
        kind = f"{_IN_CONTENT}{raw.get('type')}."
        named = {
            name.removeprefix(kind).removeprefix(_IN_CONTENT): text for name, text in error.fields.items()
        }
        raise ValidationFailed({control_of(name): text for name, text in named.items()}) from error
    if is_new and len(template.content.sections) >= MAX_SECTIONS:
        raise ValidationFailed({"content.": f"A template has at most {MAX_SECTIONS} blocks."})
    content = with_section(template.content, section, is_new=is_new)
    return template.draft.model_copy(update={"content": content})


def _section_page(
    ctx: Context,
    template: Template,
    raw: Raw,
    *,
    is_new: bool,
    is_saved: bool = True,
    refusal: AppError | None = None,
) -> Response:
    """The form with what was typed; its preview is of all that is in order."""
    problem = edit_problem(template)
    if problem is not None:
        raise problem
    try:
        shown = preview(ctx, _draft_of(template, raw, is_new=is_new))
    except ValidationFailed:
        shown = None
    lock = None if isinstance(refusal, VersionConflict) else raw.get("lock_version")
    return ctx.page(
        "section_form.html",
        refusal.status if refusal else HTTPStatus.OK,
        page_title=labels.BLOCKS.get(str(raw.get("type")), "Block"),
        labels=labels,
        handout=template,
        raw=raw,
        is_new=is_new,
        is_saved=is_saved,
        lock_version=lock or template.lock_version,
        variables=STANDARD_VARIABLES,
        preview=shown,
        errors=_sentences(refusal),
        problems=_problems(refusal),
        refusal=refusal,
    )


def _sentences(refusal: AppError | None) -> Mapping[str, str]:
    """What is wrong by control; what is about the whole template is told by `_problems`."""
    fields = refusal.fields if isinstance(refusal, ValidationFailed) else {}
    return {name: text for name, text in fields.items() if not name.startswith("content.")}


def _problems(refusal: AppError | None) -> list[str]:
    if isinstance(refusal, ValidationFailed):
        return [text for name, text in refusal.fields.items() if name.startswith("content.")]
    listed = refusal.details.get("problems") if refusal else None
    return [str(each["message"]) for each in listed] if isinstance(listed, list) else []


def _of_step(change: Callable[[Content, str], Content]) -> Handler:
    async def post_step(ctx: Context) -> Response:
        template = await find_template(ctx.db, ctx.params["template_id"])
        form = await ctx.form(Lock)
        if form.record is None:
            return await _outline(ctx, ValidationFailed(form.errors))
        section = _section_of(template, ctx.params["section_id"])
        content = change(template.content, section.id)
        if not content.sections:
            return await _outline(ctx, ValidationFailed({"content.": "A template has at least one block."}))
        draft = template.draft.model_copy(update={"content": content})
        done = await edit_template(ctx.db, ctx.actor, template.id, draft.as_edit(form.record.lock_version))
        if isinstance(done, AppError):
            return await _outline(ctx, done)
        return ctx.redirect(f"/templates/{template.id}/edit")

    return post_step


def _up(content: Content, section_id: str) -> Content:
    return moved(content, section_id, -1)


def _down(content: Content, section_id: str) -> Content:
    return moved(content, section_id, 1)


_ONE = "/templates/{template_id}"
_SECTION = f"{_ONE}/sections/{{section_id}}"
ROUTES = (
    Route("GET", f"{_ONE}/edit", get_outline_page, MANAGE_TEMPLATES),
    Route("GET", f"{_ONE}/add-section", get_new_section_page, MANAGE_TEMPLATES),
    Route("POST", f"{_ONE}/add-section", _of_section(is_new=True), MANAGE_TEMPLATES),
    Route("GET", _SECTION, get_section_page, MANAGE_TEMPLATES),
    Route("POST", _SECTION, _of_section(is_new=False), MANAGE_TEMPLATES),
    Route("POST", f"{_SECTION}/up", _of_step(_up), MANAGE_TEMPLATES),
    Route("POST", f"{_SECTION}/down", _of_step(_down), MANAGE_TEMPLATES),
    Route("POST", f"{_SECTION}/remove", _of_step(without), MANAGE_TEMPLATES),
)
