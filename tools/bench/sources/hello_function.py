# mypy: ignore-errors
"""The least Python worker, as one global function."""

import js

__all__ = ["on_fetch"]


async def on_fetch(_request, _env, _ctx):
    """Answer any request."""
    return js.Response.new("hello")
