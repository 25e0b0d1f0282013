"""Descriptions made from handlers: what they take, answer and refuse."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, TypedDict

import pytest
from openapi_spec_validator import validate
from pydantic import Field

from ganger.context import Context, Listed, items
from ganger.errors import Conflict
from ganger.http import Json, Response
from ganger.permissions import PUBLIC, Permission, Role
from ganger.platform import WorkerInfo
from ganger.records import Record
from ganger.routing import Route
from tools.openapi import openapi_document
from tools.openapi.reading import OpenApiProblem

VIEW = Permission("shelves:view", Role.STAFF)
WORKER = WorkerInfo(
    "shelves", "staff", "w", "Shelves", "Knows shelves.", True, False, None, "/shelves", None, "B"
)


class Shelf(Record):
    """A shelf."""

    label: str = Field(max_length=20, description="as it stands on the shelf", examples=["B 2"])


class ShelfQuery(Record):
    """Which shelves."""

    label: str | None = None
    page: int = Field(default=1, ge=1)


class Whole(TypedDict):
    """A shelf and what is beside it."""

    shelf: Shelf
    beside: list[Shelf]


class ShelfTaken(Conflict):
    """Another shelf has the label."""

    code = "SHELF_TAKEN"


async def get_shelves(ctx: Context) -> Json[Listed[Shelf]]:
    """List the shelves."""
    ctx.query(ShelfQuery)
    found: list[Shelf] = []
    return ctx.json(items(found, 1, 50, 0))


async def post_shelf(ctx: Context) -> Json[Shelf]:
    """Add a shelf.

    Of this a summary says nothing.
    """
    asked = await ctx.parse(Shelf)
    _refuse(asked)
    return ctx.json(asked, HTTPStatus.OK if asked.label else HTTPStatus.CREATED)


async def get_whole(ctx: Context) -> Json[Whole]:
    """Return a shelf."""
    shelf = Shelf(label=ctx.params["shelf_id"])
    return ctx.json({"shelf": shelf, "beside": []})


async def delete_shelf(_ctx: Context) -> Response:
    """Take a shelf away."""
    return Response(status=HTTPStatus.NO_CONTENT)


async def get_picture(_ctx: Context) -> Response:
    """Return a picture."""
    return Response("<svg/>", headers={"content-type": "image/svg+xml"})


async def get_silent(ctx: Context) -> Response:
    return ctx.json({})


def _refuse(shelf: Shelf) -> None:
    if shelf.label == "taken":
        raise ShelfTaken("There is one.")


ROUTES = (
    Route("GET", "/api/v1/shelves", get_shelves, VIEW),
    Route("POST", "/api/v1/shelves", post_shelf, VIEW),
    Route("GET", "/api/v1/shelves/{shelf_id}", get_whole, VIEW),
    Route("DELETE", "/api/v1/shelves/{shelf_id}", delete_shelf, VIEW),
    Route("GET", "/api/v1/picture", get_picture, PUBLIC),
    Route("GET", "/page", get_picture, VIEW),
)


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return openapi_document(WORKER, ROUTES)


def operation(document: Mapping[str, Any], method: str, path: str) -> dict[str, Any]:
    found: dict[str, Any] = document["paths"][f"/api/v1{path}"][method]
    return found


def codes(document: Mapping[str, Any], found: Mapping[str, Any], status: str) -> set[str]:
    name = found["responses"][status]["$ref"].rpartition("/")[2]
    schema = document["components"]["responses"][name]["content"]["application/json"]["schema"]
    return set(schema["allOf"][1]["properties"]["error"]["properties"]["code"]["enum"])


def test_it_is_valid_and_describes_what_programs_ask_for_alone(document):
    validate(document)
    assert document["servers"] == [{"url": "/shelves"}]
    assert set(document["paths"]) == {"/api/v1/shelves", "/api/v1/shelves/{shelf_id}", "/api/v1/picture"}


def test_a_query_becomes_parameters(document):
    label, page = operation(document, "get", "/shelves")["parameters"]
    assert label == {"name": "label", "in": "query", "required": False, "schema": {"type": "string"}}
    assert page["schema"] == {"type": "integer", "minimum": 1, "default": 1}


def test_a_body_is_the_record_that_is_parsed(document):
    found = operation(document, "post", "/shelves")
    assert found["summary"] == "Add a shelf"
    content = found["requestBody"]["content"]["application/json"]
    assert content["schema"] == {"$ref": "#/components/schemas/Shelf"}
    (field,) = document["components"]["schemas"]["Shelf"]["properties"].values()
    assert field["examples"] == ["B 2"]


def test_every_status_of_success_is_told(document):
    assert {"200", "201"} <= set(operation(document, "post", "/shelves")["responses"])
    assert operation(document, "delete", "/shelves/{shelf_id}")["responses"]["204"] == {
        "description": "No Content"
    }
    picture = operation(document, "get", "/picture")["responses"]["200"]["content"]
    assert list(picture) == ["image/svg+xml"]


def test_a_dict_that_is_answered_has_its_fields(document):
    schema = document["components"]["schemas"]["Whole"]
    assert schema["required"] == ["shelf", "beside"]
    assert schema["properties"]["beside"]["items"] == {"$ref": "#/components/schemas/Shelf"}


def test_what_anything_on_the_way_refuses_is_told(document):
    found = operation(document, "post", "/shelves")
    assert codes(document, found, "409") == {"SHELF_TAKEN"}
    assert codes(document, found, "400") == {"BAD_REQUEST", "VALIDATION_ERROR"}
    assert {"401", "403", "413", "415", "429", "500", "503"} <= set(found["responses"])
    assert "409" not in operation(document, "get", "/shelves")["responses"]


def test_who_may_ask_is_told(document):
    assert operation(document, "get", "/shelves")["security"] == [{"session": []}]
    public = operation(document, "get", "/picture")
    assert public["security"] == []
    assert "401" not in public["responses"]


def test_a_handler_that_does_not_say_what_it_answers_is_refused():
    with pytest.raises(OpenApiProblem, match="does not say"):
        openapi_document(WORKER, [Route("GET", "/api/v1/silent", get_silent, VIEW)])
