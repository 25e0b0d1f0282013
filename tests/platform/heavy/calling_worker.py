"""Takes the place of app_workers/showcase/worker.py: an app that has heavy work done."""

from ganger.contracts.heavy import FIND_JOB, SUBMIT, JobQuestion, Submission
from ganger.edge import ApplicationEntrypoint, application
from ganger.live_topic import Topic
from ganger.permissions import PUBLIC
from ganger.routing import Route
from ganger.rpc import Refusal

__all__ = ["Default", "Topic"]


def told(ctx, answer):
    if isinstance(answer, Refusal):
        return ctx.json({"refused": answer.code, "details": answer.details})
    return ctx.json(answer)


async def post_job(ctx):
    return told(ctx, await ctx.call(SUBMIT, await ctx.parse(Submission)))


async def get_job(ctx):
    return told(ctx, await ctx.call(FIND_JOB, JobQuestion(job_id=ctx.params["job_id"])))


class Default(ApplicationEntrypoint):
    application = application(
        (Route("POST", "/jobs", post_job, PUBLIC), Route("GET", "/jobs/{job_id}", get_job, PUBLIC))
    )
