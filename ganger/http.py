"""Requests and responses as plain values, so that handlers run under CPython too.

`ganger.edge` makes a Request from the runtime's object and the runtime's object from a Response;
nothing else touches the runtime's HTTP types.
"""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Generic, Protocol, TypeVar, runtime_checkable
from urllib.parse import parse_qsl

from ganger.errors import BadRequest, PayloadTooLarge, UnsupportedMediaType
from ganger.text import UnsafeJson, UnsafeText, read_json, safe_line

MAX_BODY_BYTES = 1_048_576  # JSON and form bodies; a route that takes files says how much it takes

HTML = "text/html; charset=utf-8"
JSON = "application/json; charset=utf-8"
FORM = "application/x-www-form-urlencoded"
_MAX_QUERY_FIELDS = 100
_MAX_FORM_FIELDS = 500
_MOST_DIGITS = 18  # of a length; int() takes no number of thousands of them

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


@runtime_checkable
class SupportsPlain(Protocol):
    """A record that can tell itself as JSON values."""

    def plain(self) -> object:
        """The JSON values."""
        ...


# Reads the body, or more than so many bytes of one that is longer.
BodyReader = Callable[[int], Awaitable[bytes]]


async def no_body(_limit: int) -> bytes:
    """The reader of a request that brings no body."""
    return b""


@dataclass(frozen=True, slots=True)
class Request:
    """One request. Header names are lower case; `path` is still percent-encoded.

    `host` is that of the URL, with its port if it has one.
    """

    method: str
    path: str
    query_string: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    read_body: BodyReader = no_body
    host: str = ""

    @property
    def target(self) -> str:
        """Path and query as they stand in the address."""
        return f"{self.path}?{self.query_string}" if self.query_string else self.path

    @property
    def is_ahead(self) -> bool:
        """Whether the browser fetches the page before anybody asked for it (prefetch or prerender)."""
        return "prefetch" in self.headers.get("sec-purpose", "")

    @property
    def query(self) -> dict[str, str]:
        """Query parameters; of one given twice, the last holds. It raises as `query_pairs` does."""
        return dict(self.query_pairs)

    @property
    def query_pairs(self) -> list[tuple[str, str]]:
        """Query parameters in their order, also those given twice.

        Raises:
            BadRequest: one holds a control character or is not UTF-8, or there are too many.
        """
        try:
            pairs = parse_qsl(
                self.query_string, keep_blank_values=True, errors="strict", max_num_fields=_MAX_QUERY_FIELDS
            )
            return [(safe_line(name), safe_line(value)) for name, value in pairs]
        except (UnsafeText, ValueError) as error:
            raise BadRequest("The address holds something that it cannot.") from error

    @property
    def cookies(self) -> dict[str, str]:
        """Cookies by name."""
        pairs = (part.strip().partition("=") for part in self.headers.get("cookie", "").split(";"))
        return {name: value for name, separator, value in pairs if separator}

    @property
    def content_type(self) -> str:
        """The media type of the body without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    async def body(self, limit: int = MAX_BODY_BYTES) -> bytes:
        """The whole body.

        Raises:
            PayloadTooLarge: it has more bytes than the limit.
        """
        length = self.headers.get("content-length", "0")
        if not length.isdecimal() or len(length) > _MOST_DIGITS:
            raise BadRequest("The length of the body is not a number.")
        if int(length) > limit:
            raise _too_large(limit)
        content = await self.read_body(limit)
        if len(content) > limit:
            raise _too_large(limit)
        return content

    async def json(self) -> object:
        """The body as JSON.

        Raises:
            UnsupportedMediaType: it says that it is something else.
            BadRequest: it is not JSON, is nested too deep or names a member twice.
        """
        if self.content_type != "application/json":
            raise UnsupportedMediaType("Send JSON with the content type application/json.")
        try:
            return read_json(await self.body())
        except UnsafeJson as error:
            raise BadRequest("The body is not valid JSON.") from error

    async def form(self) -> dict[str, str]:
        """The fields of a posted form; of one given twice, the last holds. It raises as `form_pairs` does."""
        return dict(await self.form_pairs())

    async def form_pairs(self) -> list[tuple[str, str]]:
        """The fields of a posted form in their order, also those given twice.

        Raises:
            UnsupportedMediaType: the body is not a URL-encoded form.
            BadRequest: it is not valid text.
        """
        if self.content_type != FORM:
            raise UnsupportedMediaType(f"Send the form with the content type {FORM}.")
        try:
            text = (await self.body()).decode()
            return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MAX_FORM_FIELDS)
        except ValueError as error:
            raise BadRequest("The form is not valid.") from error


@dataclass(frozen=True, slots=True)
class Response:
    """One answer. A `Set-Cookie` header may stand more than once, so cookies are kept apart.

    `stream` is the runtime's own stream, which takes the place of `body` and goes out unread. `upgrade` is
    the runtime's own answer that carries a WebSocket; it goes back as it came.
    """

    body: str | bytes = b""
    status: HTTPStatus = HTTPStatus.OK
    headers: dict[str, str] = field(default_factory=dict)
    cookies: tuple[str, ...] = ()
    stream: object = None
    upgrade: object = None


T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Json(Response, Generic[T_co]):
    """An answer whose body is the JSON of a T_co.

    A handler that says so in its signature is held to it by the type checker, and the description of the API
    (tools/openapi) has it from there.
    """

    __slots__ = ()


class File(Response):
    """An answer that is no JSON and no page, so that a handler can say that it answers either."""

    __slots__ = ()


def json_response(value: T, status: HTTPStatus = HTTPStatus.OK) -> Json[T]:
    """An answer with a JSON body of JSON values and records."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain)
    return Json(body, status, {"content-type": JSON})


def html_response(markup: str, status: HTTPStatus = HTTPStatus.OK) -> Response:
    """An answer with a page."""
    return Response(markup, status, {"content-type": HTML})


def see_other(location: str, cookies: tuple[str, ...] = ()) -> Response:
    """The answer to a posted form: look there with GET."""
    return Response(status=HTTPStatus.SEE_OTHER, headers={"location": location}, cookies=cookies)


def is_upgrade(request: Request) -> bool:
    """Whether the request wants to become a WebSocket."""
    return request.headers.get("upgrade", "").lower() == "websocket"


def wants_json(request: Request) -> bool:
    """Whether the answer goes to a program rather than to a person."""
    return "/api/" in request.path or "text/html" not in request.headers.get("accept", "")


def _plain(value: object) -> object:
    if isinstance(value, SupportsPlain):
        return value.plain()
    raise TypeError(f"{type(value).__name__} is neither a JSON value nor a record")


def _too_large(limit: int) -> PayloadTooLarge:
    return PayloadTooLarge("The body is too large.", max_bytes=limit)
