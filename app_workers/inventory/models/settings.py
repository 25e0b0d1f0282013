"""What the practice may set for this app, for all locations or one."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from ganger.records import Record
from ganger.settings import Origin

# What the communication hub sends to; the domain has a dot.
_ADDRESS = r"[A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,24}"
Address = Annotated[str, StringConstraints(to_lower=True, max_length=254, pattern=f"^{_ADDRESS}$")]
NoAddress = Literal[""]


class Settings(Record):
    """The settings of one location; a field's title is what the page calls it."""

    expiry_warning_days: int = Field(default=90, ge=7, le=365, title="Expiry warning (days)")
    low_stock_threshold: int = Field(default=10, ge=0, le=1000, title="Proposed reorder point")
    alerts_email: Address | NoAddress = Field(
        default="", validation_alias="alerts.email", title="Copy of digests to"
    )
    count_tolerance_units: int = Field(default=2, ge=0, le=50, title="Count tolerance (units)")
    count_tolerance_percent: int = Field(default=5, ge=0, le=25, title="Count tolerance (percent)")
    count_tolerance_cents: int = Field(default=2500, ge=0, le=100_000, title="Count tolerance (value)")
    buyer_emails: list[Address] = Field(default_factory=list, max_length=20, title="Order summaries to")
    currency: Literal["usd"] = Field(default="usd", validation_alias="general.currency", title="Currency")


class SettingsInEffect(Record):
    """The settings of one location, and where each comes from."""

    location_id: str
    values: Settings
    origins: dict[str, Origin]
