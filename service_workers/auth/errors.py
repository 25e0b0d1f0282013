"""Errors of sign-in."""

from ganger.errors import Forbidden


class SignInRefused(Forbidden):
    """There is no such person, or they may not sign in: deactivated, without a role or a location."""

    code = "SIGN_IN_REFUSED"
