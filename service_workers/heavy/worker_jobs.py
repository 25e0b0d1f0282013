"""What apps ask over their service bindings."""

from ganger.contracts.heavy import FIND_JOB, SUBMIT, Job, Submission
from ganger.rpc_entrypoint import RpcEntrypoint
from ganger.rpc_serving import Call, serve
from service_workers.heavy.submitting import find_job, submit
from service_workers.heavy.worker_kinds import bundled_kinds
from service_workers.heavy.worker_queue import bound_queue


async def _submit(call: Call, asked: Submission) -> Job:
    return await submit(call, asked, bound_queue(), bundled_kinds())


class Jobs(RpcEntrypoint):
    """Jobs, for the apps that bind this."""

    methods = (serve(SUBMIT, _submit), serve(FIND_JOB, find_job))
