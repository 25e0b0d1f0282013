"""The runtime's requests and responses as our values, and back. Standard library and runtime only.

What crosses between the two languages does so in few pieces: status and headers as one JSON text, a page as
bytes, for a text goes over letter by letter.
"""

import json
from typing import Any

import js
from pyodide.ffi import to_js

from ganger.http import Request, Response


def read_request(js_request: Any) -> Request:
    """The runtime's request as a value; its body stays unread."""
    host, path, query = split_url(js_request.url)
    headers = js.Object.fromEntries(js_request.headers).to_py()

    async def read_body(limit: int) -> bytes:
        if js_request.body and "content-length" not in headers:
            return await _read_at_most(js_request.body, limit)
        content: bytes = (await js_request.arrayBuffer()).to_bytes()
        return content

    return Request(js_request.method, path, query, headers, read_body, host)


def write_response(response: Response) -> Any:
    """A value as the runtime's response."""
    if response.upgrade is not None:
        return response.upgrade
    headers: object = response.headers
    if response.cookies:  # a name that stands more than once
        headers = [*response.headers.items(), *(("set-cookie", cookie) for cookie in response.cookies)]
    init = js.JSON.parse(json.dumps({"status": response.status.value, "headers": headers}))
    return js.Response.new(_body(response), init)


def _body(response: Response) -> Any:
    if response.stream is not None:
        return response.stream
    body = response.body
    return to_js(body.encode() if isinstance(body, str) else body) if body else None


async def _read_at_most(stream: Any, limit: int) -> bytes:
    """The bytes of a stream that does not say how long it is; past the limit the rest is left unread."""
    reader = stream.getReader()
    content = bytearray()
    while len(content) <= limit:
        chunk = await reader.read()
        if chunk.done:
            return bytes(content)
        content += chunk.value.to_bytes()
    await reader.cancel()
    return bytes(content)


def split_url(url: str) -> tuple[str, str, str]:
    """Host (with its port), path and query of an absolute URL that the runtime has normalised."""
    _, _, rest = url.partition("://")
    host, slash, place = rest.partition("/")
    path, _, query = (slash + place).partition("?")
    return host, path, query
