"""The runtime's Cache API as a shelf."""

import js
from pyodide.ffi import JsException, to_js

from ganger.cache import Cache, Counts
from ganger.log import log

COUNTS = Counts()  # of this isolate


class RuntimeShelf:
    """The default cache of the data center; without it nothing is kept, and everything still works."""

    async def get(self, key: str) -> bytes | None:
        try:
            found = await js.caches.default.match(key)
            content: bytes | None = (await found.arrayBuffer()).to_bytes() if found else None
        except JsException:
            log("warning", "cache not read")
            return None
        return content

    async def put(self, key: str, value: bytes, seconds: int) -> None:
        headers = js.Headers.new(to_js([["cache-control", f"max-age={seconds}"]]))
        try:
            await js.caches.default.put(key, js.Response.new(to_js(value), headers=headers))
        except JsException:
            log("warning", "cache not written")


def bound_cache(environment: str, worker: str) -> Cache:
    """The cache of the worker of this name; the environments of a zone share the data center's."""
    return Cache(RuntimeShelf(), f"{environment}/{worker}", COUNTS)
