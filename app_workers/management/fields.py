"""The controls of each form's page, in their order."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app_workers.management import labels
from app_workers.management.domain.typed import MEETING_OPTIONS
from app_workers.management.models import expenses, forms
from app_workers.management.models.forms import FormType
from app_workers.management.models.tickets import Colleague
from ganger.identity import Location

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Control:
    """One control: kind is text, textarea, select, date, time, box, heading, button or group.

    A group has `parts`, which stand side by side under its label.
    """

    name: str
    label: str
    kind: str
    is_required: bool = False
    helper: str | None = None
    options: Sequence[dict[str, str]] = ()
    parts: Sequence["Control"] = ()


def controls_of(
    form_type: FormType,
    places: Sequence[Location],
    people: Sequence[Colleague],
    *,
    for_others: bool,
    rows: int,
) -> list[Control]:
    """The controls of a form.

    Args:
        places: where a request can be about.
        people: everybody who can take part, without the person.
        for_others: the person may send it for somebody else.
        rows: how many items an expense has room for.
    """
    match form_type:
        case FormType.SUPPORT_TICKET:
            return _support(places)
        case FormType.TIME_OFF_REQUEST:
            return _TIME_OFF
        case FormType.PUNCH_FIX:
            return [*(_employee(people) if for_others else ()), *_PUNCH_FIX]
        case FormType.CHANGE_OF_AVAILABILITY:
            return _availability()
        case FormType.EXPENSE_REIMBURSEMENT:
            return _expense(rows)
        case FormType.MEETING_REQUEST:
            return _meeting(places, people)
    return _IDEA


def names_of(controls: Sequence[Control]) -> dict[str, str]:
    """The label of each control by its name, those within groups too."""
    parts = [part for control in controls for part in control.parts]
    return {control.name: control.label for control in (*controls, *parts)}


def _choice(name: str, label: str, codes: type[StrEnum], helper: str | None = None) -> Control:
    chosen = [{"value": "", "label": "Choose"}, *labels.options(codes)]
    return Control(name, label, "select", is_required=True, helper=helper, options=chosen)


def _place(places: Sequence[Location]) -> Control:
    listed = [{"value": place.id, "label": place.name} for place in places]
    return Control("location_id", "Location", "select", options=[{"value": "", "label": "Any"}, *listed])


def _employee(people: Sequence[Colleague]) -> list[Control]:
    listed = [{"value": person.id, "label": person.name} for person in people]
    return [Control("employee_id", "Employee", "select", options=[{"value": "", "label": "Me"}, *listed])]


def _support(places: Sequence[Location]) -> list[Control]:
    return [
        _place(places),
        _choice("request_type", "What it is about", forms.RequestType),
        Control("urgent", "Urgent", "box", helper="It cannot wait until tomorrow"),
        Control("important", "Important", "box", helper="Many people or patients' visits depend on it"),
        Control("details", "Details", "textarea", is_required=True, helper="10 to 2,000 characters"),
    ]


_TIME_OFF = [
    _choice("leave_type", "Kind of leave", forms.LeaveType),
    _choice("pto_election", "Paid or unpaid", forms.PtoElection),
    Control("start_date", "First day", "date", is_required=True, helper="48 hours from now or later"),
    Control("end_date", "Last day", "date", is_required=True),
    Control("full_day", "Full days", "box", helper="Without this, give the hours of one day"),
    Control("start_time", "From", "time"),
    Control("end_time", "Until", "time"),
    Control("reason", "Reason", "textarea", helper="Not needed for sick leave, bereavement and jury duty"),
    Control("coverage_note", "Who covers", "textarea"),
]
_PUNCH_FIX = [
    Control("date", "Date", "date", is_required=True, helper="Today or one of the 14 days before"),
    _choice("punch_type", "What is wrong", forms.PunchType),
    Control("in_time", "Time in", "time"),
    Control("out_time", "Time out", "time"),
    Control("reason", "Reason", "textarea", is_required=True, helper="10 to 500 characters"),
    Control("supervisor_notified", "My supervisor knows", "box"),
]
_IDEA = [
    Control("goal", "Goal", "textarea", is_required=True, helper="20 characters or more"),
    Control("context", "Why it matters", "textarea", is_required=True, helper="20 characters or more"),
    Control("success_definition", "How we know that it worked", "textarea", is_required=True),
    Control("tradeoffs", "What it costs us", "textarea", is_required=True),
    Control("participants", "Who would take part", "text", is_required=True),
    _choice("timeframe", "When", forms.Timeframe),
]


def _availability() -> list[Control]:
    days: list[Control] = []
    for day, name in zip(forms.Day, _DAYS, strict=True):
        days += [
            Control(f"affected_{day}", f"{name} changes", "box"),
            Control(f"start_{day}", f"{name} from", "time"),
            Control(f"end_{day}", f"{name} until", "time"),
        ]
    return [
        _choice("direction", "I can work", forms.Direction),
        _choice("employment_type", "I am employed", forms.EmploymentType),
        Control("effective_date", "From", "date", is_required=True, helper="14 days from now or later"),
        Control("return_date", "Back to before on", "date", helper="Only for working less"),
        Control("probation_completed", "My probation is over", "box"),
        Control("days", "Days that change", "heading", helper="Without hours: not available on that day"),
        *days,
        Control("reason", "Reason", "textarea", is_required=True, helper="10 to 1,000 characters"),
    ]


def _expense(rows: int) -> list[Control]:
    items = [_item(number, is_only=rows == 1) for number in range(1, rows + 1)]
    more = [Control("add_item", "Add an item", "button")] if rows < forms.MAX_EXPENSE_ITEMS else []
    return [
        _choice("expense_type", "What it was for", expenses.ExpenseType),
        _choice("payment_method", "Paid with", expenses.PaymentMethod),
        Control("purpose", "Purpose", "textarea", is_required=True, helper="10 to 1,000 characters"),
        Control("items", "Items", "heading", helper="Of today or of the 90 days before"),
        *items,
        *more,
    ]


def _item(number: int, *, is_only: bool) -> Control:
    parts = [
        Control(f"item_date_{number}", f"Date, item {number}", "date", is_required=True),
        _choice(f"item_category_{number}", f"Category, item {number}", expenses.ExpenseCategory),
        Control(f"item_description_{number}", f"What, item {number}", "text", is_required=True),
        Control(f"item_amount_{number}", f"Dollars, item {number}", "text", is_required=True),
    ]
    if not is_only:
        parts.append(Control(f"remove_item_{number}", f"Remove item {number}", "button"))
    return Control(f"item_{number}", f"Item {number}", "group", parts=parts)


def _meeting(places: Sequence[Location], people: Sequence[Colleague]) -> list[Control]:
    options: list[Control] = []
    for number in range(1, MEETING_OPTIONS + 1):
        options += [
            Control(f"option_date_{number}", f"Date, choice {number}", "date", is_required=number == 1),
            Control(f"option_start_{number}", f"Start, choice {number}", "time", is_required=number == 1),
        ]
    minutes = [{"value": str(number), "label": f"{number} minutes"} for number in forms.MEETING_MINUTES]
    return [
        _choice("meeting_type", "Kind of meeting", forms.MeetingType),
        _place(places),
        Control("title", "Title", "text", is_required=True, helper="5 to 150 characters"),
        Control("purpose", "Purpose", "textarea", is_required=True, helper="10 to 1,000 characters"),
        Control("duration_minutes", "Duration", "select", is_required=True, options=minutes),
        *options,
        Control("participants", "Participants", "heading"),
        *(Control(f"person_{person.id}", person.name, "box") for person in people),
    ]
