"""What a handler takes, answers and refuses, read from its source and from all of ours that it may call.

Nobody has to write it down a second time: a body is what `ctx.parse` is given, a query what `ctx.query` is,
an error whatever is made anywhere on the way, even where a rule keeps it from being met.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from http import HTTPStatus

from ganger.context import Context
from ganger.db import Database, DatabaseError
from ganger.errors import AppError, ValidationFailed
from ganger.http import HTML, Request, Response
from ganger.multipart import read_posted
from ganger.objects import FilesUnavailable, Objects
from tools.openapi.names import UNKNOWN, Code, Names, Of
from tools.paths import ROOT

# What lies outside of the code that can be read: a binding, and how it fails.
_OUTSIDE = {Database: DatabaseError, Objects: FilesUnavailable}
ANY_TYPE = "*/*"


class OpenApiProblem(Exception):
    """A handler cannot be described."""


@dataclass
class Reading:
    """What was found out about one handler."""

    bodies: list[type] = field(default_factory=list)
    takes_files: bool = False
    queries: list[tuple[type, frozenset[str]]] = field(default_factory=list)  # a record, and its lists
    headers: set[str] = field(default_factory=set)
    json_statuses: set[int] = field(default_factory=set)
    others: set[tuple[int, str | None]] = field(default_factory=set)  # status and media type
    errors: set[type[AppError]] = field(default_factory=set)


def read_handler(handler: object) -> Reading:
    """Read a handler and all that it may call.

    Raises:
        OpenApiProblem: it parses something whose record cannot be told.
    """
    code = Code.of(handler)
    if code is None:
        raise OpenApiProblem(f"{handler!r} is no function.")
    reader = _Reader()
    reader.read(code)
    return reader.found


class _Reader:
    def __init__(self) -> None:
        self.found = Reading()
        self._seen: set[Code] = set()

    def read(self, code: Code) -> None:
        if code in self._seen or not _is_ours(code):
            return
        self._seen.add(code)
        names = Names.of(code)
        for node in ast.walk(code.node) if code.node else ():
            if isinstance(node, ast.Call):
                self._call(names, node)
            elif isinstance(node, ast.Name | ast.Attribute):
                for other in _codes(names.value(node)):
                    self.read(other)

    def _call(self, names: Names, call: ast.Call) -> None:
        callee = names.value(call.func)
        code = Code.of(callee)
        if isinstance(callee, type):
            self._made(names, callee, call)
        elif code is not None:
            self._called(names, code, call)
        elif _is_header_asked(names, call):
            self.found.headers.add(str(names.value(call.args[0])))

    def _made(self, names: Names, cls: type, call: ast.Call) -> None:
        if issubclass(cls, AppError):
            self.found.errors.add(cls)
        elif issubclass(cls, Response):
            status = next(iter(_statuses(keyword.value for keyword in call.keywords)), HTTPStatus.OK.value)
            headers = next((each.value for each in call.keywords if each.arg == "headers"), None)
            is_empty = headers is None and not call.args
            self.found.others.add((status, None if is_empty else _media_type(names, headers)))

    def _called(self, names: Names, code: Code, call: ast.Call) -> None:
        function, found = code.function, self.found
        if code.owner is not None:
            found.errors |= {error for kind, error in _OUTSIDE.items() if code.owner.cls is kind}
        found.takes_files |= function is read_posted
        if function in (Context.parse, Context.query, Context.form):
            found.errors.add(ValidationFailed)
        if function is Context.parse:
            found.bodies.append(_record(names, call))
        elif function is Context.query:
            found.queries.append((_record(names, call), _lists(names, call)))
        self._answered(function, code, call)

    def _answered(self, function: object, code: Code, call: ast.Call) -> None:
        found = self.found
        if function is Context.page:
            found.others.add((HTTPStatus.OK.value, HTML))
        elif function is Context.json:
            told = call.args[1:] + [each.value for each in call.keywords]
            found.json_statuses |= set(_statuses(told)) if told else {HTTPStatus.OK.value}
        elif "Json[" in str(code.returned):
            found.json_statuses |= set(_statuses([*call.args, *(each.value for each in call.keywords)]))


def _is_ours(code: Code) -> bool:
    file = code.function.__code__.co_filename
    return file.startswith(str(ROOT)) and "site-packages" not in file


def _codes(value: object) -> Iterator[Code]:
    """The code that a name may lead to: a function, or the functions of a table."""
    values = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else (value,)
    passed_by = (Context.json, Context.page)
    for each in values:
        code = Code.of(each)
        if code is not None and code.function not in passed_by:
            yield code


def _record(names: Names, call: ast.Call) -> type:
    value = names.value(call.args[0])
    if not isinstance(value, type):
        place = f"{names.code.function.__module__}, line {call.lineno}"
        raise OpenApiProblem(f"{place}: nobody can tell which record this is.")
    return value


def _lists(names: Names, call: ast.Call) -> frozenset[str]:
    found: set[str] = set()
    for argument in call.args[1:]:
        value = names.value(argument.value if isinstance(argument, ast.Starred) else argument)
        found |= {value} if isinstance(value, str) else set(value) if isinstance(value, tuple) else set()
    return frozenset(found)


def _statuses(nodes: "Iterator[ast.expr] | list[ast.expr]") -> Iterator[int]:
    """The statuses named in expressions that are no errors."""
    for node in nodes:
        for part in ast.walk(node):
            if isinstance(part, ast.Attribute) and part.attr in HTTPStatus.__members__:
                status = HTTPStatus[part.attr].value
                if status < HTTPStatus.BAD_REQUEST:
                    yield status


def _media_type(names: Names, headers: ast.expr | None) -> str:
    if isinstance(headers, ast.Name):
        headers = _assigned(names.code.node, headers.id)
    if isinstance(headers, ast.Dict):
        for key, value in zip(headers.keys, headers.values, strict=True):
            if isinstance(key, ast.Constant) and key.value == "content-type":
                told = names.value(value)
                return told if isinstance(told, str) else ANY_TYPE
    return ANY_TYPE


def _assigned(function: ast.AST | None, name: str) -> ast.expr | None:
    for node in ast.walk(function) if function else ():
        if isinstance(node, ast.Assign) and any(
            isinstance(target, ast.Name) and target.id == name for target in node.targets
        ):
            return node.value
    return None


def _is_header_asked(names: Names, call: ast.Call) -> bool:
    """Whether an app reads a header of the request by itself."""
    match call.func:
        case ast.Attribute(attr="get", value=ast.Attribute(attr="headers", value=request)):
            is_app = not names.code.function.__module__.startswith("ganger.")
            return is_app and names.value(request) == Of(Request) and names.value(call.args[0]) is not UNKNOWN
    return False
