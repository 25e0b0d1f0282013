"""Which handler answers which address, and who may ask."""

from app_workers.inventory.permissions import ADJUST, RECEIVE, USE, VIEW
from app_workers.inventory.routes.changes import get_change_page, post_change, post_movement
from app_workers.inventory.routes.items import get_item, get_item_page, get_items, get_items_page
from app_workers.inventory.routes.live import get_live
from app_workers.inventory.routes.lots import (
    get_lots,
    get_lots_page,
    get_quarantine_page,
    get_release_page,
    post_quarantine,
    post_quarantine_form,
    post_release,
    post_release_form,
)
from app_workers.inventory.routes.movements import get_movements
from app_workers.inventory.routes.overview import get_overview
from app_workers.inventory.routes.receipts import get_receive_page, post_receipt, post_receive
from ganger.routing import Route

ROUTES = (
    Route("GET", "/", get_overview, VIEW),
    Route("GET", "/items", get_items_page, VIEW),
    Route("GET", "/items/{item_id}", get_item_page, VIEW),
    Route("GET", "/items/{item_id}/receive", get_receive_page, RECEIVE),
    Route("POST", "/items/{item_id}/receive", post_receive, RECEIVE),
    Route("GET", "/items/{item_id}/movements/{movement_type}", get_change_page, USE),
    Route("POST", "/items/{item_id}/movements/{movement_type}", post_change, USE),
    Route("GET", "/lots", get_lots_page, VIEW),
    Route("GET", "/lots/{lot_id}/quarantine", get_quarantine_page, ADJUST),
    Route("POST", "/lots/{lot_id}/quarantine", post_quarantine_form, ADJUST),
    Route("GET", "/lots/{lot_id}/release", get_release_page, ADJUST),
    Route("POST", "/lots/{lot_id}/release", post_release_form, ADJUST),
    Route("GET", "/live/{topic}", get_live, VIEW),
    Route("GET", "/api/v1/items", get_items, VIEW),
    Route("GET", "/api/v1/items/{item_id}", get_item, VIEW),
    Route("GET", "/api/v1/lots", get_lots, VIEW),
    Route("POST", "/api/v1/lots/{lot_id}/quarantine", post_quarantine, ADJUST),
    Route("POST", "/api/v1/lots/{lot_id}/release", post_release, ADJUST),
    Route("GET", "/api/v1/movements", get_movements, VIEW),
    Route("POST", "/api/v1/movements", post_movement, USE),
    Route("POST", "/api/v1/receipts", post_receipt, RECEIVE),
)
