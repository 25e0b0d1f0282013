"""What happened to requests in a while, counted. Days are clinic-local."""

from datetime import date

from pydantic import Field

from app_workers.management.models.forms import FormType
from app_workers.management.models.tickets import Priority, Status
from ganger.records import Record


class Tally(Record):
    """How many requests of one status, form and priority were made, and how many of them are late."""

    status: Status
    form_type: FormType
    priority: Priority
    count: int
    overdue: int


class Stats(Record):
    """The counts of a report; what nothing stands for is left out."""

    first: date = Field(serialization_alias="from")
    last: date = Field(serialization_alias="to")
    total: int
    overdue: int
    average_resolution_hours: float | None = Field(description="from made to completed, in that time")
    by_status: dict[Status, int]
    by_form: dict[FormType, int]
    by_priority: dict[Priority, int]

    def plain(self) -> dict[str, object]:
        """The record as JSON values, its days by the names that they are asked for with."""
        return self.model_dump(mode="json", by_alias=True)


class Exported(Record):
    """One request in an export. `_at` is a UTC instant as stored."""

    ticket_number: str
    form_type: FormType
    title: str
    status: Status
    priority: Priority
    location_name: str | None
    submitter_name: str
    assignee_name: str | None
    created_at: str
    due_at: str | None
    completed_at: str | None
    is_overdue: bool
