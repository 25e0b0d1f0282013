"""The entrypoint of a worker that other workers call."""

from typing import ClassVar

from workers import WorkerEntrypoint

from ganger.d1 import ask_together
from ganger.edge import environment, lacking, services
from ganger.rpc import Refusal, answer_text
from ganger.rpc_serving import Served, answer


class RpcEntrypoint(WorkerEntrypoint):
    """A worker's methods for others, in a class of its own that wrangler configs name as `entrypoint`."""

    methods: ClassVar[tuple[Served, ...]]

    async def rpc(self, method: str, frame: str) -> str:
        """Answer one call; both texts are those of `ganger.rpc`."""
        ask_together()
        missing = lacking()
        if missing:
            return answer_text(Refusal("NOT_CONFIGURED", {"missing": list(missing)}))
        return await answer(self.methods, method, frame, services(environment()))
