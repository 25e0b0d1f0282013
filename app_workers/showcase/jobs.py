"""What the showcase does by the clock: Monday's list of components to review."""

from app_workers.showcase.domain.catalogue import MANIFESTS, entries
from app_workers.showcase.domain.reviews import is_list_time, list_title
from app_workers.showcase.models import Standing
from app_workers.showcase.store import list_statement, newest_reviews
from ganger.clock import clinic_date
from ganger.jobs import Job, Run
from ganger.log import log

_LIST = "/showcase/reviews"


async def send_list(run: Run) -> None:
    """Notify whoever may review of what is due or failed; a second run on the same Monday adds nothing."""
    listed = entries(await newest_reviews(run.db, MANIFESTS), clinic_date(run.at))
    failed, due = (
        [entry.manifest.title for entry in listed if entry.state.standing is standing]
        for standing in (Standing.FAILED, Standing.DUE)
    )
    title = list_title(failed, due)
    if title:
        await run.db.batch([list_statement(run.at, title, _LIST)])
    log("info", "reviews listed", count=len(failed) + len(due))


JOBS = (Job("list-reviews", is_list_time, send_list),)
