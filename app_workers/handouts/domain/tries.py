"""How often one caller may try codes and dates of birth from outside."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

WITHIN = timedelta(minutes=10)


class Try(StrEnum):
    """What was tried."""

    CODE = "code"  # a call with a code, or of the field for one
    UNKNOWN = "unknown"  # of these one whose code nobody has
    BIRTH_DATE = "birth_date"


LIMITS: Mapping[Try, int] = {Try.CODE: 30, Try.UNKNOWN: 10, Try.BIRTH_DATE: 10}
