"""Errors of sign-in. Each has a page of its own, which templates/sign_in_problem.html holds."""

from ganger.errors import AppError, BadRequest, Forbidden, Unavailable


class SignInRefused(Forbidden):
    """There is no such person, or they may not sign in: deactivated, without a role or a location."""

    code = "SIGN_IN_REFUSED"


class SignInUnverified(Forbidden):
    """What the identity provider sent does not prove who signed in."""

    code = "SIGN_IN_UNVERIFIED"


class ForeignAccount(Forbidden):
    """The account does not belong to the practice."""

    code = "FOREIGN_ACCOUNT"


class AccessRequested(Forbidden):
    """The account is of the practice but not linked to a person yet; administrators were told just now."""

    code = "ACCESS_REQUESTED"


class AccessPending(Forbidden):
    """The account's request for access was not decided yet."""

    code = "ACCESS_PENDING"


class AccessDenied(Forbidden):
    """The account's request for access was refused."""

    code = "ACCESS_DENIED"


class SignInExpired(BadRequest):
    """The attempt was begun in another browser, has run out or was used; or the code no longer holds."""

    code = "SIGN_IN_EXPIRED"


class SignInCancelled(BadRequest):
    """The person or the identity provider broke the sign-in off."""

    code = "SIGN_IN_CANCELLED"


class ProviderUnavailable(Unavailable):
    """The identity provider does not answer, or not as it should."""

    code = "IDENTITY_PROVIDER_UNAVAILABLE"


# What a sign-in through an identity provider may end with instead of a session.
PROBLEMS: tuple[type[AppError], ...] = (
    SignInRefused,
    SignInUnverified,
    ForeignAccount,
    AccessRequested,
    AccessPending,
    AccessDenied,
    SignInExpired,
    SignInCancelled,
    ProviderUnavailable,
)
