# mypy: ignore-errors
"""The page of items as few lines of Python would have it: the same questions, the rows in a plain table."""

import json

import js
from pyodide.ffi import jsnull, to_js
from workers import Response, WorkerEntrypoint

__all__ = ["Default"]


class Default(WorkerEntrypoint):
    """Lists the items."""

    async def fetch(self, request):
        """Answer any request; whoever asks counts by their signed identity."""
        key = js.Object.fromEntries(to_js([["key", request.headers.get("x-ganger-identity")]]))
        if not (await self.env.LIMIT_READ.limit(key)).success:
            return Response("Too many requests.", status=429)
        answer = await self.env.DB.batch(to_js([self._prepared(each) for each in json.loads(self.env.LIST)]))
        listed, vendors = (each["results"] for each in json.loads(js.JSON.stringify(answer)))
        rows = "".join(
            f"<tr><td>{row['name']}<td>{row['sku']}<td>{row['on_hand']}<td>{row['par_level']}</tr>"
            for row in listed
        )
        options = "".join(f"<option value={each['id']}>{each['name']}</option>" for each in vendors)
        page = f"<!doctype html><select>{options}</select><table>{rows}</table>"
        return Response(page, headers={"content-type": "text/html; charset=utf-8"})

    def _prepared(self, statement):
        values = (jsnull if value is None else value for value in statement["values"])
        return self.env.DB.prepare(statement["sql"]).bind(*values)
