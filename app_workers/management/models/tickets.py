"""Requests, their history and their decisions. `_at` is a UTC instant as stored."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from app_workers.management.models.forms import NEEDS_APPROVAL, FormType
from ganger.records import Record


class Status(StrEnum):
    """Where a request stands."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    STALLED = "stalled"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    PENDING_APPROVAL = "pending_approval"
    INFO_REQUESTED = "info_requested"
    APPROVED = "approved"
    DENIED = "denied"


class Priority(StrEnum):
    """How soon a request is looked at."""

    URGENT = "urgent"
    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


class Action(StrEnum):
    """What an approver does with a step."""

    APPROVED = "approved"
    DENIED = "denied"
    INFO_REQUESTED = "info_requested"


class Ticket(Record):
    """One request, with the names of the people in it."""

    id: str
    ticket_number: str
    form_type: FormType
    title: str
    description: str
    form_data: dict[str, object]
    submitter_id: str
    submitter_name: str
    subject_user_id: str
    subject_name: str
    subject_manager_id: str | None = Field(description="only while they are active")
    location_id: str | None
    location_name: str | None
    priority: Priority
    status: Status
    approval_step: int
    approval_steps: int
    assigned_to: str | None
    assignee_name: str | None
    due_at: str | None
    approved_at: str | None
    completed_at: str | None
    denial_reason: str | None
    version: int
    created_at: str
    updated_at: str

    @property
    def needs_approval(self) -> bool:
        """Whether somebody decides it, rather than works on it."""
        return self.form_type in NEEDS_APPROVAL


class Entry(Record):
    """One line of a request's history."""

    id: str
    author_name: str | None
    kind: str
    content: str
    is_internal: bool
    new_status: Status | None
    created_at: str


class Decision(Record):
    """What an approver did."""

    step: int
    approver_id: str
    action: Action


class Colleague(Record):
    """A person at work here."""

    id: str
    name: str


class TicketScope(StrEnum):
    """Whose requests: the person's own, or those to work on, by who does it."""

    MINE = "mine"
    ASSIGNED = "assigned"
    UNASSIGNED = "unassigned"
    ALL = "all"


class TicketQuery(Record):
    """Which requests, newest first; those to work on are shown until they are over, oldest first."""

    scope: TicketScope | None = None
    status: Status | None = None
    form_type: FormType | None = None
    page: int = Field(default=1, ge=1)
    limit: int = Field(default=50, ge=1, le=100)


class NewTicket(Record):
    """A request sent by a program; `form_data` is checked against the form's own record type."""

    form_type: FormType
    form_data: dict[str, object]


class FormChange(Record):
    """What a request's form says now, in full."""

    form_data: dict[str, object]
    version: int = Field(ge=1)


class StatusChange(Record):
    """Another state for a request."""

    status: Status
    version: int = Field(ge=1)


class Assignment(Record):
    """Who works on a request; nobody without a `user_id`."""

    user_id: str | None = None
    version: int = Field(ge=1)


class NewComment(Record):
    """Something to say about a request."""

    content: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
    is_internal: bool = False


class DecisionRequest(Record):
    """A decision; a denial and a question say why."""

    action: Action
    comments: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] | None = None
    version: int = Field(ge=1)
