"""Which handler answers which address, and who may ask: a table a subject."""

from app_workers.handouts.routes import (
    api,
    approvals,
    deliveries,
    drafts,
    editor,
    failures,
    history,
    library,
    live,
    overview,
    packet_files,
    packet_fill,
    packet_start,
    packets,
    packets_api,
    settings,
)

ROUTES = (
    *overview.ROUTES,
    *packet_start.ROUTES,
    *packet_fill.ROUTES,
    *packets.ROUTES,
    *packet_files.ROUTES,
    *deliveries.ROUTES,
    *failures.ROUTES,
    *history.ROUTES,
    *live.ROUTES,
    *packets_api.ROUTES,
    *library.ROUTES,
    *drafts.ROUTES,
    *editor.ROUTES,
    *approvals.ROUTES,
    *settings.ROUTES,
    *api.ROUTES,
)
