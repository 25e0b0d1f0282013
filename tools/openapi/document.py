"""The description of one app's API, as OpenAPI 3.1."""

import inspect
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from http import HTTPStatus
from types import UnionType
from typing import Any, Union, get_args, get_origin

from ganger.db import DatabaseError
from ganger.errors import (
    AddressRefused,
    AppError,
    BadRequest,
    CrossOrigin,
    Forbidden,
    HeadersTooLarge,
    InternalError,
    MethodNotAllowed,
    NotFound,
    RateLimited,
    StepUpRequired,
    Unauthenticated,
    Unavailable,
)
from ganger.http import SAFE_METHODS, Json
from ganger.platform import WorkerInfo
from ganger.routing import Route
from ganger.session import COOKIE
from tools.openapi.names import Code
from tools.openapi.reading import OpenApiProblem, Reading, read_handler
from tools.openapi.schemas import Built, Schema, Schemas, referred, without_null

API = "/api/"
_PARAMETER = re.compile(r"{(\w+)}")
_JSON, _FILES = "application/json", "multipart/form-data"
_ERROR: Schema = {
    "type": "object",
    "description": "The one shape of every refusal.",
    "properties": {
        "error": {
            "type": "object",
            "properties": {
                "code": {"type": "string", "description": "for programs; it never changes"},
                "message": {"type": "string", "description": "for people"},
                "details": {"type": "object", "description": "what the code's description names"},
                "timestamp": {"type": "string", "format": "date-time"},
                "request_id": {"type": "string", "description": "by which it is found in the logs"},
            },
            "required": ["code", "message", "details", "timestamp", "request_id"],
            "additionalProperties": False,
        }
    },
    "required": ["error"],
    "additionalProperties": False,
}


def openapi_document(worker: WorkerInfo, routes: Iterable[Route]) -> Schema:
    """Describe the routes of an app that answer programs.

    Raises:
        OpenApiProblem: a handler cannot be described.
    """
    listed = [(route, read_handler(route.handler)) for route in routes if route.path.startswith(API)]
    schemas = Schemas()
    for route, reading in listed:
        for model in (*reading.bodies, *(each for each, _ in reading.queries)):
            schemas.ask(model, "validation")
        schemas.ask(_answered(route), "serialization")
    built, named = schemas.build()
    paths: dict[str, Schema] = defaultdict(dict)
    responses: dict[str, Schema] = {}
    for route, reading in listed:
        refusals = _refusals(route, reading)
        responses |= refusals
        operation = _operation(route, reading, built, named)
        operation["responses"] |= {name[:3]: {"$ref": f"#/components/responses/{name}"} for name in refusals}
        paths[route.path][route.method.lower()] = operation
    return {
        "openapi": "3.1.0",
        "info": {"title": worker.title, "version": "1", "description": worker.purpose},
        "servers": [{"url": (worker.mount or "").rstrip("/") or "/"}],
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": _kept({**named, "Error": _ERROR}, [*paths.values(), *responses.values()]),
            "responses": dict(sorted(responses.items())),
            "securitySchemes": {"session": {"type": "apiKey", "in": "cookie", "name": COOKIE}},
        },
    }


def operation_id(route: Route) -> str:
    """A name for the route in addresses: `post-orders-order_id-approve`."""
    words = re.findall(r"[\w.]+", route.path.removeprefix("/api/v1"))
    return "-".join([route.method.lower(), *words])


def _operation(route: Route, reading: Reading, built: Built, named: dict[str, Schema]) -> Schema:
    summary = inspect.getdoc(route.handler) or f"{route.method} {route.path}"
    operation: Schema = {
        "operationId": operation_id(route),
        "tags": [route.path.removeprefix("/api/v1/").partition("/")[0]],
        "summary": summary.partition("\n")[0].rstrip("."),
        "description": f"Asks for the permission `{route.permission.name}`.",
        "x-permission": route.permission.name,
        "parameters": list(_parameters(route, reading, built, named)),
        "responses": _successes(route, reading, built),
        "security": [{"session": []}] if route.permission.role else [],
    }
    if reading.takes_files:
        operation["requestBody"] = {"required": True, "content": {_FILES: {"schema": {"type": "object"}}}}
    elif reading.bodies:
        choices = [built.schema(model, "validation") for model in reading.bodies]
        schema = choices[0] if len(choices) == 1 else {"anyOf": choices}
        operation["requestBody"] = {"required": True, "content": {_JSON: {"schema": schema}}}
    return operation


def _parameters(route: Route, reading: Reading, built: Built, named: dict[str, Schema]) -> Iterator[Schema]:
    for name in _PARAMETER.findall(route.path):
        schema = {"type": "string", "minLength": 1}
        yield {"name": name, "in": "path", "required": True, "schema": schema}
    for header in sorted(reading.headers):
        schema = {"type": "string"}
        yield {"name": header.title(), "in": "header", "required": False, "schema": schema}
    for model, _ in reading.queries:
        whole = named[built.schema(model, "validation")["$ref"].rpartition("/")[2]]
        for name, field in whole.get("properties", {}).items():
            schema = without_null({key: value for key, value in field.items() if key != "description"})
            told = {"description": field["description"]} if "description" in field else {}
            is_required = name in whole.get("required", ())
            yield {"name": name, "in": "query", "required": is_required, "schema": schema} | told


def _successes(route: Route, reading: Reading, built: Built) -> dict[str, Schema]:
    contents: dict[int, Schema] = defaultdict(dict)
    answered = _answered(route)
    if answered is None and not reading.others:
        raise OpenApiProblem(f"{route.method} {route.path} does not say in its signature what it answers.")
    if answered is not None:
        for status in reading.json_statuses or {HTTPStatus.OK.value}:
            contents[status][_JSON] = {"schema": built.schema(answered, "serialization")}
    for status, media_type in reading.others:
        if media_type is None:
            contents[status] = {}
        else:
            kind = media_type.partition(";")[0]
            contents[status][kind] = {"schema": {} if kind == _JSON else {"type": "string"}}
    return {
        str(status): {"description": HTTPStatus(status).phrase} | ({"content": content} if content else {})
        for status, content in sorted(contents.items())
    }


def _refusals(route: Route, reading: Reading) -> dict[str, Schema]:
    """What refuses the request, by names that begin with the status; many routes refuse alike."""
    by_status: dict[int, set[type[AppError]]] = defaultdict(set)
    for error in {*_on_the_way(route), *reading.errors}:
        by_status[error.status].add(error)
    return dict(_refusal(status, errors) for status, errors in sorted(by_status.items()))


def _refusal(status: int, errors: set[type[AppError]]) -> tuple[str, Schema]:
    known = sorted(errors, key=lambda error: error.code)
    told = [f"- `{error.code}`: {(inspect.getdoc(error) or '').partition(chr(10))[0]}" for error in known]
    codes = {"properties": {"error": {"properties": {"code": {"enum": [error.code for error in known]}}}}}
    schema = {"allOf": [{"$ref": "#/components/schemas/Error"}, codes]}
    name = "-".join([str(int(status)), *(error.code for error in known)])
    return name, {"description": "\n".join(told), "content": {_JSON: {"schema": schema}}}


def _on_the_way(route: Route) -> Iterator[type[AppError]]:
    """What refuses any request of the kind before or behind its handler; see `ganger/app.py`."""
    yield from (BadRequest, HeadersTooLarge, RateLimited, InternalError, Unavailable, DatabaseError)
    if _PARAMETER.search(route.path):  # a segment that holds a slash makes another address of it
        yield from (NotFound, MethodNotAllowed)
    permission = route.permission
    if permission.role is not None:
        yield from (Unauthenticated, Forbidden)
    if permission.is_administration:
        yield AddressRefused
    if permission.needs_step_up:
        yield StepUpRequired
    if route.method not in SAFE_METHODS:
        yield CrossOrigin


def _answered(route: Route) -> Any:
    """What the handler says that it answers as JSON; None if it does not say."""
    code = Code.of(route.handler)
    returned = code.returned if code else None
    choices = get_args(returned) if get_origin(returned) in (Union, UnionType) else (returned,)
    found = [get_args(each)[0] for each in choices if get_origin(each) is Json]
    return found[0] if found else None


def _kept(named: dict[str, Schema], used: list[Schema]) -> dict[str, Schema]:
    """The schemas that something refers to; those of queries have become parameters."""
    kept: set[str] = set()
    wanted = referred(used) & named.keys()
    while wanted - kept:
        kept |= wanted
        wanted = referred(named[name] for name in kept)
    return {name: schema for name, schema in sorted(named.items()) if name in kept}
