"""Errors are types, and one function turns any of them into the platform's envelope.

    AppError
    ├── BadRequest                  400 BAD_REQUEST
    │   └── ValidationFailed        400 VALIDATION_ERROR
    ├── Unauthenticated             401 UNAUTHENTICATED
    ├── Forbidden                   403 FORBIDDEN
    │   ├── AddressRefused          403 ADDRESS_REFUSED
    │   ├── CrossOrigin             403 CROSS_ORIGIN
    │   ├── SelfApproval            403 SELF_APPROVAL
    │   └── StepUpRequired          403 STEP_UP_REQUIRED
    ├── NotFound                    404 NOT_FOUND
    ├── MethodNotAllowed            405 METHOD_NOT_ALLOWED
    ├── Conflict                    409 CONFLICT
    │   ├── InvalidTransition       409 INVALID_TRANSITION
    │   ├── NotEditable             409 NOT_EDITABLE
    │   └── VersionConflict         409 VERSION_CONFLICT
    ├── Gone                        410 GONE
    ├── PayloadTooLarge             413 PAYLOAD_TOO_LARGE
    ├── UnsupportedMediaType        415 UNSUPPORTED_MEDIA_TYPE
    ├── Misdirected                 421 MISDIRECTED
    ├── Unprocessable               422 UNPROCESSABLE
    ├── RateLimited                 429 RATE_LIMITED
    ├── HeadersTooLarge             431 HEADERS_TOO_LARGE
    ├── InternalError               500 INTERNAL_ERROR
    └── Unavailable                 503 UNAVAILABLE

An app's own errors derive from one of these kinds and carry a code of their own.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from http import HTTPStatus
from typing import ClassVar

from ganger.clock import iso_utc


class AppError(Exception):
    """Something that the caller can be told about: a sentence, and details without personal data."""

    status: ClassVar[HTTPStatus] = HTTPStatus.INTERNAL_SERVER_ERROR
    code: ClassVar[str] = "INTERNAL_ERROR"

    def __init__(self, message: str, **details: object) -> None:
        super().__init__(message)
        self.details: Mapping[str, object] = details


class BadRequest(AppError):
    """The request is malformed."""

    status = HTTPStatus.BAD_REQUEST
    code = "BAD_REQUEST"


class ValidationFailed(BadRequest):
    """Fields are missing or wrong; `details.fields` maps each to a sentence."""

    code = "VALIDATION_ERROR"

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__("Some fields need attention.", fields=dict(fields))
        self.fields = fields


class Unauthenticated(AppError):
    """Nobody is signed in."""

    status = HTTPStatus.UNAUTHORIZED
    code = "UNAUTHENTICATED"


class Forbidden(AppError):
    """The person may know that this exists, but may not do it."""

    status = HTTPStatus.FORBIDDEN
    code = "FORBIDDEN"


class AddressRefused(Forbidden):
    """Administration is not possible from the network that the request comes from."""

    code = "ADDRESS_REFUSED"


class CrossOrigin(Forbidden):
    """Another site made the browser send this change."""

    code = "CROSS_ORIGIN"


class SelfApproval(Forbidden):
    """Nobody approves what they did or asked for themselves."""

    code = "SELF_APPROVAL"


class StepUpRequired(Forbidden):
    """The second factor has to be given again first, at /auth/step-up."""

    code = "STEP_UP_REQUIRED"


class NotFound(AppError):
    """It does not exist, or the person may not know that it does."""

    status = HTTPStatus.NOT_FOUND
    code = "NOT_FOUND"


class MethodNotAllowed(AppError):
    """The path exists with other methods, which `details.allowed` names."""

    status = HTTPStatus.METHOD_NOT_ALLOWED
    code = "METHOD_NOT_ALLOWED"

    def __init__(self, message: str, allowed: Sequence[str]) -> None:
        super().__init__(message, allowed=list(allowed))
        self.allowed = tuple(allowed)


class Conflict(AppError):
    """The state of things does not allow this."""

    status = HTTPStatus.CONFLICT
    code = "CONFLICT"


class InvalidTransition(Conflict):
    """It cannot go there from the state that it is in."""

    code = "INVALID_TRANSITION"


class NotEditable(Conflict):
    """It is past the point at which its text can change, or it is somebody else's."""

    code = "NOT_EDITABLE"


class VersionConflict(Conflict):
    """Somebody changed the row after it was read; `details.current` is how it stands now."""

    code = "VERSION_CONFLICT"


class Gone(AppError):
    """It was there once, and its time is over."""

    status = HTTPStatus.GONE
    code = "GONE"


class PayloadTooLarge(AppError):
    """The body is larger than this route takes."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    code = "PAYLOAD_TOO_LARGE"


class UnsupportedMediaType(AppError):
    """The body is of a type that this route does not read."""

    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    code = "UNSUPPORTED_MEDIA_TYPE"


class Misdirected(AppError):
    """The request is for a host that is not served here."""

    status = HTTPStatus.MISDIRECTED_REQUEST
    code = "MISDIRECTED"


class Unprocessable(AppError):
    """The request is well formed, and a rule refuses it."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    code = "UNPROCESSABLE"


class RateLimited(AppError):
    """The caller asked too often; `details.retry_after_s` is how long to wait at most."""

    status = HTTPStatus.TOO_MANY_REQUESTS
    code = "RATE_LIMITED"

    def __init__(self, message: str, retry_after_s: int) -> None:
        super().__init__(message, retry_after_s=retry_after_s)
        self.retry_after_s = retry_after_s


class HeadersTooLarge(AppError):
    """The request's headers are larger than any browser's."""

    status = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
    code = "HEADERS_TOO_LARGE"


class InternalError(AppError):
    """A defect of ours; the caller learns only the request id."""


class Unavailable(AppError):
    """A part that this needs is down."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    code = "UNAVAILABLE"


def as_app_error(error: Exception) -> AppError:
    """The error as the caller may see it: anything that is not ours says nothing of itself."""
    return error if isinstance(error, AppError) else InternalError("Something went wrong on our side.")


def error_envelope(error: AppError, request_id: str, at: datetime) -> dict[str, object]:
    """The JSON body for an error; nothing else in the platform builds one."""
    return {
        "error": {
            "code": error.code,
            "message": str(error),
            "details": dict(error.details),
            "timestamp": iso_utc(at),
            "request_id": request_id,
        }
    }
