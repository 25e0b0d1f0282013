"""The batches that write the text of a version: the first of a family, an edit, the next one."""

import json
from collections.abc import Mapping

from app_workers.handouts.domain.checking import INVALID, UNKNOWN_VARIABLE, content_problems
from app_workers.handouts.domain.computed import computed
from app_workers.handouts.domain.states import edit_problem, new_version_problem
from app_workers.handouts.errors import DraftExists, InvalidRule, UnknownVariable
from app_workers.handouts.models.templates import Template, TemplateDraft, TemplateEdit
from app_workers.handouts.store.templates import find_template, versions_of
from ganger.audit import Actor, audit_row
from ganger.clock import iso_utc
from ganger.db import ConstraintFailed, Database, ExpectationFailed, Statement, Value, expect, insert
from ganger.errors import AppError, ValidationFailed, VersionConflict
from ganger.ids import new_id

_AS_READ = "SELECT lock_version = ? FROM handout_templates WHERE id = ?"
_NEXT_VERSION = "SELECT MAX(version) = ? FROM handout_templates WHERE family_id = ?"
_UNKNOWN_PLACES = """
    SELECT value FROM json_each(?) WHERE value NOT IN (SELECT id FROM locations WHERE is_active = 1)
"""


async def create_template(db: Database, actor: Actor, draft: TemplateDraft) -> Template | AppError:
    """Write the first version of a new family, as a draft."""
    problem = await draft_problem(db, draft)
    if problem is not None:
        return problem
    family_id = new_id(actor.at)
    return await _add(db, actor, draft, family_id, 1, [])


async def edit_template(
    db: Database, actor: Actor, template_id: str, edit: TemplateEdit
) -> Template | AppError:
    """Write the text of a draft or a rejected version, which is a draft then."""
    template = await find_template(db, template_id)
    if template.lock_version != edit.lock_version:
        return outdated(template)
    problem = edit_problem(template) or await draft_problem(db, edit)
    if problem is not None:
        return problem
    columns = _columns(edit) | {"status": "draft"}
    changed = sorted(
        name for name in TemplateDraft.model_fields if getattr(edit, name) != getattr(template, name)
    )
    told = {"status": [template.status.value, "draft"], "changed": changed}
    return await change(db, actor, template, "handouts:edit-template", columns, told, [])


async def add_version(db: Database, actor: Actor, template_id: str, lock_version: int) -> Template | AppError:
    """Write the next version of an approved one, as a draft of the same text."""
    template = await find_template(db, template_id)
    if template.lock_version != lock_version:
        return outdated(template)
    problem = new_version_problem(template)
    if problem is not None:
        return problem
    newest = (await versions_of(db, template.family_id))[0]
    relied = [
        expect("template as read", _AS_READ, lock_version, template_id),
        expect("newest as read", _NEXT_VERSION, newest.version, template.family_id),
    ]
    return await _add(db, actor, template.draft, template.family_id, newest.version + 1, relied)


async def draft_problem(db: Database, draft: TemplateDraft) -> AppError | None:
    """Why a text cannot be saved; all that is wrong is in the details of the first kind of problem."""
    unknown = await db.rows(_UNKNOWN_PLACES, json.dumps(draft.location_ids))
    if unknown:
        return ValidationFailed({"location_ids": "names a location that is not there"})
    problems = content_problems(draft.content, draft.rules)
    if not problems:
        return None
    if problems[0].code == INVALID:
        return ValidationFailed({f"content.{each.where}": each.message for each in problems})
    kind = UnknownVariable if problems[0].code == UNKNOWN_VARIABLE else InvalidRule
    return kind(problems[0].message, problems=[problem.plain() for problem in problems])


async def change(
    db: Database,
    actor: Actor,
    template: Template,
    action: str,
    columns: Mapping[str, Value],
    told: Mapping[str, object],
    more: list[Statement],
) -> Template | AppError:
    """Change a version which stands as it was read, in one batch with its audit row.

    Args:
        more: what belongs to the change and is carried out before it.
    """
    marks = "".join(f"{name} = ?, " for name in columns)
    sql = (
        f"UPDATE handout_templates SET {marks}updated_by = ?, updated_at = ?,"  # noqa: S608 - names from code
        " lock_version = lock_version + 1 WHERE id = ?"
    )
    values = (*columns.values(), actor.user_id, iso_utc(actor.at), template.id)
    try:
        await db.batch(
            [
                expect("template as read", _AS_READ, template.lock_version, template.id),
                *more,
                Statement(sql, values),
                audit_row(actor, action, "handout_template", template.id, None, told),
            ]
        )
    except ExpectationFailed:
        return outdated(await find_template(db, template.id))
    return await find_template(db, template.id)


def outdated(current: Template) -> VersionConflict:
    """The refusal of a change of a version that somebody changed after it was read."""
    return VersionConflict("Somebody changed this template after you opened it.", current=current.plain())


async def _add(
    db: Database, actor: Actor, draft: TemplateDraft, family_id: str, version: int, relied: list[Statement]
) -> Template | AppError:
    template_id, at = new_id(actor.at), iso_utc(actor.at)
    columns: dict[str, Value] = {
        "id": template_id,
        "family_id": family_id,
        "version": version,
        **_columns(draft),
        "created_by": actor.user_id,
        "updated_by": actor.user_id,
        "created_at": at,
        "updated_at": at,
    }
    told = {"family_id": family_id, "version": version, "status": [None, "draft"]}
    audit = audit_row(actor, "handouts:add-template", "handout_template", template_id, None, told)
    try:
        await db.batch([*relied, insert("handout_templates", columns), audit])
    except (ExpectationFailed, ConstraintFailed) as failure:
        return await _not_added(db, family_id, failure)
    return await find_template(db, template_id)


async def _not_added(db: Database, family_id: str, failure: Exception) -> AppError:
    """An open version stands in the way, or somebody was faster and there is one by now."""
    undecided = ("draft", "pending_approval", "rejected")
    for version in await versions_of(db, family_id):
        if version.status in undecided:
            message = f"Version {version.version} is not decided yet. Go on with that one."
            return DraftExists(message, template_id=version.id)
    raise failure


def _columns(draft: TemplateDraft) -> dict[str, Value]:
    """A text as its row has it, with what follows from it."""
    plain, facts = draft.plain(), computed(draft.content, draft.rules)
    return {
        "name": draft.name,
        "category": draft.category.value,
        "subcategory": draft.subcategory.value if draft.subcategory else None,
        "description": draft.description,
        "template_type": facts.template_type.value,
        "complexity": facts.complexity,
        "estimated_minutes": facts.minutes,
        "content_json": json.dumps(plain["content"], ensure_ascii=False),
        "rules_json": json.dumps(plain["rules"], ensure_ascii=False),
        "location_ids_json": json.dumps(plain["location_ids"]),
        "tags_json": json.dumps(plain["tags"], ensure_ascii=False),
        "language": draft.language.value,
        "digital_enabled": int(draft.digital_enabled),
        "clinical_review": int(draft.clinical_review),
    }
