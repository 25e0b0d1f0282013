"""Page numbers and query strings."""

import pytest

from ganger.ui.paging import page_numbers, with_query
from tests.unit.ui.factories import render


@pytest.mark.parametrize(
    ("page", "pages", "shown"),
    [
        (5, 12, [1, None, 4, 5, 6, None, 12]),
        (1, 12, [1, 2, None, 12]),
        (4, 12, [1, 2, 3, 4, 5, None, 12]),
        (12, 12, [1, None, 11, 12]),
        (3, 7, [1, 2, 3, 4, 5, 6, 7]),
    ],
)
def test_page_numbers_leave_gaps(page, pages, shown):
    """Worked example 8 of the component showcase."""
    assert page_numbers(page, pages) == shown


def test_query_parameters_are_replaced_and_others_kept():
    assert with_query("/items?q=a%26b&page=3&x=", page=4) == "/items?q=a%26b&x=&page=4"
    assert with_query("?page=3", page=None) == "?"


def test_pagination_of_one_page_is_empty():
    assert render('{{ ui.pagination(1, 1, "/items") }}').strip() == ""


def test_pagination_marks_the_page_and_offers_no_step_beyond_the_ends():
    markup = render('{{ ui.pagination(1, 12, "/items?q=x", total=590, per_page=50) }}')
    assert '<nav class="pages" aria-label="Pages">' in markup
    assert '<a class="page-link" href="/items?q=x&amp;page=1" aria-current="page">' in markup
    assert '<span class="page-link is-off">Previous</span>' in markup
    assert '<a class="page-link" href="/items?q=x&amp;page=2" rel="next">Next</a>' in markup
    assert "1\N{EN DASH}50 of 590" in markup


def test_range_of_the_last_page_ends_at_the_total():
    assert "551\N{EN DASH}590 of 590" in render('{{ ui.pagination(12, 12, "", total=590, per_page=50) }}')
