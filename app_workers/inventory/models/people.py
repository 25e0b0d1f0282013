"""The people of the practice, as this app names them."""

from ganger.records import Record


class Colleague(Record):
    """Somebody who may stand witness."""

    id: str
    name: str
