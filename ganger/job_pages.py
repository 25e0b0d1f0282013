"""The pages of a job that any app can have: how far it is, and its files. docs/heavy.md says how.

A job is shown to the person who asked for it and to nobody else.
"""

from ganger.context import Context
from ganger.contracts.heavy import FIND_JOB, Job, JobQuestion, Result, job_topic
from ganger.errors import NotFound, Unavailable
from ganger.http import Response
from ganger.live import join_one_of
from ganger.permissions import Permission
from ganger.routing import Route
from ganger.rpc import Refusal
from ganger.uploads import as_attachment

_WHY = "opened a file that they had asked for"


def job_routes(permission: Permission) -> tuple[Route, ...]:
    """The routes of an app's jobs; whoever may ask for such jobs has the permission."""

    async def get_file(ctx: Context) -> Response:
        """Download the file of one step."""
        job = await _own_job(ctx)
        result = _result(job, ctx.params["position"])
        if permission.reads_phi:
            await ctx.note_phi_read(
                "file_upload",
                result.upload_id,
                job.location_id,
                _WHY,
                ["file"],
                is_minimum_necessary=True,
                is_consented=False,
            )
        found = await ctx.objects.open(result.object_key)
        headers = {
            "content-type": result.media_type,
            "content-length": str(found.size_bytes),
            "content-disposition": as_attachment(result.file_name),
            "cache-control": "private, no-store",
        }
        return Response(stream=found.stream, headers=headers)

    return (
        Route("GET", "/jobs/{job_id}", get_job, permission),
        Route("GET", "/jobs/{job_id}/live", get_job_live, permission),
        Route("GET", "/jobs/{job_id}/files/{position}", get_file, permission),
    )


async def get_job(ctx: Context) -> Response:
    """Show how a job stands; the page follows it, and without script is loaded again."""
    return ctx.page("ui/job.html", page_title="Job", job=await _own_job(ctx))


async def get_job_live(ctx: Context) -> Response:
    """Let the person follow their job."""
    if ctx.services.job_topics is None:
        raise Unavailable("This worker has no topics of jobs.")
    return await join_one_of(ctx, ctx.services.job_topics, job_topic((await _own_job(ctx)).id))


async def _own_job(ctx: Context) -> Job:
    found = await ctx.call(FIND_JOB, JobQuestion(job_id=ctx.params["job_id"][:40]))
    if isinstance(found, Refusal) and found.is_passing:
        raise Unavailable("Background work is away. Try again in a minute.")
    if isinstance(found, Refusal) or found.requested_by != ctx.user.id:
        raise NotFound("There is no such job. Files are kept for a day.")
    return found


def _result(job: Job, position: str) -> Result:
    for result in job.results:
        if str(result.position) == position:
            return result
    raise NotFound("There is no such file.")
