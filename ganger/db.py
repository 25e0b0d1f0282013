"""The database as the apps see it: statements in, rows out, and batches that are all or nothing.

`ganger.d1` is the implementation on Cloudflare D1. D1 has no interactive transaction, so what a change
relies on is checked inside its batch by an expectation (see `expect`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from ganger.errors import BadRequest, Unavailable

Value = str | int | float | None
Row = dict[str, Value]

_LARGEST = 2**53 - 1


class DatabaseError(Unavailable):
    """The database did not carry out a statement."""

    code = "DATABASE_UNAVAILABLE"


class ConstraintFailed(Exception):
    """A CHECK, UNIQUE or FOREIGN KEY of the schema refused a batch, and all of it was rolled back."""


class ExpectationFailed(Exception):
    """A batch relied on something that no longer held, and all of it was rolled back.

    The text is the expectation's name.
    """


@dataclass(frozen=True, slots=True)
class Statement:
    """One SQL statement with the values of its `?` parameters."""

    sql: str
    values: tuple[Value, ...] = ()


class Database(Protocol):
    """What a store may do."""

    async def rows(self, sql: str, *values: Value) -> list[Row]:
        """The rows of one query."""
        ...

    async def row(self, sql: str, *values: Value) -> Row | None:
        """The first row of one query."""
        ...

    async def batch(self, statements: Sequence[Statement]) -> None:
        """Carry out all statements in one transaction.

        Raises:
            ExpectationFailed: an expectation in the batch did not hold; nothing was changed.
            ConstraintFailed: the schema refused it; nothing was changed.
            DatabaseError: the database did not answer; all of it was changed or nothing, nobody knows which.
        """
        ...


def refuse_too_large(values: Sequence[Value]) -> None:
    """Let no number reach the database that does not arrive there as it is.

    Raises:
        BadRequest: a whole number is larger than JavaScript holds exactly.
    """
    if any(isinstance(value, int) and not -_LARGEST <= value <= _LARGEST for value in values):
        raise BadRequest("A number is larger than any that is kept.")


def expect(name: str, condition: str, *values: Value) -> Statement:
    """A statement that rolls its whole batch back unless the SQL condition holds.

    The view `expectations` and its trigger are part of the platform's first migration.
    """
    return Statement(f"INSERT INTO expectations (name, is_met) SELECT ?, ({condition}) IS 1", (name, *values))


def insert(table: str, columns: Mapping[str, Value]) -> Statement:
    """A statement that inserts one row; names come from code, values are bound."""
    marks = ", ".join("?" * len(columns))
    return Statement(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", tuple(columns.values()))  # noqa: S608


def containing(text: str) -> str:
    """A LIKE pattern, with `ESCAPE '\\'`, for texts that contain `text` literally."""
    for special in "\\%_":
        text = text.replace(special, "\\" + special)
    return f"%{text}%"
