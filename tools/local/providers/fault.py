"""What a stand-in can be told to do wrong."""

from enum import StrEnum


class Fault(StrEnum):
    """How it behaves."""

    NONE = "none"
    FAILS = "fails"  # 500, and nothing was done
    FAILS_LATE = "fails late"  # 500, though it was done
    HANGS = "hangs"  # done, but the answer takes longer than anyone waits
    THROTTLES = "throttles"  # 429 with Retry-After
    REFUSES = "refuses"  # 401, as with a wrong key
