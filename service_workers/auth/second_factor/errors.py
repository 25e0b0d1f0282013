"""Errors of the second factor."""

from ganger.errors import Conflict


class NoSecondFactor(Conflict):
    """The person has no second factor that could be changed."""

    code = "NO_SECOND_FACTOR"


class SecondFactorExists(Conflict):
    """The person has a second factor; replacing it asks for a code of it first."""

    code = "SECOND_FACTOR_EXISTS"


class CodeUsed(Conflict):
    """Another request used the same code, or the set-up was begun anew; nothing was changed."""

    code = "CODE_USED"
