"""Cloudflare R2 as Objects."""

import asyncio
from collections.abc import Sequence
from typing import Any

import js
from pyodide.ffi import JsException, jsnull, to_js

from ganger.objects import FilesUnavailable, OpenObject

_FINDS_WITHIN_S = 8.0  # how long a whole file takes is a matter of its size


class R2Objects:
    """The FILES binding of a worker."""

    def __init__(self, bucket: Any) -> None:
        self._bucket = bucket

    async def put(self, key: str, content: bytes, media_type: str) -> None:
        """See `Objects`."""
        options = to_js({"httpMetadata": {"contentType": media_type}}, dict_converter=js.Object.fromEntries)
        try:
            await self._bucket.put(key, to_js(content), options)
        except JsException as error:
            raise _away() from error

    async def open(self, key: str) -> OpenObject:
        """See `Objects`."""
        found = await self._found(key)
        return OpenObject(found.body, int(found.size))

    async def read(self, key: str) -> bytes:
        """See `Objects`."""
        found = await self._found(key)
        try:
            content: bytes = (await found.arrayBuffer()).to_bytes()
        except JsException as error:
            raise _away() from error
        return content

    async def delete(self, keys: Sequence[str]) -> None:
        """See `Objects`."""
        try:
            await self._bucket.delete(to_js(list(keys)))
        except JsException as error:
            raise _away() from error

    async def _found(self, key: str) -> Any:
        try:
            async with asyncio.timeout(_FINDS_WITHIN_S):
                found = await self._bucket.get(key)
        except (JsException, TimeoutError) as error:
            raise _away() from error
        if found is None or found is jsnull:
            raise FilesUnavailable("The file is not there.")
        return found


def _away() -> FilesUnavailable:
    return FilesUnavailable("Files are away. Try again in a minute.")
