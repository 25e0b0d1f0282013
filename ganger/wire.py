"""The runtime's requests and responses as our values, and back. Standard library and runtime only."""

from typing import Any

import js
from pyodide.ffi import to_js

from ganger.http import Request, Response


def read_request(js_request: Any) -> Request:
    """The runtime's request as a value; its body stays unread."""
    path, query = split_url(js_request.url)
    headers = js.Object.fromEntries(js_request.headers).to_py()

    async def read_body() -> bytes:
        content: bytes = (await js_request.arrayBuffer()).to_bytes()
        return content

    return Request(js_request.method, path, query, headers, read_body)


def write_response(response: Response) -> Any:
    """A value as the runtime's response."""
    headers = js.Headers.new(to_js(list(response.headers.items())))
    for cookie in response.cookies:
        headers.append("set-cookie", cookie)
    body = response.body if isinstance(response.body, str) else to_js(response.body)
    return js.Response.new(body or None, status=response.status.value, headers=headers)


def split_url(url: str) -> tuple[str, str]:
    """Path and query of an absolute URL that the runtime has normalised."""
    _, _, rest = url.partition("://")
    path, _, query = rest[rest.find("/") :].partition("?")
    return path, query
