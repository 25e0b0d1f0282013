"""The description of an app's API, for programs and as pages: three routes that an app adds to its own.

`ganger build` makes the description from the route table and the records (tools/openapi) and puts it beside
the worker; here it is only shown.
"""

import json
from typing import Any

from ganger.assets import DESCRIPTION
from ganger.context import Context
from ganger.errors import NotFound
from ganger.http import JSON, Response
from ganger.permissions import Permission
from ganger.reference_rules import Operation, operations, records_of
from ganger.routing import Route

PATH = "/api/v1/openapi.json"


def reference_routes(view: Permission) -> tuple[Route, ...]:
    """The routes of the description, for those who may see the app."""
    return (
        Route("GET", PATH, get_description, view),
        Route("GET", "/reference", get_reference_page, view),
        Route("GET", "/reference/{operation_id}", get_operation_page, view),
    )


async def get_description(ctx: Context) -> Response:
    """Return this description."""
    return Response(await ctx.assets.read(DESCRIPTION), headers={"content-type": JSON})


async def get_reference_page(ctx: Context) -> Response:
    """Show what programs can ask of the app."""
    listed = operations(await _document(ctx))
    return ctx.page(
        "ui/reference.html",
        page_title="API reference",
        operations=listed,
        base=ctx.url("/reference"),
        file=ctx.url(PATH),
    )


async def get_operation_page(ctx: Context) -> Response:
    """Show what one address takes, answers and refuses."""
    document = await _document(ctx)
    operation = _found(operations(document), ctx.params["operation_id"])
    return ctx.page(
        "ui/reference_operation.html",
        page_title=operation.summary,
        operation=operation,
        base=ctx.url("/reference"),
        records=records_of(document, operation),
    )


def _found(listed: list[Operation], operation_id: str) -> Operation:
    found = next((each for each in listed if each.id == operation_id), None)
    if found is None:
        raise NotFound("There is no such address.")
    return found


async def _document(ctx: Context) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(await ctx.assets.read(DESCRIPTION))
    return document
