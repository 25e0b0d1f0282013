"""What this app refuses, besides what every app refuses.

    Forbidden
    ├── EditWindowClosed        403 EDIT_WINDOW_CLOSED
    └── SameApprover            403 SAME_APPROVER
    Conflict
    ├── AlreadyDecided          409 ALREADY_DECIDED
    ├── AppInMaintenance        409 APP_IN_MAINTENANCE
    ├── DuplicatePunchFix       409 DUPLICATE_PUNCH_FIX
    ├── EmployeeIdTaken         409 EMPLOYEE_ID_TAKEN
    ├── ManagerCycle            409 MANAGER_CYCLE
    ├── RequestReused           409 REQUEST_REUSED
    └── TimeOffOverlap          409 TIME_OFF_OVERLAP
    PayloadTooLarge
    └── FileTooLarge            413 FILE_TOO_LARGE
    UnsupportedMediaType
    └── FileTypeNotAllowed      415 FILE_TYPE_NOT_ALLOWED
    Unprocessable
    ├── AssigneeInactive        422 ASSIGNEE_INACTIVE
    ├── DateOutOfRange          422 DATE_OUT_OF_RANGE
    ├── NoticeTooShort          422 NOTICE_TOO_SHORT
    ├── ReasonRequired          422 REASON_REQUIRED
    ├── ReceiptRequired         422 RECEIPT_REQUIRED
    ├── TooManyFiles            422 TOO_MANY_FILES
    └── TooManyPins             422 TOO_MANY_PINS

An error about one field of a form names it in `details.field`.
"""

from ganger.errors import Conflict, Forbidden, PayloadTooLarge, Unprocessable, UnsupportedMediaType


class EditWindowClosed(Forbidden):
    """A comment is changed within 15 minutes or not at all."""

    code = "EDIT_WINDOW_CLOSED"


class SameApprover(Forbidden):
    """One person does not take two steps of the same request."""

    code = "SAME_APPROVER"


class AlreadyDecided(Conflict):
    """The request waits for no decision any more."""

    code = "ALREADY_DECIDED"


class AppInMaintenance(Conflict):
    """The app is being worked on; only superadmins get in."""

    code = "APP_IN_MAINTENANCE"


class DuplicatePunchFix(Conflict):
    """The person has an unfinished punch fix for that date."""

    code = "DUPLICATE_PUNCH_FIX"


class EmployeeIdTaken(Conflict):
    """Somebody else has this employee number."""

    code = "EMPLOYEE_ID_TAKEN"


class ManagerCycle(Conflict):
    """Nobody reports to themselves, not through others either."""

    code = "MANAGER_CYCLE"


class RequestReused(Conflict):
    """The idempotency key already stands for a different request."""

    code = "REQUEST_REUSED"


class TimeOffOverlap(Conflict):
    """The person has asked for, or has, time off on one of these days."""

    code = "TIME_OFF_OVERLAP"


class FileTooLarge(PayloadTooLarge):
    """One file is larger than a request takes."""

    code = "FILE_TOO_LARGE"


class FileTypeNotAllowed(UnsupportedMediaType):
    """The file is of no kind that a request takes, or its content is not what its name says."""

    code = "FILE_TYPE_NOT_ALLOWED"


class AssigneeInactive(Unprocessable):
    """Whoever should do it does not work here now."""

    code = "ASSIGNEE_INACTIVE"


class DateOutOfRange(Unprocessable):
    """The date lies outside of what this form takes."""

    code = "DATE_OUT_OF_RANGE"


class NoticeTooShort(Unprocessable):
    """The request comes too late for the day that it is about."""

    code = "NOTICE_TOO_SHORT"


class ReasonRequired(Unprocessable):
    """A denial, or a question, needs a reason of 10 to 500 characters."""

    code = "REASON_REQUIRED"


class ReceiptRequired(Unprocessable):
    """An expense has one receipt at least, an image or a PDF."""

    code = "RECEIPT_REQUIRED"


class TooManyFiles(Unprocessable):
    """The request would have more files, or larger ones together, than it may."""

    code = "TOO_MANY_FILES"


class TooManyPins(Unprocessable):
    """Nobody pins more than eight apps."""

    code = "TOO_MANY_PINS"
