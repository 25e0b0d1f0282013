"""`ganger backup arrange`: puts a copy of the database into an order in which it can be read in again.

wrangler writes table after table, each with its rows. A row that refers to a table further down cannot be
written, for D1 keeps foreign keys on, and a trigger would act on rows that it has seen before. So all tables
and views come first, then all rows, then indexes and triggers.
"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

_ORDER = ("PRAGMA", "CREATE TABLE", "CREATE VIEW", "INSERT INTO", "DELETE FROM")


class BackupProblem(Exception):
    """The file is no copy of a database, or the copy could not be made or read in."""


def arrange_file(source: Path, target: Path) -> int:
    """Write the statements of one file to another in their new order; return how many there are.

    Raises:
        BackupProblem: the file is not what wrangler writes.
    """
    statements = arranged(source.read_text())
    target.write_text("\n".join(statements) + "\n")
    return len(statements)


def arranged(text: str) -> list[str]:
    """The statements of a copy in an order in which they can be carried out.

    Raises:
        BackupProblem: it ends within a statement, or holds no table.
    """
    statements = sorted(_statements(text), key=_rank)
    if not any(statement.startswith("CREATE TABLE") for statement in statements):
        raise BackupProblem("The file holds no table, so it is no copy of a database.")
    return statements


def _statements(text: str) -> Iterator[str]:
    begun = ""
    for line in text.splitlines(keepends=True):
        begun += line
        # It knows texts with semicolons, and triggers, whose own statements end with one.
        if sqlite3.complete_statement(begun):
            yield begun.strip()
            begun = ""
    if begun.strip():
        raise BackupProblem("The file ends within a statement, so it is not whole.")


def _rank(statement: str) -> int:
    ranks = (rank for rank, begin in enumerate(_ORDER) if statement.startswith(begin))
    return next(ranks, len(_ORDER))
