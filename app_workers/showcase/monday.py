"""Monday's list: who may review is told which components are due and which failed."""

from datetime import datetime

from app_workers.showcase.domain.catalogue import MANIFESTS, entries
from app_workers.showcase.domain.reviews import list_title
from app_workers.showcase.models import Standing
from app_workers.showcase.store import list_statement, newest_reviews
from ganger.clock import clinic_date
from ganger.db import Database
from ganger.log import log


async def send_list(db: Database, at: datetime, link: str) -> None:
    """Notify whoever may review, if anything is due or failed; a second run of the same Monday adds nothing.

    Args:
        link: where the list is seen.
    """
    listed = entries(await newest_reviews(db, MANIFESTS), clinic_date(at))
    failed, due = (
        [entry.manifest.title for entry in listed if entry.state.standing is standing]
        for standing in (Standing.FAILED, Standing.DUE)
    )
    title = list_title(failed, due)
    if title:
        await db.batch([list_statement(at, title, link)])
    log("info", "reviews listed", count=len(failed) + len(due))
