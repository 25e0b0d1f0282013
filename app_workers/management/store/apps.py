"""The launcher as each person has it: states of apps, pins and launches.

Pins and launches are a person's own convenience and stand in no audit row.
"""

from collections.abc import Mapping, Sequence

from app_workers.management.models.apps import AppState
from ganger.audit import Actor
from ganger.clock import iso_utc
from ganger.db import Database, ExpectationFailed, Statement, expect, insert
from ganger.errors import Conflict

# The configuration app's table, which is only read here.
_STATES = "SELECT app_key, state FROM platform_applications WHERE state <> 'active'"
_PINS = "SELECT app_key FROM app_pins WHERE user_id = ? ORDER BY position"
_AS_READ = """
    (SELECT COALESCE(group_concat(app_key, ' '), '') FROM (
        SELECT app_key FROM app_pins WHERE user_id = ? ORDER BY position
    )) = ?
"""
_UNPIN_ALL = "DELETE FROM app_pins WHERE user_id = ?"
_LAUNCHES = "SELECT app_key FROM app_launches WHERE user_id = ? ORDER BY last_launched_at DESC, app_key"
_LAUNCH = """
    INSERT INTO app_launches (user_id, app_key, last_launched_at) VALUES (?, ?, ?)
    ON CONFLICT (user_id, app_key) DO UPDATE SET
        launch_count = launch_count + 1, last_launched_at = excluded.last_launched_at
"""


async def app_states(db: Database) -> Mapping[str, AppState]:
    """How apps stand, by id, of those that are not simply active."""
    return {str(row["app_key"]): AppState(str(row["state"])) for row in await db.rows(_STATES)}


async def pins_of(db: Database, user_id: str) -> list[str]:
    """The apps that a person has pinned, in their order."""
    return [str(row["app_key"]) for row in await db.rows(_PINS, user_id)]


async def launches_of(db: Database, user_id: str) -> list[str]:
    """The apps that a person has launched, the latest first."""
    return [str(row["app_key"]) for row in await db.rows(_LAUNCHES, user_id)]


async def replace_pins(db: Database, user_id: str, keys: Sequence[str]) -> None:
    """Pin these apps in this order and no others, whatever was pinned before."""
    await db.batch(_pinning(user_id, keys))


async def change_pins(db: Database, user_id: str, before: Sequence[str], keys: Sequence[str]) -> None:
    """Pin these apps in place of those that were read.

    Raises:
        Conflict: others are pinned by now.
    """
    try:
        await db.batch(
            [expect("pins as read", _AS_READ, user_id, " ".join(before)), *_pinning(user_id, keys)]
        )
    except ExpectationFailed as failure:
        raise Conflict("Your pins were changed at the same time. Try again.") from failure


async def note_launch(db: Database, actor: Actor, app_key: str) -> None:
    """Count that a person opens an app."""
    await db.batch([Statement(_LAUNCH, (actor.user_id, app_key, iso_utc(actor.at)))])


def _pinning(user_id: str, keys: Sequence[str]) -> list[Statement]:
    pinned = (
        insert("app_pins", {"user_id": user_id, "app_key": key, "position": position})
        for position, key in enumerate(keys, start=1)
    )
    return [Statement(_UNPIN_ALL, (user_id,)), *pinned]
