"""The figures as tables, JSON and a page."""

from tests.unit.tools.bench.factories import make_figures, make_group
from tools.bench.report import as_json, as_page, as_text, lines

MEASURED = {"ours": make_figures(p50_ms=2.0), "theirs": make_figures(p50_ms=5.0)}


def test_each_series_is_compared_with_the_first_of_its_group():
    ours, theirs = lines(make_group("ours", "theirs"), MEASURED)
    assert (ours.ratio, ours.more_by_ms) == (1.0, 0.0)
    assert (theirs.ratio, theirs.more_by_ms) == (2.5, 3.0)


def test_the_ratio_stands_first_in_the_table():
    title, head, _, theirs = as_text([make_group("ours", "theirs")], MEASURED).splitlines()
    assert title == "Hello"
    assert head.split()[0] == "ratio"
    assert theirs.split() == ["2.50", "+3.00", "5.00", "3.00", "1.50", "theirs"]


def test_json_holds_the_same_lines():
    (_, theirs) = as_json([make_group("ours", "theirs")], MEASURED)["Hello"]
    assert theirs["name"] == "theirs"
    assert (theirs["ratio"], theirs["figures"]["p50_ms"]) == (2.5, 5.0)


def test_the_page_names_the_machine_and_has_a_table_for_each_group():
    groups = [make_group("ours", title="First"), make_group("theirs", title="Second")]
    page = as_page(groups, MEASURED, "2 cores")
    assert "2 cores" in page
    assert page.index("## First") < page.index("| 1.00 |  | 2.00 |") < page.index("## Second")
