# mypy: ignore-errors
"""The least Python worker, as an entrypoint class."""

from workers import Response, WorkerEntrypoint

__all__ = ["Default"]


class Default(WorkerEntrypoint):
    """Says hello."""

    async def fetch(self, _request):
        """Answer any request."""
        return Response("hello")
