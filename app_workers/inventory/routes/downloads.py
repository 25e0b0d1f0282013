"""Answers as files for spreadsheets, audited before they are sent."""

from collections.abc import Iterable, Sequence

from app_workers.inventory.store.downloads import note_download
from ganger.context import Context
from ganger.downloads import MAX_LINES
from ganger.errors import ValidationFailed
from ganger.http import File
from ganger.scope import Scope
from ganger.spreadsheets import CSV, csv_text
from ganger.uploads import as_attachment

Cells = Sequence[str | int | None]


async def csv_file(
    ctx: Context, scope: Scope, name: str, header: Sequence[str], rows: Iterable[Cells]
) -> File:
    """The file, once the audit log says who takes it.

    Raises:
        ValidationFailed: it would have more than MAX_LINES lines.
    """
    lines = list(rows)
    if len(lines) > MAX_LINES:
        raise ValidationFailed({"format": f"leaves more than {MAX_LINES} lines; filter for fewer"})
    await note_download(ctx.db, scope, ctx.actor, name, len(lines))
    disposition = as_attachment(f"{name} {ctx.today}.csv")
    return File(csv_text(header, lines), headers={"content-type": CSV, "content-disposition": disposition})


def dollars(cents: int) -> str:
    """An amount of at least 0 as spreadsheets take it, such as 12.50."""
    return f"{cents // 100}.{cents % 100:02}"
