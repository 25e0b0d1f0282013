"""What the registry refuses of the facts by which an app is shown."""

import pytest

from tests.unit.tools.build.factories import REGISTRY
from tools.registry import RegistryError, parse_registry


@pytest.mark.parametrize(
    ("line", "becomes", "problem"),
    [
        ('category = "operations"\n', "", "a staff worker has a category"),
        ('category = "operations"', 'category = "sales"', "Input should be 'core'"),
        ('category = "operations"', 'category = "operations"\nmin_role = "owner"', "Input should be 'staff'"),
        (
            'category = "operations"',
            'category = "operations"\npermission = "other:read"',
            "is one of its own",
        ),
        ('group = "patient"', 'group = "patient"\ncategory = "core"', "and no other kind does"),
        ('group = "patient"', 'group = "patient"\nmin_role = "manager"', "only a staff worker is shown"),
    ],
)
def test_an_app_is_shown_by_facts_that_exist(line, becomes, problem):
    assert line in REGISTRY
    with pytest.raises(RegistryError, match=problem):
        parse_registry(REGISTRY.replace(line, becomes))
