"""Files as the apps see them: objects under keys, outside of the database.

`ganger.r2` is the implementation on Cloudflare R2. Which objects there are is what the rows of
`file_uploads` say: a row is written before its object and removed after it, so that nothing is ever kept
that no row knows of.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from ganger.errors import Unavailable


class FilesUnavailable(Unavailable):
    """The store of files did not answer, or lacks a file that it should have."""

    code = "FILES_UNAVAILABLE"


@dataclass(frozen=True, slots=True)
class OpenObject:
    """An object to be read once: `stream` is the runtime's own, for `Response.stream`."""

    stream: object
    size_bytes: int


class Objects(Protocol):
    """The files of a worker."""

    async def put(self, key: str, content: bytes, media_type: str) -> None:
        """Keep an object.

        Raises:
            FilesUnavailable: it is not kept.
        """
        ...

    async def open(self, key: str) -> OpenObject:
        """Open an object.

        Raises:
            FilesUnavailable: it is not there.
        """
        ...

    async def read(self, key: str) -> bytes:
        """The whole of an object, for one that is small.

        Raises:
            FilesUnavailable: it is not there.
        """
        ...

    async def delete(self, keys: Sequence[str]) -> None:
        """Remove objects; one that is not there is no error.

        Raises:
            FilesUnavailable: they may still be there.
        """
        ...
