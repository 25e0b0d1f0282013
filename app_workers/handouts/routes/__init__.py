"""Which handler answers which address, and who may ask: a table a subject."""

from app_workers.handouts.routes import api, approvals, drafts, editor, library, overview, settings

ROUTES = (
    *overview.ROUTES,
    *library.ROUTES,
    *drafts.ROUTES,
    *editor.ROUTES,
    *approvals.ROUTES,
    *settings.ROUTES,
    *api.ROUTES,
)
