"""Where choosing a location leads back to."""

import pytest

from app_workers.management.domain.places import page_to_return_to


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        ("/inventory/items?search=a%20b&page=2", "/inventory/items?search=a+b&page=2"),
        ("/inventory/?location_id=loc_aa", "/inventory/"),
        ("/inventory/items?location_id=loc_aa&status=low", "/inventory/items?status=low"),
        ("/inventory/items?search=", "/inventory/items?search="),
        ("//evil.test", "/"),
        (None, "/"),
    ],
)
def test_the_page_comes_back_without_the_location_of_its_address(asked, path):
    assert page_to_return_to(asked) == path
