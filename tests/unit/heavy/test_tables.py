"""Tables that become files for spreadsheets."""

import csv
import json
from io import StringIO

import pytest

from ganger.contracts.heavy import CSV_FILE, MAX_STEP_BYTES, Table
from ganger.errors import ValidationFailed
from service_workers.heavy.kinds import kinds

HEADER = ("Patient", "Opens")


def rows_of(made):
    return list(csv.reader(StringIO(made.content.decode("utf-8-sig"))))


def test_a_table_becomes_a_file_that_spreadsheets_read(faces):
    work = kinds(faces)[CSV_FILE]
    table = Table(name="packets", header=HEADER, rows=(("Zoë, Pat", 3), ("=1+1", 0), (None, 1)))
    work.check(table.plain())
    made = work.make(table.plain())
    assert (made.file_name, made.media_type) == ("packets.csv", "text/csv; charset=utf-8")
    assert rows_of(made) == [["Patient", "Opens"], ["Zoë, Pat", "3"], ["'=1+1", "0"], ["", "1"]]


@pytest.mark.parametrize(
    "params",
    [
        {"name": "../up", "header": ["a"], "rows": []},
        {"name": "fine", "header": [], "rows": []},
        {"name": "fine", "header": ["a"], "rows": [["x", "y"]]},
        {"name": "fine", "header": ["a"], "rows": [[{"x": 1}]]},
    ],
)
def test_what_is_no_table_is_refused_before_anything_is_kept(faces, params):
    with pytest.raises(ValidationFailed):
        kinds(faces)[CSV_FILE].check(params)


def test_a_long_table_is_cut_into_steps_and_nothing_is_lost():
    rows = [(f"Patient {number} " + "ä" * 200, number) for number in range(4000)]
    parts = Table.parts("packets", HEADER, rows)
    assert [part.name for part in parts] == [f"packets-{number}" for number in range(1, len(parts) + 1)]
    assert len(parts) > 1
    assert [row for part in parts for row in part.rows] == rows
    assert all(len(json.dumps(part.plain()).encode()) <= MAX_STEP_BYTES for part in parts)


def test_a_short_and_an_empty_table_are_one_step():
    assert [part.name for part in Table.parts("packets", HEADER, [("Pat", 1)])] == ["packets"]
    assert [part.rows for part in Table.parts("packets", HEADER, [])] == [()]
