"""Which apps the launcher shows to whom, in what state, and which of them first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app_workers.management.errors import TooManyPins
from app_workers.management.models.apps import AppState
from ganger.errors import AppError, ValidationFailed
from ganger.identity import Person
from ganger.permissions import Role, is_shown
from ganger.platform import WorkerInfo

MAX_PINS = 8
RECENT = 4


@dataclass(frozen=True, slots=True)
class Tile:
    """An app as one person finds it in the launcher."""

    app: WorkerInfo
    state: AppState
    can_open: bool


def tiles(person: Person, apps: Iterable[WorkerInfo], states: Mapping[str, AppState]) -> list[Tile]:
    """The apps that the person is shown, in the registry's order.

    Args:
        states: by app; one that is not in it is active.
    """
    is_superadmin = person.role == Role.SUPERADMIN
    found = []
    for app in apps:
        state = states.get(app.id, AppState.ACTIVE)
        if is_shown(person, app) and (is_superadmin or state is not AppState.DISABLED):
            is_open = state is AppState.ACTIVE or (is_superadmin and state is AppState.MAINTENANCE)
            found.append(Tile(app, state, app.in_service and is_open))
    return found


def chosen(shown: Sequence[Tile], keys: Iterable[str]) -> list[Tile]:
    """The tiles of these apps in the order of the keys; what the person is not shown is passed over."""
    by_key = {tile.app.id: tile for tile in shown}
    return [by_key[key] for key in keys if key in by_key]


def pins_problem(shown: Sequence[Tile], keys: Sequence[str]) -> AppError | None:
    """What forbids to pin these apps, or None."""
    if len(keys) > MAX_PINS:
        return TooManyPins(f"At most {MAX_PINS} apps can be pinned.", most=MAX_PINS)
    known = {tile.app.id for tile in shown}
    wrong = {
        f"app_keys.{index}": "is pinned twice" if key in keys[:index] else "is no app of yours"
        for index, key in enumerate(keys)
        if key not in known or key in keys[:index]
    }
    return ValidationFailed(wrong) if wrong else None


def with_pin(pins: Sequence[str], key: str, position: int | None) -> tuple[str, ...]:
    """The pinned apps with this one at that place, from 1, or after the others."""
    others = [each for each in pins if each != key]
    place = len(others) if position is None else position - 1
    return (*others[:place], key, *others[place:])
