"""What is read of the library. Templates are the practice's own, so everybody sees all of them."""

import asyncio

from app_workers.handouts.models.templates import (
    ApprovedTemplates,
    ListedTemplate,
    Template,
    TemplateQuery,
    TemplateStatus,
)
from app_workers.handouts.store.rows import template_of
from ganger.db import Database, Value, containing
from ganger.errors import NotFound

_NAMES = {
    "submitted_by_name": "submitter.name AS submitted_by_name",
    "decided_by_name": "decider.name AS decided_by_name",
    "updated_by_name": "author.name AS updated_by_name",
}
_STORED = {name: f"template.{name}_json" for name in ("content", "rules", "location_ids", "tags")}
_FROM = """
    FROM handout_templates AS template JOIN users AS author ON author.id = template.updated_by
    LEFT JOIN users AS submitter ON submitter.id = template.submitted_by
    LEFT JOIN users AS decider ON decider.id = template.decided_by
"""
_HERE = "(location_ids_json = '[]' OR EXISTS (SELECT 1 FROM json_each(location_ids_json) WHERE value = ?))"
_BY_NAME = "ORDER BY template.name COLLATE NOCASE, template.family_id, template.version DESC"


def _columns(model: type[ListedTemplate]) -> str:
    known = {**_NAMES, **_STORED}
    return ", ".join(known.get(name, f"template.{name}") for name in model.model_fields)


_LISTED = f"SELECT {_columns(ListedTemplate)} {_FROM}"
_WHOLE = f"SELECT {_columns(Template)} {_FROM}"


async def templates(db: Database, asked: TemplateQuery) -> tuple[list[ListedTemplate], int]:
    """One page of the versions that a query finds, by name and the newest first; and how many there are."""
    conditions: dict[str, Value] = {}
    if asked.category:
        conditions["template.category = ?"] = asked.category.value
    if asked.status:
        conditions["template.status = ?"] = asked.status.value
    if asked.location_id:
        conditions[_HERE] = asked.location_id
    if asked.search:
        text = "(template.name || ' ' || template.description || ' ' || template.tags_json)"
        conditions[f"{text} LIKE ? ESCAPE '\\'"] = containing(asked.search)
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    start = (asked.page - 1) * asked.limit
    rows, totals = await asyncio.gather(
        db.rows(f"{_LISTED} {where} {_BY_NAME} LIMIT ? OFFSET ?", *conditions.values(), asked.limit, start),
        db.rows(f"SELECT COUNT(*) AS total {_FROM} {where}", *conditions.values()),
    )
    return [template_of(ListedTemplate, row) for row in rows], int(totals[0]["total"] or 0)


async def find_template(db: Database, template_id: str) -> Template:
    """One version.

    Raises:
        NotFound: there is none with this id.
    """
    row = await db.row(f"{_WHOLE} WHERE template.id = ?", template_id)
    if row is None:
        raise NotFound("There is no such template.")
    return template_of(Template, row)


async def versions_of(db: Database, family_id: str) -> list[ListedTemplate]:
    """The versions of a family, the newest first."""
    rows = await db.rows(f"{_LISTED} WHERE template.family_id = ? ORDER BY template.version DESC", family_id)
    return [template_of(ListedTemplate, row) for row in rows]


async def approved_of(db: Database, family_id: str) -> Template | None:
    """The version of a family that is given out, if there is one."""
    row = await db.row(f"{_WHOLE} WHERE template.family_id = ? AND template.status = 'approved'", family_id)
    return template_of(Template, row) if row else None


async def approved_at(db: Database, location_id: str) -> ApprovedTemplates:
    """What can be given out at a location, by category and name."""
    rows = await db.rows(
        f"{_LISTED} WHERE template.status = ? AND {_HERE}"
        " ORDER BY template.category, template.name COLLATE NOCASE",
        TemplateStatus.APPROVED.value,
        location_id,
    )
    return ApprovedTemplates(templates=[template_of(ListedTemplate, row) for row in rows])


async def waiting(db: Database) -> list[Template]:
    """The versions that somebody has to decide on, the longest waiting first."""
    rows = await db.rows(f"{_WHOLE} WHERE template.status = 'pending_approval' ORDER BY template.updated_at")
    return [template_of(Template, row) for row in rows]
