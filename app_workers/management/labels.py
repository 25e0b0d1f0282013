"""The words that pages use for codes."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from app_workers.management.models import expenses, forms
from app_workers.management.models.forms import FormType
from app_workers.management.models.people import Presence
from app_workers.management.models.tickets import Action, Priority, Sort, Status, TicketScope
from ganger.ui.formats import money

FORMS = {
    FormType.SUPPORT_TICKET: "Support",
    FormType.TIME_OFF_REQUEST: "Time off",
    FormType.PUNCH_FIX: "Punch fix",
    FormType.CHANGE_OF_AVAILABILITY: "Change of availability",
    FormType.EXPENSE_REIMBURSEMENT: "Expense",
    FormType.MEETING_REQUEST: "Meeting",
    FormType.IMPACT_FILTER: "Improvement idea",
}
GROUPS = (
    ("Support", (FormType.SUPPORT_TICKET,)),
    (
        "HR & scheduling",
        (FormType.TIME_OFF_REQUEST, FormType.PUNCH_FIX, FormType.CHANGE_OF_AVAILABILITY),
    ),
    ("Business", (FormType.EXPENSE_REIMBURSEMENT, FormType.MEETING_REQUEST)),
    ("Ideas", (FormType.IMPACT_FILTER,)),
)
PURPOSES = {
    FormType.SUPPORT_TICKET: "Something in the building or a computer is broken or needed.",
    FormType.TIME_OFF_REQUEST: "Ask for days off, or for hours of one day.",
    FormType.PUNCH_FIX: "Correct a missing or wrong time in the time clock.",
    FormType.CHANGE_OF_AVAILABILITY: "Work on other days or hours from a date on.",
    FormType.EXPENSE_REIMBURSEMENT: "Get back money that you spent for the practice.",
    FormType.MEETING_REQUEST: "Ask colleagues for a meeting.",
    FormType.IMPACT_FILTER: "Suggest how the practice could get better.",
}
STATUSES = {
    Status.OPEN: "Open",
    Status.IN_PROGRESS: "In progress",
    Status.STALLED: "Stalled",
    Status.COMPLETED: "Completed",
    Status.CANCELLED: "Cancelled",
    Status.PENDING_APPROVAL: "Waiting for approval",
    Status.INFO_REQUESTED: "Information requested",
    Status.APPROVED: "Approved",
    Status.DENIED: "Denied",
}
WORKED_ON = {status: STATUSES[status] for status in (Status.OPEN, Status.IN_PROGRESS, Status.STALLED)}
QUEUE_FORMS = {form: label for form, label in FORMS.items() if form not in forms.NEEDS_APPROVAL}
QUEUES = [
    {"value": "", "label": "Anyone"},
    {"value": TicketScope.ASSIGNED.value, "label": "Me"},
    {"value": TicketScope.UNASSIGNED.value, "label": "Nobody"},
]
TONES = {  # of badges
    Status.OPEN: "primary",
    Status.IN_PROGRESS: "primary",
    Status.STALLED: "warning",
    Status.COMPLETED: "success",
    Status.CANCELLED: "neutral",
    Status.PENDING_APPROVAL: "warning",
    Status.INFO_REQUESTED: "warning",
    Status.APPROVED: "success",
    Status.DENIED: "danger",
}
PRIORITIES = {
    Priority.URGENT: "Urgent",
    Priority.HIGH: "High",
    Priority.NORMAL: "Normal",
    Priority.LOW: "Low",
}
SORTS = [
    {"value": "", "label": "Oldest first"},
    {"value": Sort.DUE_AT.value, "label": "Due soonest"},
    {"value": Sort.PRIORITY.value, "label": "Most urgent"},
    {"value": Sort.UPDATED_AT.value, "label": "Least recently changed"},
]
DECISIONS = [
    {"value": Action.APPROVED.value, "label": "Approve"},
    {"value": Action.DENIED.value, "label": "Deny"},
    {"value": Action.INFO_REQUESTED.value, "label": "Ask for information"},
]
# Of apps, in the launcher's order.
CATEGORIES = {
    "core": "Core",
    "clinical": "Clinical",
    "operations": "Operations",
    "finance": "Finance",
    "hr": "HR",
    "management": "Management",
    "marketing": "Marketing",
    "admin": "Administration",
    "developer": "Development",
}
PROFILE_FIELDS = {  # and those of an emergency contact
    "phone": "Phone",
    "position": "Position",
    "department": "Department",
    "home_location_id": "Location",
    "manager_id": "Manager",
    "employee_id": "Employee number",
    "hire_date": "Here since",
    "bio": "About",
    "skills": "Skills",
    "works_remote": "Works remotely",
    "name": "Name",
    "relationship": "Relationship",
}
PRESENCES = {Presence.AVAILABLE: "Available", Presence.REMOTE: "Remote", Presence.AWAY: "Away"}
PRESENCE_TONES = {
    Presence.AVAILABLE: "success",
    Presence.REMOTE: "primary",
    Presence.AWAY: "neutral",
}
# What the button that leads to a state says.
STEPS_TO = {
    Status.OPEN: "Open again",
    Status.IN_PROGRESS: "Start work",
    Status.STALLED: "Mark as stalled",
    Status.COMPLETED: "Complete",
    Status.CANCELLED: "Cancel request",
    Status.PENDING_APPROVAL: "Send back for approval",
}
_CODES = frozenset(
    code.value
    for codes in (
        forms.RequestType,
        forms.LeaveType,
        forms.PtoElection,
        forms.PunchType,
        forms.Direction,
        forms.EmploymentType,
        forms.Day,
        expenses.ExpenseType,
        expenses.PaymentMethod,
        expenses.ExpenseCategory,
        forms.MeetingType,
        forms.Timeframe,
    )
    for code in codes
)
_SPELT = {"it": "IT"}
_CENTS = "_cents"
_IN_A_TABLE = ("items",)
_LABELS = {"pto_election": "Paid or unpaid", "participant_ids": "Participants"}


def spelt(code: str) -> str:
    """A code as people write it: "building_maintenance" as "Building maintenance"."""
    return _SPELT.get(code, code.replace("_", " ").capitalize())


def options(codes: Iterable[StrEnum]) -> list[dict[str, str]]:
    """The options of a select."""
    return [{"value": code.value, "label": spelt(code.value)} for code in codes]


def choices(labels: Mapping[StrEnum, str], everything: str) -> list[dict[str, str]]:
    """The options of a filter: `everything` first, with an empty value."""
    listed = [{"value": code.value, "label": label} for code, label in labels.items()]
    return [{"value": "", "label": everything}, *listed]


def chosen(codes: Sequence[StrEnum]) -> str:
    """What a filter that takes one shows of the codes that were asked for."""
    return codes[0].value if codes else ""


def answers(form_data: Mapping[str, object], names: Mapping[str, str]) -> list[tuple[str, str]]:
    """What a form says, as label and text; what was left empty is left out.

    Args:
        names: of locations and people, by id.
    """
    listed = [
        (name, value)
        for name, value in form_data.items()
        if value not in (None, "", []) and name not in _IN_A_TABLE
    ]
    return [
        (_label(name), money(int(str(value))) if name.endswith(_CENTS) else _said(value, names))
        for name, value in listed
    ]


def _label(name: str) -> str:
    return _LABELS.get(name, spelt(name.removesuffix("_id").removesuffix(_CENTS)))


def _said(value: object, names: Mapping[str, str]) -> str:
    match value:
        case bool():
            return "Yes" if value else "No"
        case dict():
            shown = [_said(each, names) for each in value.values() if each not in (None, True, "")]
            return " ".join("not available" if each == "No" else each for each in shown)
        case list():
            return ", ".join(_said(each, names) for each in value)
        case float():
            return f"{value:g}"
        case str() if value in names:
            return names[value]
        case str() if value in _CODES:
            return spelt(value)
    return str(value)


def size(size_bytes: int) -> str:
    """The size of a file as people say it: "12 KB", "1.5 MB"."""
    kilobytes = max(1, round(size_bytes / 1024))
    return f"{kilobytes} KB" if kilobytes < 1024 else f"{size_bytes / 1_048_576:.1f} MB"
