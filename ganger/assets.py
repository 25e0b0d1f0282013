"""Files that the build put beside a worker, as its handlers read them.

`ganger.assets_edge` is the implementation on the runtime's static assets.
"""

from typing import Protocol

# Whatever lies below this path no browser is given: the worker answers for it, and knows no such route.
PRIVATE = "/_private"
DESCRIPTION = f"{PRIVATE}/openapi.json"  # what tools/openapi made of the worker's API


class Assets(Protocol):
    """The files beside one worker."""

    async def read(self, path: str) -> bytes:
        """The content of a file.

        Raises:
            Unavailable: it is not there.
        """
        ...
