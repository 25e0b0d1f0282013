"""Counts: what needs approval, who may decide it, and when a session may go on."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from app_workers.inventory.errors import (
    CountIncomplete,
    CountNotReady,
    CountStale,
)
from app_workers.inventory.models.counts import (
    CountDecision,
    CountEntry,
    CountSession,
    CountStatus,
    CountType,
    EntryDecision,
    EntryStatus,
    NewCount,
)
from app_workers.inventory.models.settings import Settings
from ganger.errors import AppError, Forbidden, InvalidTransition, NotFound, SelfApproval, ValidationFailed

LEFT_AFTER = timedelta(hours=24)  # without a scan a spot count is ended

_AWAITED = (EntryStatus.PENDING, EntryStatus.RECOUNT)
_READY = (EntryStatus.AUTO_APPROVED, EntryStatus.APPROVED)
_OPEN = (CountStatus.IN_PROGRESS, CountStatus.SUBMITTED)


def plan_problem(asked: NewCount) -> ValidationFailed | None:
    """What is wrong with a session to start: a cycle count names categories, and no other does."""
    if asked.count_type is CountType.CYCLE and not asked.categories:
        return ValidationFailed({"categories": "must be chosen for a cycle count"})
    if asked.count_type is not CountType.CYCLE and asked.categories is not None:
        return ValidationFailed({"categories": "are chosen for a cycle count only"})
    return None


def is_within(settings: Settings, entry: CountEntry) -> bool:
    """Whether the difference of a counted entry needs nobody's approval.

    Controlled items are always looked at, unless there is no difference.
    """
    expected, variance = entry.expected_quantity or 0, entry.variance or 0
    units = max(settings.count_tolerance_units, expected * settings.count_tolerance_percent // 100)
    cents = abs(variance * entry.unit_cost_cents)
    is_small = abs(variance) <= units and cents <= settings.count_tolerance_cents
    return variance == 0 or (is_small and not entry.is_controlled)


def judged(entries: Iterable[CountEntry], settings: Settings) -> dict[str, EntryStatus]:
    """The new status of each entry, by id, when a session is submitted.

    What was counted is judged, what was not is skipped, and what was judged before stays as it is.
    """
    found = {}
    for entry in entries:
        if entry.status is EntryStatus.COUNTED:
            within = is_within(settings, entry)
            found[entry.id] = EntryStatus.AUTO_APPROVED if within else EntryStatus.NEEDS_APPROVAL
        elif entry.status in _AWAITED:
            found[entry.id] = EntryStatus.SKIPPED
    return found


def scan_problem(session: CountSession) -> InvalidTransition | None:
    """Why nothing can be scanned into a session."""
    return None if session.status is CountStatus.IN_PROGRESS else _not_from(session)


def submit_problem(
    session: CountSession, entries: Sequence[CountEntry], *, allow_missing: bool, may_review: bool
) -> AppError | None:
    """Why a session cannot be submitted yet."""
    if session.status is not CountStatus.IN_PROGRESS:
        return _not_from(session)
    missing = sum(entry.status in _AWAITED for entry in entries)
    if missing == len(entries):
        return CountIncomplete("Nothing has been counted yet.", missing=missing)
    if missing and not allow_missing:
        noun = "entry is" if missing == 1 else "entries are"
        return CountIncomplete(f"{missing:,} {noun} not counted yet.", missing=missing)
    if missing and not may_review:
        return Forbidden("Only who reviews counts may leave entries out.")
    return None


def decision_problem(
    session: CountSession,
    entries: Sequence[CountEntry],
    decisions: Sequence[EntryDecision],
    person_id: str,
    *,
    may_approve_own: bool,
) -> AppError | None:
    """Why these decisions cannot be taken."""
    if session.status is not CountStatus.SUBMITTED:
        return _not_from(session)
    by_id = {entry.id: entry for entry in entries}
    asked = [decision.entry_id for decision in decisions]
    if len(set(asked)) < len(asked):
        return ValidationFailed({"decisions": "must be about different entries"})
    for decision in decisions:
        entry = by_id.get(decision.entry_id)
        if entry is None:
            return NotFound("There is no such entry in this count.")
        if entry.status is not EntryStatus.NEEDS_APPROVAL:
            return InvalidTransition("This entry waits for no decision.", status=entry.status.value)
        is_own = person_id in entry.counters
        if decision.decision is CountDecision.APPROVED and is_own and not may_approve_own:
            return SelfApproval("Whoever counted an entry may not approve it.", entry_id=entry.id)
    return None


def status_after(decisions: Iterable[EntryDecision]) -> CountStatus:
    """Where a submitted session goes: back to be counted, if anything is to be counted again."""
    is_again = any(decision.decision is CountDecision.RECOUNT for decision in decisions)
    return CountStatus.IN_PROGRESS if is_again else CountStatus.SUBMITTED


def post_problem(session: CountSession, entries: Sequence[CountEntry]) -> AppError | None:
    """Why a session cannot be posted: it is not submitted, something is undecided, or stock is too low."""
    if session.status is not CountStatus.SUBMITTED:
        return _not_from(session)
    undecided = sum(entry.status not in (*_READY, EntryStatus.SKIPPED) for entry in entries)
    if undecided:
        return CountNotReady("Some differences are not decided yet.", undecided=undecided)
    stale = [entry for entry in differences(entries) if (entry.on_hand or 0) + (entry.variance or 0) < 0]
    if not stale:
        return None
    names = ", ".join(entry.item_name for entry in stale)
    return CountStale(
        f"Less than nothing would be left of {names}. Count this again.",
        entries=[
            {"entry_id": each.id, "item_id": each.item_id, "on_hand": each.on_hand, "variance": each.variance}
            for each in stale
        ],
    )


def differences(entries: Iterable[CountEntry]) -> list[CountEntry]:
    """The entries whose difference is booked when their session is posted."""
    return [entry for entry in entries if entry.status in _READY and entry.variance]


def value_cents(entries: Iterable[CountEntry]) -> int:
    """What the differences are worth at the items' present cost; negative where something is missing."""
    return sum((entry.variance or 0) * entry.unit_cost_cents for entry in entries)


def cancel_problem(session: CountSession, person_id: str, *, may_review: bool) -> AppError | None:
    """Why a person cannot end a session without posting it."""
    if session.status not in _OPEN:
        return _not_from(session)
    if person_id != session.started_by and not may_review:
        return Forbidden("Only who started a count or reviews counts may cancel it.")
    return None


def shows_expected(session: CountSession, *, may_review: bool) -> bool:
    """Whether a person may see what was expected: nobody while it is counted, then who reviews it."""
    return session.status is CountStatus.POSTED or (
        may_review and session.status is not CountStatus.IN_PROGRESS
    )


def blind(entry: CountEntry) -> CountEntry:
    """The entry without what would tell a counter the expected quantity."""
    return entry.model_copy(update={"expected_quantity": None, "variance": None, "on_hand": None})


def _not_from(session: CountSession) -> InvalidTransition:
    stands = {
        CountStatus.IN_PROGRESS: "is still being counted",
        CountStatus.SUBMITTED: "is submitted already",
        CountStatus.POSTED: "is posted already",
        CountStatus.CANCELLED: "was cancelled",
    }[session.status]
    return InvalidTransition(f"This count {stands}.", status=session.status.value)
