"""The settings in effect; they are changed in the configuration app."""

from app_workers.inventory import labels
from app_workers.inventory.models.settings import Settings, SettingsInEffect
from app_workers.inventory.models.stock import PlaceQuery
from app_workers.inventory.permissions import VIEW
from app_workers.inventory.routes.places import chosen_place
from app_workers.inventory.store.settings import settings_of
from ganger.context import Context
from ganger.http import Json, Response
from ganger.routing import Route


async def get_settings_page(ctx: Context) -> Response:
    """Show the settings of each of the person's locations, and where each comes from."""
    in_effect = await settings_of(ctx.db, ctx.scope)
    return ctx.page(
        "settings.html",
        page_title="Settings",
        labels=labels,
        names={name: field.title for name, field in Settings.model_fields.items()},
        in_effect=in_effect,
    )


async def get_settings(ctx: Context) -> Json[SettingsInEffect]:
    """Return the settings of one location."""
    place = chosen_place(ctx, ctx.query(PlaceQuery).location_id)
    (found,) = (await settings_of(ctx.db, place)).values()
    return ctx.json(found)


ROUTES = (
    Route("GET", "/settings", get_settings_page, VIEW),
    Route("GET", "/api/v1/settings", get_settings, VIEW),
)
