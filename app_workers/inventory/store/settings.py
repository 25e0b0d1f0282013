"""The app's settings at the locations in scope."""

from app_workers.inventory.models.settings import Settings, SettingsInEffect
from ganger.db import Database
from ganger.scope import Scope
from ganger.settings import settings_in

_APP_KEY = "inventory"


async def settings_of(db: Database, scope: Scope) -> dict[str, SettingsInEffect]:
    """The settings in effect at each location in scope, by its id."""
    found = await settings_in(db, scope, _APP_KEY, Settings)
    return {
        place: SettingsInEffect(location_id=place, values=each.values, origins=dict(each.origins))
        for place, each in found.items()
    }


async def settings_at(db: Database, place: Scope) -> Settings:
    """The settings of the one location of `place`."""
    (found,) = (await settings_of(db, place)).values()
    return found.values
