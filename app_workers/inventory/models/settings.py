"""What the practice may set for this app, for all locations or one."""

from pydantic import Field

from ganger.records import Record
from ganger.settings import Origin


class Settings(Record):
    """The settings of one location; a field's title is what the page calls it."""

    expiry_warning_days: int = Field(default=90, ge=7, le=365, title="Expiry warning (days)")
    low_stock_threshold: int = Field(default=10, ge=0, le=1000, title="Proposed reorder point")
    count_tolerance_units: int = Field(default=2, ge=0, le=50, title="Count tolerance (units)")
    count_tolerance_percent: int = Field(default=5, ge=0, le=25, title="Count tolerance (percent)")
    count_tolerance_cents: int = Field(default=2500, ge=0, le=100_000, title="Count tolerance (value)")


class SettingsInEffect(Record):
    """The settings of one location, and where each comes from."""

    location_id: str
    values: Settings
    origins: dict[str, Origin]
