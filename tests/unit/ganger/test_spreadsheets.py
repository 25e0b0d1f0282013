"""Tables for spreadsheet programs."""

import csv
from io import StringIO

import pytest

from ganger.spreadsheets import csv_text


def read(text: str) -> list[list[str]]:
    assert text.startswith("\ufeff")
    return list(csv.reader(StringIO(text[1:], newline="")))


def test_cells_come_back_as_they_were():
    rows = [["a,b", 'say "x"', "two\nlines", None, 3], ["é", "", "-", None, -3]]
    assert read(csv_text(["A", "B", "C", "D", "E"], rows[:1]))[1] == ["a,b", 'say "x"', "two\nlines", "", "3"]


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_what_would_run_as_a_formula_is_text(formula):
    assert read(csv_text(["A"], [[formula]]))[1] == [f"'{formula}"]


def test_a_number_below_zero_stays_a_number():
    assert read(csv_text(["A"], [[-3]]))[1] == ["-3"]
