"""The request forms, one record type each; dates are clinic-local, hours are those of the clinic's clock."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, model_validator

from app_workers.management.models.expenses import ExpenseCategory, ExpenseType, PaymentMethod
from ganger.records import Record

MAX_TIME_OFF_DAYS = 60
MAX_EXPENSE_ITEMS = 20
MAX_ITEM_CENTS = 1_000_000
MEETING_MINUTES = (15, 30, 45, 60, 90, 120, 180, 240)


def _at_least(minimum: int) -> AfterValidator:
    def check(text: str) -> str:
        if len(text) < minimum:
            raise ValueError(f"must have at least {minimum} characters")
        return text

    return AfterValidator(check)


def _one_of_the_minutes(minutes: int) -> int:
    if minutes not in MEETING_MINUTES:
        raise ValueError(f"must be one of {', '.join(map(str, MEETING_MINUTES))}")
    return minutes


def _amount(cents: object) -> object:
    if not isinstance(cents, int) or isinstance(cents, bool) or not 1 <= cents <= MAX_ITEM_CENTS:
        raise ValueError("must be an amount from $0.01 to $10,000.00")
    return cents


Hour = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500), _at_least(10)]
LongText = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000), _at_least(10)]
Details = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000), _at_least(10)]
Thought = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000), _at_least(20)]
Title = Annotated[str, StringConstraints(strip_whitespace=True, max_length=150), _at_least(5)]
Names = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]


class RequestType(StrEnum):
    """What a support request is about."""

    PROPERTY_MAINTENANCE = "property_maintenance"
    BUILDING_MAINTENANCE = "building_maintenance"
    IT = "it"
    CLINIC_ISSUE = "clinic_issue"
    ADMIN_ISSUE = "admin_issue"
    INFORMATION_REQUEST = "information_request"
    GENERAL_SUPPORT = "general_support"


class LeaveType(StrEnum):
    """Why somebody is away."""

    VACATION = "vacation"
    SICK = "sick"
    PERSONAL = "personal"
    BEREAVEMENT = "bereavement"
    JURY_DUTY = "jury_duty"
    OTHER = "other"

    @property
    def is_sudden(self) -> bool:
        """Whether nobody can give notice of it; it needs no reason either."""
        return self in (LeaveType.SICK, LeaveType.BEREAVEMENT, LeaveType.JURY_DUTY)


class PtoElection(StrEnum):
    """Whether time off is paid."""

    PAID = "paid"
    UNPAID = "unpaid"


class PunchType(StrEnum):
    """What is wrong in the time clock."""

    MISSED_IN = "missed_in"
    MISSED_OUT = "missed_out"
    MISSED_BOTH = "missed_both"
    INCORRECT_TIME = "incorrect_time"
    OTHER = "other"


class Direction(StrEnum):
    """Whether somebody can work more or less than before."""

    INCREASING = "increasing"
    DECREASING = "decreasing"


class EmploymentType(StrEnum):
    """How much somebody is employed."""

    FULL_TIME = "full_time"
    PART_TIME = "part_time"


class Day(StrEnum):
    """A day of the week."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"


class MeetingType(StrEnum):
    """What kind of meeting is asked for."""

    ONE_ON_ONE = "one_on_one"
    TEAM = "team"
    DEPARTMENT = "department"
    ALL_HANDS = "all_hands"
    TRAINING = "training"
    OTHER = "other"


class Timeframe(StrEnum):
    """When an idea should come true."""

    IMMEDIATE = "immediate"
    THIS_WEEK = "this_week"
    THIS_MONTH = "this_month"
    THIS_QUARTER = "this_quarter"
    THIS_YEAR = "this_year"
    FUTURE = "future"


class Form(Record):
    """Base of the forms. Errors that concern two fields name the one to mend."""


class SupportTicket(Form):
    """Something is broken or needed."""

    location_id: str | None = Field(default=None, description="one of the person's; None: any")
    request_type: RequestType
    urgent: bool = False
    important: bool = False
    details: Details


class TimeOffRequest(Form):
    """Days, or hours of one day, off work."""

    leave_type: LeaveType
    pto_election: PtoElection
    start_date: date
    end_date: date
    full_day: bool = True
    start_time: Hour | None = None
    end_time: Hour | None = None
    reason: Reason | None = Field(default=None, description="needed unless nobody can give notice")
    coverage_note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] | None = None


class PunchFix(Form):
    """A correction of the time clock."""

    employee_id: str | None = Field(default=None, description="another person, for managers; None: self")
    date: date
    punch_type: PunchType
    in_time: Hour | None = None
    out_time: Hour | None = None
    reason: Reason
    supervisor_notified: bool = False


class Slot(Form):
    """When somebody can work on a day; without hours, not at all."""

    day: Day
    available: bool
    start: Hour | None = None
    end: Hour | None = None


class ChangeOfAvailability(Form):
    """Other working days or hours from a date on."""

    direction: Direction
    employment_type: EmploymentType
    effective_date: date
    probation_completed: bool = False
    days_affected: tuple[Day, ...] = Field(max_length=7)
    slots: tuple[Slot, ...] = Field(max_length=7)
    return_date: date | None = None
    reason: LongText


class ExpenseItem(Form):
    """One thing that was paid for."""

    date: date
    category: ExpenseCategory
    description: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
    amount_cents: Annotated[int, BeforeValidator(_amount)]


class ExpenseReimbursement(Form):
    """Money that somebody spent for the practice."""

    expense_type: ExpenseType
    payment_method: PaymentMethod
    items: tuple[ExpenseItem, ...] = Field(max_length=MAX_EXPENSE_ITEMS)
    purpose: LongText


class MeetingOption(Form):
    """When a meeting could begin."""

    date: date
    start: Hour


class MeetingRequest(Form):
    """A meeting with colleagues."""

    meeting_type: MeetingType
    location_id: str | None = Field(default=None, description="one of the person's; None: any")
    title: Title
    purpose: LongText
    participant_ids: tuple[str, ...] = Field(max_length=30)
    duration_minutes: Annotated[int, AfterValidator(_one_of_the_minutes)]
    options: tuple[MeetingOption, ...] = Field(max_length=3)

    @model_validator(mode="after")
    def _once_each(self) -> Self:
        if len(set(self.participant_ids)) != len(self.participant_ids):
            raise ValueError("names a participant twice")
        return self


class ImpactFilter(Form):
    """An idea for the practice, thought through."""

    goal: Thought
    context: Thought
    success_definition: Details
    tradeoffs: Details
    participants: Names
    timeframe: Timeframe


class FormType(StrEnum):
    """The kinds of request that can be made."""

    SUPPORT_TICKET = "support_ticket"
    TIME_OFF_REQUEST = "time_off_request"
    PUNCH_FIX = "punch_fix"
    CHANGE_OF_AVAILABILITY = "change_of_availability"
    EXPENSE_REIMBURSEMENT = "expense_reimbursement"
    MEETING_REQUEST = "meeting_request"
    IMPACT_FILTER = "impact_filter"


FORMS: dict[FormType, type[Form]] = {
    FormType.SUPPORT_TICKET: SupportTicket,
    FormType.TIME_OFF_REQUEST: TimeOffRequest,
    FormType.PUNCH_FIX: PunchFix,
    FormType.CHANGE_OF_AVAILABILITY: ChangeOfAvailability,
    FormType.EXPENSE_REIMBURSEMENT: ExpenseReimbursement,
    FormType.MEETING_REQUEST: MeetingRequest,
    FormType.IMPACT_FILTER: ImpactFilter,
}

NEEDS_APPROVAL = frozenset(
    {
        FormType.TIME_OFF_REQUEST,
        FormType.PUNCH_FIX,
        FormType.CHANGE_OF_AVAILABILITY,
        FormType.EXPENSE_REIMBURSEMENT,
    }
)
