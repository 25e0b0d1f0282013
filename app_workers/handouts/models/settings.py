"""What a location can set for this app, and where it is."""

from pydantic import Field

from ganger.records import Record


class Settings(Record):
    """The values in effect at a location."""

    qr_valid_days: int = Field(default=30, ge=1, le=365, description="of patient packets")
    qr_valid_days_general: int = Field(default=365, ge=1, le=730, description="of general packets")
    link_valid_hours: int = Field(default=72, ge=1, le=168, description="of texted and e-mailed links")
    link_max_opens: int = Field(default=10, ge=1, le=50, description="of such a link")


class PlaceQuery(Record):
    """Which location is asked about; without one the person's own."""

    location_id: str | None = None


class Place(Record):
    """A location as a handout names it; `address` is empty where nobody has set it."""

    id: str
    name: str
    phone: str
    address: str
