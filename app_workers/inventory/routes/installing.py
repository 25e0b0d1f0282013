"""The app on a phone's home screen: its manifest (W3C Web Application Manifest)."""

from dataclasses import replace

from app_workers.inventory.permissions import MANAGE_CATALOG, VIEW
from ganger.context import Context
from ganger.http import Response
from ganger.permissions import is_allowed
from ganger.routing import Route

_ICONS = (("icon-192.png", "192x192", "any"), ("icon-512.png", "512x512", "any"))
_MASKABLE = ("icon-maskable-512.png", "512x512", "maskable")
_COLOUR = "#2563eb"  # of the mark


async def get_manifest(ctx: Context) -> Response:
    """Return what a phone needs to install the app, with the shortcuts of the person."""
    shortcuts = [("Scan", "/scan"), ("Low stock", "/items?status=low")]
    if is_allowed(ctx.user, MANAGE_CATALOG):
        shortcuts.append(("Add item", "/items/new"))
    manifest = {
        "id": ctx.url("/"),
        "name": ctx.worker.title,
        "short_name": "Inventory",
        "start_url": ctx.url("/"),
        "scope": ctx.url("/"),
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": _COLOUR,
        "icons": [
            {"src": ctx.pages.asset(f"icons/{name}"), "sizes": sizes, "type": "image/png", "purpose": purpose}
            for name, sizes, purpose in (*_ICONS, _MASKABLE)
        ],
        "shortcuts": [{"name": name, "url": ctx.url(path)} for name, path in shortcuts],
    }
    answer = ctx.json(manifest)
    return replace(answer, headers=answer.headers | {"content-type": "application/manifest+json"})


ROUTES = (Route("GET", "/manifest.webmanifest", get_manifest, VIEW),)
