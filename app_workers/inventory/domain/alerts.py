"""Which alerts there have to be, as things stand."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import NamedTuple

from app_workers.inventory.domain.catalogue import VERIFIED_FOR
from app_workers.inventory.domain.levels import is_expired
from app_workers.inventory.models.alerts import AlertType, Severity
from app_workers.inventory.models.settings import Settings
from app_workers.inventory.models.stock import Lot, StockLevel, StockStatus

# Days to a lot's last day of use, and how much that matters.
_EXPIRY_STEPS = ((30, Severity.HIGH), (60, Severity.MEDIUM))


class AlertKey(NamedTuple):
    """What an alert is about; of a key at most one alert is open."""

    alert_type: AlertType
    item_id: str
    location_id: str | None = None
    lot_id: str | None = None


@dataclass(frozen=True, slots=True)
class Watched:
    """One item with what its alerts depend on; lots are those that hold something."""

    item_id: str
    is_active: bool
    is_hazardous: bool
    sheet_verified_at: str | None
    levels: Sequence[StockLevel]
    lots: Sequence[Lot]


@dataclass(frozen=True, slots=True)
class Turn:
    """What has to change so that the open alerts are those there have to be."""

    opened: Mapping[AlertKey, Severity]
    changed: Mapping[AlertKey, Severity]
    closed: tuple[AlertKey, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many of each; of a turn that changes nothing none."""
        each = {"opened": len(self.opened), "changed": len(self.changed), "closed": len(self.closed)}
        return {name: count for name, count in each.items() if count}

    def places(self, everywhere: Iterable[str]) -> tuple[str, ...]:
        """The locations whose alerts it changes; an alert of no location is one of all."""
        about = {key.location_id for key in (*self.opened, *self.changed, *self.closed)}
        return tuple(place for place in everywhere if place in about or None in about)


def alerts_of(
    watched: Watched, settings: Mapping[str, Settings], today: date, now: datetime
) -> dict[AlertKey, Severity]:
    """The alerts of one item, by what they are about.

    Args:
        settings: of each location that the item is watched at, by its id.
        today: clinic-local date.
    """
    found: dict[AlertKey, Severity] = {}
    for level in watched.levels if watched.is_active else ():
        found |= dict(_stock_alert(watched.item_id, level))
    for lot in watched.lots:
        found |= dict(_lot_alert(watched.item_id, lot, settings[lot.location_id], today))
    if watched.is_active and watched.is_hazardous and not _is_verified(watched.sheet_verified_at, now):
        found[AlertKey(AlertType.SHEET_MISSING, watched.item_id)] = Severity.HIGH
    return found


def turn(wanted: Mapping[AlertKey, Severity], standing: Mapping[AlertKey, Severity]) -> Turn:
    """The way from the alerts that are open to those there have to be."""
    return Turn(
        {key: severity for key, severity in wanted.items() if key not in standing},
        {key: severity for key, severity in wanted.items() if standing.get(key, severity) is not severity},
        tuple(key for key in standing if key not in wanted),
    )


def _stock_alert(item_id: str, level: StockLevel) -> Iterator[tuple[AlertKey, Severity]]:
    """Nobody reorders an item without a par level, so nothing about its stock is wrong."""
    if level.par_level == 0:
        return
    if level.status is StockStatus.OUT:
        yield AlertKey(AlertType.OUT_OF_STOCK, item_id, level.location_id), Severity.CRITICAL
    elif level.status is StockStatus.LOW:
        severity = Severity.HIGH if level.usable * 2 <= level.reorder_point else Severity.MEDIUM
        yield AlertKey(AlertType.LOW_STOCK, item_id, level.location_id), severity
    elif level.status is StockStatus.OVER:
        yield AlertKey(AlertType.OVERSTOCK, item_id, level.location_id), Severity.LOW


def _lot_alert(
    item_id: str, lot: Lot, settings: Settings, today: date
) -> Iterator[tuple[AlertKey, Severity]]:
    if lot.expires_on is None or lot.quantity == 0:
        return
    if is_expired(lot.expires_on, today):
        yield AlertKey(AlertType.EXPIRED, item_id, lot.location_id, lot.id), Severity.CRITICAL
        return
    days = (lot.expires_on - today).days
    if days <= settings.expiry_warning_days:
        severity = next((severity for within, severity in _EXPIRY_STEPS if days <= within), Severity.LOW)
        yield AlertKey(AlertType.EXPIRING, item_id, lot.location_id, lot.id), severity


def _is_verified(verified_at: str | None, now: datetime) -> bool:
    if verified_at is None:
        return False
    return datetime.fromisoformat(verified_at).astimezone(UTC) + VERIFIED_FOR >= now
