"""Downloads, written down in the audit log before anything is sent."""

from ganger.audit import Actor, audit_row
from ganger.db import Database
from ganger.scope import Scope


async def note_download(db: Database, scope: Scope, actor: Actor, name: str, count: int) -> None:
    """Write down that the person takes so many lines of what `name` says, at which locations."""
    fields = {"lines": count, "location_ids": list(scope.location_ids)}
    await db.batch([audit_row(actor, "inventory:download", "inventory_file", name, None, fields)])
