"""Notifications as their owner sees them."""

from pydantic import Field

from ganger.records import Record


class Notification(Record):
    """One of a person's notifications; `_at` is a UTC instant as stored."""

    id: str
    app_key: str
    title: str
    link: str | None = Field(description="path on the staff host")
    read_at: str | None
    created_at: str


class NotificationQuery(Record):
    """Which notifications."""

    unread: bool = False
    page: int = Field(default=1, ge=1)
    limit: int = Field(default=50, ge=1, le=100)
