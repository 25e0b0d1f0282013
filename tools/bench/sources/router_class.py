# mypy: ignore-errors
"""The router itself, served by an entrypoint class in place of its global function."""

from workers import WorkerEntrypoint, import_from_javascript

from router_worker.worker import on_fetch

__all__ = ["Default"]


class Default(WorkerEntrypoint):
    """Answers as the router does."""

    async def fetch(self, request):
        """Hand the request to the router's function."""
        return on_fetch(request.js_object, import_from_javascript("cloudflare:workers").env, None)
