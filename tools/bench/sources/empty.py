# mypy: ignore-errors
"""The least Python worker that has the packages of a staff app; it imports what they import first."""

import jinja2  # noqa: F401 - loaded, as by an app
import pydantic  # noqa: F401
import segno  # noqa: F401
from workers import Response, WorkerEntrypoint

__all__ = ["Default"]


class Default(WorkerEntrypoint):
    """Says hello."""

    async def fetch(self, _request):
        """Answer any request."""
        return Response("hello")
