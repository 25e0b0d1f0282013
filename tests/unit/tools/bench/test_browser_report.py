"""The browser's figures as tables."""

from tools.bench.browser.measure import Load
from tools.bench.browser.report import Figure, Navigations, as_text, page_rows, section, way_rows


def make_load(**changes) -> Load:
    facts = {"fcp_ms": 500, "lcp_ms": 700, "cls": 0, "interactive_ms": 900}
    return Load(**(facts | {"cold_bytes": 20480, "warm_bytes": 5120} | changes))


def test_a_figure_is_the_median_with_its_spread():
    assert Figure.of([3, 1, 10]) == Figure(median=3, lowest=1, highest=10)
    assert Figure.of([3, 1, 10]).told() == "3 (1–10)"
    assert Figure.of([0.0214, 0.0214]).told(digits=3) == "0.021"
    assert Figure.of([20480]).told(1024, 1) == "20.0"


def test_each_page_is_a_row_with_its_units():
    rows = page_rows({"/queue": [make_load(), make_load(fcp_ms=600), make_load(fcp_ms=400)]})
    assert rows[0] == ("page", "FCP ms", "LCP ms", "CLS", "interactive ms", "KB", "KB again")
    assert rows[1] == ("/queue", "500 (400–600)", "700", "0.000", "900", "20.0", "5.0")


def test_text_stands_in_columns():
    assert as_text(way_rows({"prefetch": Navigations([90, 110], [50])})) == (
        "ahead     phone ms      desk computer ms\nprefetch  100 (90–110)  50"
    )


def test_the_section_tells_profile_machine_and_tables():
    facts = {"machine": "2 cores", "version": "1.2", "load": "It was idle."}
    text = section({"/": [make_load()]}, {"prerender": Navigations([40], [30])}, "/inventory", facts)
    assert text.startswith("## In the browser\n")
    for told in (
        "Chromium 1.2",
        "2 cores",
        "It was idle.",
        "| / | 500 |",
        "| prerender | 40 |",
        "`/inventory`",
    ):
        assert told in text
