"""The runtime's static assets as Assets."""

from typing import Any

from pyodide.ffi import JsException

from ganger.errors import Unavailable


class BoundAssets:
    """The ASSETS binding of a worker."""

    def __init__(self, binding: Any) -> None:
        self._binding = binding

    async def read(self, path: str) -> bytes:
        """See `Assets`."""
        try:
            answer = await self._binding.fetch(f"https://assets.invalid{path}")
            content: bytes | None = (await answer.arrayBuffer()).to_bytes() if answer.ok else None
        except JsException as error:
            raise _away() from error
        if content is None:
            raise _away()
        return content


def _away() -> Unavailable:
    return Unavailable("A part of this worker is missing.")
