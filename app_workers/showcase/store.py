"""Every SQL statement of this app: rows in, records out. Reviews belong to no location."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from app_workers.showcase.errors import ReviewReused
from app_workers.showcase.models import NewReview, Result, Review, ReviewQuery
from app_workers.showcase.permissions import REVIEW
from ganger.audit import Actor, audit_row
from ganger.clock import iso_utc
from ganger.db import ConstraintFailed, Database, Row, Statement, Value, insert
from ganger.ids import new_id
from ganger.notifications import Notice, Recipients, notify

_COLUMNS = """
    SELECT review.id, review.component, review.version, review.checks, review.result, review.notes,
        review.reviewer_id, person.name AS reviewer_name, review.created_at
"""
_WITH_TOTAL = ", (SELECT COUNT(*) FROM component_reviews AS review {conditions}) AS total"
_REVIEWS = """
    FROM component_reviews AS review JOIN users AS person ON person.id = review.reviewer_id
    {conditions} ORDER BY review.created_at DESC, review.id DESC LIMIT ? OFFSET ?
"""
_COUNT = "SELECT COUNT(*) AS total FROM component_reviews AS review {conditions}"
_NEWEST = """
    FROM json_each(?) AS slug
    JOIN component_reviews AS review ON review.id = (
        SELECT id FROM component_reviews WHERE component = slug.value
        ORDER BY created_at DESC, id DESC LIMIT 1
    )
    JOIN users AS person ON person.id = review.reviewer_id
"""
_OF_REFERENCE = """
    FROM component_reviews AS review JOIN users AS person ON person.id = review.reviewer_id
    WHERE review.reviewer_id = ? AND review.client_ref = ?
"""
# Holders by role and by grant.
_REVIEWERS = """
    users.id IN (SELECT user_id FROM user_roles WHERE role = ?) OR users.id IN (
        SELECT user_id FROM user_permissions
        WHERE permission = ? AND (expires_at IS NULL OR expires_at > ?)
    )
"""
_SAME_MONDAY = timedelta(hours=12)


async def reviews_in(db: Database, asked: ReviewQuery) -> tuple[list[Review], int]:
    """One page of the reviews that are asked for, newest first, and how many there are in all."""
    wanted = {"component": asked.component, "result": asked.result}
    given = {name: str(value) for name, value in wanted.items() if value is not None}
    conditions = f"WHERE {' AND '.join(f'review.{name} = ?' for name in given)}" if given else ""
    sql = _COLUMNS + (_WITH_TOTAL + _REVIEWS).format(conditions=conditions)
    rows = await db.rows(sql, *given.values(), *given.values(), asked.limit, (asked.page - 1) * asked.limit)
    # A page beyond the last has no row that could say how many there are.
    counted = rows or await db.rows(_COUNT.format(conditions=conditions), *given.values())
    return [_review(row) for row in rows], int(counted[0]["total"] or 0)


async def newest_reviews(db: Database, slugs: Iterable[str]) -> Mapping[str, Review]:
    """The newest review of each of these components that has one."""
    rows = await db.rows(_COLUMNS + _NEWEST, json.dumps([*slugs]))
    return {review.component: review for review in map(_review, rows)}


async def record_review(
    db: Database, actor: Actor, asked: NewReview, result: Result, client_ref: str | None
) -> Review | ReviewReused:
    """Save a review with its audit row; the same reference again changes nothing.

    Nothing in the database is relied on: what a review is of stands in the library.
    """
    review_id, notes = new_id(actor.at), (asked.notes or "").strip() or None
    columns: dict[str, Value] = {
        "id": review_id,
        "component": asked.component,
        "version": asked.version,
        "checks": json.dumps(asked.checks.plain()),
        "result": result.value,
        "notes": notes,
        "reviewer_id": actor.user_id,
        "client_ref": client_ref,
        "created_at": iso_utc(actor.at),
    }
    said = {"component": asked.component, "version": asked.version, "result": result.value}
    try:
        await db.batch(
            [
                insert("component_reviews", columns),
                audit_row(actor, REVIEW.name, "component_review", review_id, None, said),
            ]
        )
    except ConstraintFailed as failure:
        if client_ref is None or "client_ref" not in str(failure):
            raise
        return await _same_again(db, actor, asked, client_ref)
    return await _of_id(db, review_id)


def list_statement(at: datetime, title: str, link: str) -> Statement:
    """The statement that notifies everybody who may review, once a Monday."""
    role = REVIEW.role.value if REVIEW.role else ""
    to = Recipients(f"({_REVIEWERS})", (role, REVIEW.name, iso_utc(at)))
    return notify(at, Notice("showcase", title, link), to, quiet_since=at - _SAME_MONDAY)


async def _of_id(db: Database, review_id: str) -> Review:
    sql = _COLUMNS + _REVIEWS.format(conditions="WHERE review.id = ?")
    (row,) = await db.rows(sql, review_id, 1, 0)
    return _review(row)


async def _same_again(db: Database, actor: Actor, asked: NewReview, client_ref: str) -> Review | ReviewReused:
    """The review that this one repeats, if it says the same."""
    (row,) = await db.rows(_COLUMNS + _OF_REFERENCE, actor.user_id, client_ref)
    earlier = _review(row)
    same = NewReview(
        component=earlier.component, version=earlier.version, checks=earlier.checks, notes=earlier.notes
    )
    if same == asked:
        return earlier
    return ReviewReused("This form was already used for another review. Send again to save this one too.")


def _review(row: Row) -> Review:
    columns = {name: row[name] for name in Review.model_fields}
    return Review.model_validate(columns | {"checks": json.loads(str(row["checks"]))})
