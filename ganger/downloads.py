"""How the answer to a program's question is written down: as JSON, or as a file for spreadsheets."""

from enum import StrEnum

from ganger.records import Record

MAX_LINES = 10_000  # of one file


class Format(StrEnum):
    """As what an answer comes."""

    JSON = "json"
    CSV = "csv"


class Downloadable(Record):
    """A question whose answer can be had as a file: the whole of it, whatever its `page` and `limit`."""

    format: Format = Format.JSON
