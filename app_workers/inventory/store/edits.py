"""What every edit of a row with a version is made of."""

from collections.abc import Mapping

from ganger.audit import Actor
from ganger.clock import iso_utc
from ganger.db import Statement, Value
from ganger.records import Record


def update(table: str, row_id: str, columns: Mapping[str, Value], actor: Actor) -> Statement:
    """A statement that sets columns of the row with this id and raises its version; names come from code."""
    marks = ", ".join(f"{name} = ?" for name in columns)
    sql = f"UPDATE {table} SET {marks}, version = version + 1, updated_at = ? WHERE id = ?"  # noqa: S608
    return Statement(sql, (*columns.values(), iso_utc(actor.at), row_id))


def changed(before: Record, columns: Mapping[str, Value]) -> dict[str, list[Value]]:
    """What an edit changes, by field as `[before, after]`, for the audit log."""
    plain = before.plain()
    was = {name: int(value) if isinstance(value, bool) else value for name, value in plain.items()}
    return {name: [was.get(name), value] for name, value in columns.items() if was.get(name) != value}
