"""The files of packets: where each is kept."""

from ganger.db import Database
from ganger.errors import NotFound
from ganger.scope import Scope

_KEY = "SELECT object_key FROM file_uploads WHERE id = ? AND location_id IN ({marks})"


async def object_key_of(db: Database, scope: Scope, upload_id: str) -> str:
    """Under which key a file at a location in scope is kept.

    Raises:
        NotFound: there is none.
    """
    row = await db.row(_KEY.format(marks=scope.marks), upload_id, *scope.location_ids)
    if row is None:
        raise NotFound("There is no such file.")
    return str(row["object_key"])
