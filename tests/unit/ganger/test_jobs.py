"""Scheduled jobs: which run, and that one does not take another with it."""

import asyncio
import json
from datetime import UTC, datetime

import pytest

from ganger.context import Services
from ganger.errors import Unavailable
from ganger.jobs import Job, Run, always, run_jobs

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def run(*jobs):
    asyncio.run(run_jobs(jobs, Services(lambda: NOON), NOON))


def test_only_what_is_due_runs_and_knows_when_and_as_whom():
    seen = []

    async def note(run):
        seen.append((run.job_name, run.at, run.actor.user_id, run.actor.request_id))

    run(Job("due", always, note), Job("not-due", lambda at: at.hour == 13, note))
    assert seen == [("due", NOON, "system", "due")]


def test_a_job_that_fails_is_told_without_its_words_and_the_next_one_runs(capsys):
    seen = []

    async def fail(_):
        raise ValueError("Pat Example, born 1970")

    async def note(run):
        seen.append(run.job_name)

    run(Job("fails", always, fail), Job("runs", always, note))
    assert seen == ["runs"]
    out = capsys.readouterr().out
    assert "Pat" not in out
    told = json.loads(out.splitlines()[-1])
    assert (told["class"], told["event"], told["code"]) == ("security", "job failed", "fails")


def test_a_worker_without_database_and_topics_has_none():
    nothing = Run("job", NOON, Services(lambda: NOON))
    with pytest.raises(Unavailable):
        _ = nothing.db
    with pytest.raises(Unavailable):
        _ = nothing.live
