"""What the dashboard shows of this app: counts and labels for staff, never confidential text."""

from pydantic import Field

from ganger.records import Record


class WidgetItem(Record):
    """One line of a widget."""

    label: str = Field(max_length=80)
    value: str
    href: str
    tone: str = Field(description="neutral, good, warn or bad")


class Widget(Record):
    """One widget with its data."""

    title: str
    items: tuple[WidgetItem, ...] = Field(max_length=10)
    total: int
    updated_at: str
