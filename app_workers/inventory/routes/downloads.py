"""Answers as files for spreadsheets: counted by the limit of exports, and audited before they are sent."""

from collections.abc import Iterable, Sequence

from app_workers.inventory.models.downloads import MAX_LINES
from app_workers.inventory.store.downloads import note_download
from ganger.context import Context
from ganger.errors import ValidationFailed
from ganger.http import File
from ganger.ratelimit import Asked, Tier, refuse_too_many
from ganger.scope import Scope
from ganger.spreadsheets import CSV, csv_text
from ganger.uploads import as_attachment

Cells = Sequence[str | int | None]


async def count_download(ctx: Context) -> None:
    """Count the request as an export. A route has one tier, and this one answers programs with JSON too.

    Raises:
        RateLimited: the person has used up the limit.
    """
    if ctx.services.limiter is not None:
        asked = Asked(ctx.worker.kind, ctx.request.method, ctx.user.id, "", Tier.EXPORT)
        await refuse_too_many(ctx.services.limiter, asked)


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
