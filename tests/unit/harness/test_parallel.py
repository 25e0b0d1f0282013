"""How tests are shared out among processes."""

import pytest

from tests.harness.parallel import mount_of, scope_of


@pytest.mark.parametrize(
    ("test", "mount"),
    [
        ("test_page[/inventory/items/{item_id}]", "inventory"),
        ("test_page[/requests?status=denied]", "requests"),
        ("test_page[/]", ""),
        ("test_page", ""),
    ],
)
def test_the_pages_go_out_by_mount(test, mount):
    assert mount_of(test) == mount


def test_a_folder_with_fixtures_of_its_own_stays_together_and_other_files_go_out_alone():
    assert scope_of("tests/platform/hubs/test_messages.py") == "tests/platform/hubs"
    assert scope_of("tests/platform/pages/test_markup.py") == "tests/platform/pages/test_markup.py"
    assert scope_of("tests/browser/test_shell.py") == "tests/browser/test_shell.py"
