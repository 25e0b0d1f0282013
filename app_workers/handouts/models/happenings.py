"""What happened to a packet."""

from ganger.records import Record


class Happening(Record):
    """One line of the audit log; `who` is None for a patient or the platform itself."""

    at: str
    action: str
    who: str | None
