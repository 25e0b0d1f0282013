"""Which handler answers which address, and who may ask: a table a subject."""

from app_workers.handouts.routes import api, overview

ROUTES = (
    *overview.ROUTES,
    *api.ROUTES,
)
