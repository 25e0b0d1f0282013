"""Which handler answers which address, and who may ask."""

from app_workers.inventory.permissions import RECEIVE, VIEW
from app_workers.inventory.routes.items import get_item, get_item_page, get_items, get_items_page
from app_workers.inventory.routes.live import get_live
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
    Route("GET", "/live/{topic}", get_live, VIEW),
    Route("GET", "/api/v1/items", get_items, VIEW),
    Route("GET", "/api/v1/items/{item_id}", get_item, VIEW),
    Route("GET", "/api/v1/movements", get_movements, VIEW),
    Route("POST", "/api/v1/receipts", post_receipt, RECEIVE),
)
