"""When a review passes, and when a component has to be reviewed again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from app_workers.showcase.errors import NotesRequired, VersionOutdated
from app_workers.showcase.models import Checks, NewReview, Outcome, Result, Review, Standing
from ganger.clock import clinic_date, clinic_time
from ganger.errors import AppError, ValidationFailed
from ganger.notifications import MAX_TITLE

LASTS = timedelta(days=180)
_MONDAY = 0
_LIST_TIME = time(8)


@dataclass(frozen=True, slots=True)
class ReviewState:
    """How a component stands, and why it is due: never, outdated or expired."""

    standing: Standing
    reason: str = ""

    @property
    def words(self) -> str:
        """As pages and programs say it: "due (expired)"."""
        return f"{self.standing} ({self.reason})" if self.reason else self.standing


def result_of(checks: Checks) -> Result:
    """Fail if any check failed, else pass.

    Raises:
        ValidationFailed: every check is na, so that nothing was judged.
    """
    outcomes = {Outcome(value) for value in checks.plain().values()}
    if outcomes == {Outcome.NA}:
        raise ValidationFailed({"checks": "must judge at least one thing"})
    return Result.FAILED if Outcome.FAILED in outcomes else Result.PASSED


def review_problem(asked: NewReview, result: Result, version: str) -> AppError | None:
    """Why a review is not recorded.

    Args:
        version: the one that the component has now.
    """
    if asked.version != version:
        return VersionOutdated("The component has changed since it was reviewed.", current=version)
    if result is Result.FAILED and not (asked.notes or "").strip():
        return NotesRequired("Say in the notes what failed.", field="notes")
    return None


def state_of(version: str, newest: Review | None, today: date) -> ReviewState:
    """How a component of this version stands.

    Args:
        newest: its newest review.
        today: at the clinics; a pass still counts on its 180th day.
    """
    if newest is None:
        return ReviewState(Standing.DUE, "never")
    if newest.result is Result.FAILED:
        return ReviewState(Standing.FAILED)
    if newest.version != version:
        return ReviewState(Standing.DUE, "outdated")
    if today - clinic_date(datetime.fromisoformat(newest.created_at)) > LASTS:
        return ReviewState(Standing.DUE, "expired")
    return ReviewState(Standing.CURRENT)


def is_list_time(at: datetime) -> bool:
    """Whether it is eight o'clock on a Monday at the clinics."""
    return clinic_time(at) == _LIST_TIME and clinic_date(at).weekday() == _MONDAY


def list_title(failed: Iterable[str], due: Iterable[str]) -> str:
    """What the Monday's notification says; empty when nothing is open.

    Args:
        failed: titles of components whose newest review failed.
        due: titles of those that are due.
    """
    groups = (("failed", [*failed]), ("due", [*due]))
    full = [f"{len(names)} {word} ({', '.join(names)})" for word, names in groups if names]
    brief = [f"{len(names)} {word}" for word, names in groups if names]
    if not full:
        return ""
    title = f"Component reviews: {'; '.join(full)}"
    return title if len(title) <= MAX_TITLE else f"Component reviews: {'; '.join(brief)}"
