"""Every SQL statement of the jobs: rows in, records out.

A step changes by its version: whoever claims it raises that, so what comes twice finds nothing to do.
What a step has made is written before the step is done, always in the same places.
"""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta

from ganger.audit import SYSTEM, Actor, audit_row
from ganger.clock import iso_utc
from ganger.contracts.heavy import RESULT_HOURS, Job, Result, Submission
from ganger.db import Database, Row, Statement, Value, expect, insert
from service_workers.heavy.models import Made, Step

_JOB = """
SELECT id, app_key AS app, kind, state, done, failed, total, failure_code, requested_by, location_id, version,
    created_at, expires_at
FROM heavy_jobs"""
_RESULTS = """
SELECT step.position, step.upload_id, file.object_key, file.file_name, file.media_type, file.sha256,
    file.size_bytes, step.pages
FROM heavy_job_steps AS step
JOIN file_uploads AS file ON file.id = step.upload_id
WHERE step.job_id = ? AND step.state = 'done' ORDER BY step.position"""
_STEPS = """
SELECT step.job_id, step.position, step.state, step.attempts, step.upload_id, step.version,
    job.app_key AS app, job.kind, job.requested_by, job.location_id, {params} AS params_json
FROM heavy_job_steps AS step
JOIN heavy_jobs AS job ON job.id = step.job_id
WHERE {condition}"""
_FILE = """
INSERT INTO file_uploads
    (id, location_id, object_key, file_name, media_type, size_bytes, sha256, uploaded_by, created_at)
VALUES (?, ?, ?, ?, ?, ?, ?, (SELECT id FROM users WHERE id = ?), ?)
ON CONFLICT (id) DO UPDATE SET size_bytes = excluded.size_bytes, sha256 = excluded.sha256"""
_COUNTED = "(SELECT COUNT(*) FROM heavy_job_steps WHERE job_id = heavy_jobs.id AND state = '{state}')"
_COUNT = f"""
UPDATE heavy_jobs SET done = {_COUNTED.format(state="done")}, failed = {_COUNTED.format(state="failed")},
    version = version + 1, updated_at = ? WHERE id = ?"""  # noqa: S608 - no value in it
_END = """
UPDATE heavy_jobs SET state = CASE WHEN failed = 0 THEN 'done' ELSE 'failed' END, expires_at = ?,
    failure_code = (
        SELECT failure_code FROM heavy_job_steps WHERE job_id = heavy_jobs.id AND state = 'failed'
        ORDER BY position LIMIT 1)
WHERE id = ? AND done + failed = total"""
_EXPIRED = "SELECT id, is_kept FROM heavy_jobs WHERE expires_at < ? ORDER BY expires_at LIMIT ?"
_REMAINS = """
SELECT step.upload_id, file.object_key
FROM heavy_job_steps AS step
JOIN heavy_jobs AS job ON job.id = step.job_id
JOIN file_uploads AS file ON file.id = step.upload_id
WHERE job.id = ? AND (job.is_kept = 0 OR step.state = 'failed')"""


async def job_of_key(db: Database, app: str, key: str) -> tuple[str, str] | None:
    """Id of the app's job with this key, and the digest of what was asked for; None if there is none."""
    sql = "SELECT id, asked_sha256 FROM heavy_jobs WHERE app_key = ? AND idempotency_key = ?"
    row = await db.row(sql, app, key)
    return (str(row["id"]), str(row["asked_sha256"])) if row else None


async def progress(db: Database, job_id: str) -> Job | None:
    """A job without its results."""
    row = await db.row(f"{_JOB} WHERE id = ?", job_id)
    return Job.model_validate(row) if row else None


async def job(db: Database, job_id: str) -> Job | None:
    """A job with the results that it has by now."""
    found = await progress(db, job_id)
    if found is None:
        return None
    results = tuple(Result.model_validate(row) for row in await db.rows(_RESULTS, job_id))
    return found.model_copy(update={"results": results})


async def step(db: Database, job_id: str, position: int) -> Step | None:
    """A step with its params."""
    condition = "step.job_id = ? AND step.position = ?"
    row = await db.row(_STEPS.format(params="step.params_json", condition=condition), job_id, position)
    return Step.model_validate(row) if row else None


async def steps_since(db: Database, state: str, before: datetime, limit: int) -> list[Step]:
    """Steps that have been in this state since before then, the oldest first, without their params."""
    condition = "step.state = ? AND step.updated_at < ? ORDER BY step.updated_at LIMIT ?"
    sql = _STEPS.format(params="NULL", condition=condition)
    return [Step.model_validate(row) for row in await db.rows(sql, state, iso_utc(before), limit)]


def added(
    actor: Actor, app: str, asked: Submission, digest: str, job_id: str, upload_ids: Sequence[str]
) -> list[Statement]:
    """A new job with its steps."""
    at = iso_utc(actor.at)
    row = {
        "id": job_id,
        "app_key": app,
        "kind": asked.kind,
        "idempotency_key": asked.key,
        "asked_sha256": digest,
        "requested_by": actor.user_id,
        "location_id": asked.location_id,
        "is_kept": int(asked.is_kept),
        "total": len(asked.steps),
        "created_at": at,
        "updated_at": at,
    }
    steps: list[dict[str, Value]] = [
        {
            "job_id": job_id,
            "position": position,
            "params_json": json.dumps(params),
            "upload_id": upload_id,
            "updated_at": at,
        }
        for position, (params, upload_id) in enumerate(zip(asked.steps, upload_ids, strict=True), start=1)
    ]
    told = {"app": app, "kind": asked.kind, "steps": len(steps)}
    audit = audit_row(actor, "heavy:submit", "heavy_job", job_id, asked.location_id, told)
    return [insert("heavy_jobs", row), *(insert("heavy_job_steps", each) for each in steps), audit]


def claimed(step: Step, at: datetime) -> list[Statement]:
    """The step is being worked on; fails if anybody else has touched it."""
    begun = """
UPDATE heavy_jobs SET state = 'running', version = version + 1, updated_at = ?
WHERE id = ? AND state = 'queued'"""
    return [
        *_changed(step, "state = 'running', attempts = attempts + 1", at),
        Statement(begun, (iso_utc(at), step.job_id)),
    ]


def released(step: Step, code: str, at: datetime) -> list[Statement]:
    """The step waits again, after a try that failed for now."""
    return _changed(step, "state = 'queued', failure_code = ?", at, code)


def noted_again(step: Step, at: datetime) -> list[Statement]:
    """The step's message was sent again just now."""
    return _changed(step, "state = 'queued'", at)


def file_known(step: Step, made: Made, sha256: str, at: datetime) -> Statement:
    """The row of the step's file, ahead of the file itself."""
    who = step.requested_by
    values = (made.file_name, made.media_type, len(made.content), sha256, who, iso_utc(at))
    return Statement(_FILE, (step.upload_id, step.location_id, step.object_key, *values))


def finished(step: Step, made: Made, at: datetime) -> list[Statement]:
    """The step is done and its file is there."""
    told = {"job": step.job_id, "position": step.position, "pages": made.pages}
    return [
        *_changed(step, "state = 'done', params_json = NULL, failure_code = NULL, pages = ?", at, made.pages),
        audit_row(_system(step, at), "heavy:make", "file_upload", step.upload_id, step.location_id, told),
        *_counted(step, at),
    ]


def failed(step: Step, code: str, at: datetime) -> list[Statement]:
    """The step has failed for good."""
    told = {"position": step.position, "code": code}
    return [
        *_changed(step, "state = 'failed', params_json = NULL, failure_code = ?", at, code),
        audit_row(_system(step, at), "heavy:fail", "heavy_job", step.job_id, step.location_id, told),
        *_counted(step, at),
    ]


async def expired(db: Database, at: datetime, limit: int) -> list[str]:
    """Ids of jobs whose time is over."""
    return [str(row["id"]) for row in await db.rows(_EXPIRED, iso_utc(at), limit)]


async def remains(db: Database, job_id: str) -> list[Row]:
    """`upload_id` and `object_key` of the files that go with the job."""
    return await db.rows(_REMAINS, job_id)


def forgotten(job_id: str, upload_ids: Sequence[str]) -> list[Statement]:
    """The job and the rows of the files that go with it are no more."""
    files = "DELETE FROM file_uploads WHERE id IN (SELECT value FROM json_each(?))"
    return [
        Statement("DELETE FROM heavy_job_steps WHERE job_id = ?", (job_id,)),
        Statement(files, (json.dumps(list(upload_ids)),)),
        Statement("DELETE FROM heavy_jobs WHERE id = ?", (job_id,)),
    ]


def _changed(step: Step, change: str, at: datetime, *values: Value) -> list[Statement]:
    place = "job_id = ? AND position = ?"
    condition = f"SELECT version = ? FROM heavy_job_steps WHERE {place}"  # noqa: S608 - no value in it
    sql = f"UPDATE heavy_job_steps SET {change}, version = version + 1, updated_at = ? WHERE {place}"  # noqa: S608
    return [
        expect("version", condition, step.version, step.job_id, step.position),
        Statement(sql, (*values, iso_utc(at), step.job_id, step.position)),
    ]


def _counted(step: Step, at: datetime) -> list[Statement]:
    expires = iso_utc(at + timedelta(hours=RESULT_HOURS))
    return [Statement(_COUNT, (iso_utc(at), step.job_id)), Statement(_END, (expires, step.job_id))]


def _system(step: Step, at: datetime) -> Actor:
    return Actor(SYSTEM, step.job_id, None, at)
