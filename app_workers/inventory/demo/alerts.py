"""The alerts that the demo practice's stock gives rise to, by the app's own rule."""

from datetime import date, datetime, timedelta
from itertools import groupby

from app_workers.inventory.demo.ledger import DemoStock
from app_workers.inventory.domain.alerts import AlertKey, Watched, alerts_of
from app_workers.inventory.domain.levels import stock_status
from app_workers.inventory.models.alerts import Severity
from app_workers.inventory.models.settings import Settings
from app_workers.inventory.models.stock import Lot, LotStatus, StockLevel


def demo_alerts(
    stocked: list[DemoStock], verified_at: dict[str, str], today: date, now: datetime
) -> dict[AlertKey, Severity]:
    """The open alerts; an item's id is its SKU, a lot's its number.

    Args:
        verified_at: by SKU, of items with a safety sheet.
    """
    found: dict[AlertKey, Severity] = {}
    settings = {stock.place: Settings() for stock in stocked}
    for product, group in groupby(stocked, key=lambda stock: stock.product):
        rows = list(group)
        watched = Watched(
            item_id=product.sku,
            is_active="d" not in product.marks,
            is_hazardous="h" in product.marks,
            sheet_verified_at=verified_at.get(product.sku),
            levels=[_level(stock) for stock in rows],
            lots=[lot for stock in rows for lot in _lots(stock, today)],
        )
        found |= alerts_of(watched, settings, today, now)
    return found


def _level(stock: DemoStock) -> StockLevel:
    unusable = sum(lot.quantity for lot in stock.lots if lot.is_quarantined or lot.days_left < 0)
    usable = stock.on_hand - unusable
    return StockLevel(
        item_id=stock.product.sku,
        location_id=stock.place,
        on_hand=stock.on_hand,
        usable=usable,
        reorder_point=stock.reorder_point,
        par_level=stock.par_level,
        storage_place=None,
        last_counted_at=None,
        status=stock_status(usable, stock.reorder_point, stock.par_level),
        version=1,
    )


def _lots(stock: DemoStock, today: date) -> list[Lot]:
    return [
        Lot(
            id=lot.number,
            item_id=stock.product.sku,
            location_id=stock.place,
            lot_number=lot.number,
            expires_on=today + timedelta(days=lot.days_left),
            quantity=lot.quantity,
            status=LotStatus.QUARANTINED if lot.is_quarantined else LotStatus.AVAILABLE,
            quarantine_reason=None,
        )
        for lot in stock.lots
    ]
