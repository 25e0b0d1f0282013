# mypy: ignore-errors
"""The page of items in few lines with the SDK alone: the same questions, the rows in a plain table."""

import asyncio
import json

from workers import Response, WorkerEntrypoint

__all__ = ["Default"]


class Default(WorkerEntrypoint):
    """Lists the items."""

    async def fetch(self, request):
        """Answer any request; whoever asks counts by their signed identity."""
        counted = await self.env.LIMIT_READ.limit({"key": request.headers.get("x-ganger-identity")})
        if not counted.success:
            return Response("Too many requests.", status=429)
        listed, vendors = await asyncio.gather(*map(self._rows, json.loads(self.env.LIST)))
        rows = "".join(
            f"<tr><td>{row['name']}<td>{row['sku']}<td>{row['on_hand']}<td>{row['par_level']}</tr>"
            for row in listed
        )
        options = "".join(f"<option value={each['id']}>{each['name']}</option>" for each in vendors)
        page = f"<!doctype html><select>{options}</select><table>{rows}</table>"
        return Response(page, headers={"content-type": "text/html; charset=utf-8"})

    async def _rows(self, query):
        found = await self.env.DB.prepare(query["sql"]).bind(*query["values"]).all()
        return found.results
