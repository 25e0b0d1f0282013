"""Scheduled jobs: what a worker does by the clock, without a person.

A worker names its jobs in `ApplicationEntrypoint.jobs` and its crons in wrangler/<id>.jsonc. Whenever a cron
fires, the jobs run that are due at that instant. The runtime may fire one twice or not at all, so a job asks
the database what is to be done, and a second run finds nothing left.
"""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from ganger.audit import SYSTEM, Actor
from ganger.context import Services
from ganger.db import Database
from ganger.live_rules import Live
from ganger.log import log_exception, log_security
from ganger.rpc import A, Deadline, Method, R, Refusal


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a job; `at` is when its cron was due, which may be a little earlier than now."""

    job_name: str
    at: datetime
    services: Services

    @property
    def actor(self) -> Actor:
        """The system as the audit log names it."""
        return Actor(SYSTEM, self.job_name, None, self.at)

    @property
    def db(self) -> Database:
        """The platform's database."""
        return self.services.db

    @property
    def live(self) -> Live:
        """The live topics of this worker."""
        return self.services.topics

    async def call(self, method: Method[A, R], asked: A) -> R | Refusal:
        """Call another worker, for the system; the answer, or why there is none (docs/rpc.md)."""
        deadline = Deadline.within(method.within_s)
        return await self.services.reached.call(method, asked, self.actor, deadline)


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be done at some instants; the name is a code, such as `seal-audit-rows`."""

    name: str
    is_due: Callable[[datetime], bool]
    run: Callable[[Run], Awaitable[None]]


def always(_: datetime) -> bool:
    """For a job that is due whenever a cron of its worker fires."""
    return True


def at_utc(hour: int) -> Callable[[datetime], bool]:
    """For a job that is due at this full hour of every day, in UTC."""
    return lambda at: (at.hour, at.minute) == (hour, 0)


def hourly_at(minute: int) -> Callable[[datetime], bool]:
    """For a job that is due at this minute of every hour."""
    return lambda at: at.minute == minute


async def run_jobs(jobs: Iterable[Job], services: Services, at: datetime) -> None:
    """Run the jobs that are due, each whatever becomes of the others.

    Nothing is raised: the runtime would log the text of the exception.
    """
    for job in jobs:
        if not job.is_due(at):
            continue
        try:
            await job.run(Run(job.name, at, services))
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told by type and place alone
            log_exception(error, request_id=job.name)
            log_security("job failed", code=job.name)
