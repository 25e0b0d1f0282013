"""Takes the place of app_workers/showcase/worker.py: an app that has heavy work done."""

from ganger.contracts.heavy import FIND_JOB, SUBMIT, JobQuestion, Submission
from ganger.edge import ApplicationEntrypoint, application, environment
from ganger.http import Response
from ganger.job_pages import job_routes
from ganger.live_topic import Topic
from ganger.permissions import PUBLIC, Permission, Role
from ganger.routing import Route
from ganger.rpc import Refusal

__all__ = ["Default", "Topic"]

HANDOUTS = Permission("showcase:handouts", role=Role.STAFF, reads_phi=True)


def told(ctx, answer):
    if isinstance(answer, Refusal):
        return ctx.json({"refused": answer.code, "details": answer.details})
    return ctx.json(answer)


async def post_job(ctx):
    """Submit a job; `times` repeats its steps."""
    asked = await ctx.parse(Submission)
    steps = asked.steps * int(ctx.request.query.get("times", "1"))
    return told(ctx, await ctx.call(SUBMIT, asked.model_copy(update={"steps": steps})))


async def get_asked(ctx):
    return told(ctx, await ctx.call(FIND_JOB, JobQuestion(job_id=ctx.params["job_id"])))


async def get_file(ctx):
    sql = "SELECT object_key FROM file_uploads WHERE id = ?"
    row = await ctx.db.row(sql, ctx.params["upload_id"])
    found = await ctx.objects.open(row["object_key"])
    return Response(stream=found.stream, headers={"content-type": "application/pdf"})


async def post_dead_letter(ctx):
    """Send a message to where those end up that came back as often as any."""
    await environment().DEAD.send((await ctx.request.body()).decode(), contentType="text")
    return ctx.json({})


class Default(ApplicationEntrypoint):
    application = application(
        (
            Route("POST", "/jobs", post_job, PUBLIC),
            Route("GET", "/asked/{job_id}", get_asked, PUBLIC),
            Route("GET", "/files/{upload_id}", get_file, PUBLIC),
            Route("POST", "/dead-letters", post_dead_letter, PUBLIC),
            *job_routes(HANDOUTS),
        )
    )
