"""Which handler answers which address, and who may ask: a table a subject."""

from app_workers.inventory.routes import (
    alerts,
    barcodes,
    catalogue,
    changes,
    items,
    levels,
    live,
    lots,
    movements,
    overview,
    receipts,
    safety,
    scanning,
    shelf_labels,
    unmatched,
    vendors,
)

ROUTES = (
    *overview.ROUTES,
    *alerts.ROUTES,
    *items.ROUTES,
    *catalogue.ROUTES,
    *barcodes.ROUTES,
    *levels.ROUTES,
    *receipts.ROUTES,
    *changes.ROUTES,
    *movements.ROUTES,
    *lots.ROUTES,
    *vendors.ROUTES,
    *safety.ROUTES,
    *scanning.ROUTES,
    *unmatched.ROUTES,
    *shelf_labels.ROUTES,
    *live.ROUTES,
)
