"""The figures as tables, JSON and a page."""

from tests.unit.tools.bench.factories import make_figures, make_group, make_table
from tools.bench.series import lines
from tools.bench.table import as_json, as_section, as_text, with_sections


def test_each_series_is_compared_with_the_first_of_its_group():
    measured = {"ours": make_figures(p50_ms=2.0), "theirs": make_figures(p50_ms=5.0)}
    ours, theirs = lines(make_group("ours", "theirs"), measured)
    assert (ours.ratio, ours.more_by_ms) == (1.0, 0.0)
    assert (theirs.ratio, theirs.more_by_ms) == (2.5, 3.0)


def test_a_table_stands_in_columns_with_the_ratio_first():
    assert as_text([make_table()]).splitlines() == [
        "Hello",
        "ratio  p50 ms",
        " 1.00    2.00  ours",
        " 2.50    5.00  theirs",
    ]


def test_json_holds_the_same_rows_by_the_table_they_are_of():
    assert as_json([make_table()])["hello"][1] == {"ratio": 2.5, "p50 ms": 5.0, "": "theirs"}


def test_what_is_not_known_is_left_empty():
    assert "| 3 |  | slow |" in as_section(make_table(rows=((3, None, "slow"),)))


def test_a_part_that_is_measured_alone_takes_the_place_of_its_own_section_only():
    page = with_sections("# Benchmarks\n\nHead.\n", [make_table(), make_table(title="Other")], ["Large"])
    again = with_sections(page, [make_table(rows=((9.0, 9.0, "now"),))], ["Large"])
    assert again.startswith("# Benchmarks\n\nHead.\n\n## Hello\n")
    assert "| 9.00 | 9.00 | now |" in again
    assert again.count("theirs") == 1
    assert again == with_sections(again, [], ["Large"])


def test_new_sections_stand_before_those_that_others_write():
    page = "# Benchmarks\n\n## Large\n\nkept\n"
    written = with_sections(page, [make_table()], ["Large"])
    assert written.index("## Hello") < written.index("## Large")
    assert written.endswith("kept\n")
