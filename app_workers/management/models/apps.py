"""The apps as the launcher shows them."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from ganger.records import Record

AppKey = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,30}$")]


class AppState(StrEnum):
    """How an app stands, as the configuration app sets it."""

    ACTIVE = "active"
    MAINTENANCE = "maintenance"
    DISABLED = "disabled"


class AppSummary(Record):
    """One app of the portal, for the person who asks."""

    id: str
    title: str
    mount: str = Field(description="path prefix on the staff host")
    in_service: bool = Field(description="false: its pages only say that it is not built yet")
    category: str
    state: AppState
    pinned: int | None = Field(description="its place among the pinned ones, from 1")
    recent: int | None = Field(description="its place among the four launched last, from 1, the latest")


class PinnedApps(Record):
    """The apps that the person pins, in their order."""

    app_keys: tuple[AppKey, ...]


class Pin(Record):
    """Where to pin an app; after the others without a `position`. `page` is where the form stands."""

    position: int | None = Field(default=None, ge=1, le=8)
    page: str | None = None
