"""Which apps a person is shown."""

import pytest
from jinja2 import DictLoader

from ganger.pages import Pages
from ganger.permissions import is_shown
from tests.unit.ganger.factories import make_person, make_worker

MEDS = make_worker(id="meds", min_role="superadmin", permission="meds:read")


@pytest.mark.parametrize("role", ["staff", "manager"])
def test_an_app_for_holders_of_a_permission_is_shown_to_them_alone(role):
    """Worked example 14 of the portal, its second part."""
    assert not is_shown(make_person(role=role), MEDS)
    assert is_shown(make_person(role=role, permissions=("meds:read",)), MEDS)


def test_the_highest_role_is_shown_every_app():
    assert is_shown(make_person(role="superadmin"), MEDS)


@pytest.mark.parametrize(("role", "shown"), [("staff", False), ("manager", True), ("superadmin", True)])
def test_an_app_for_managers_is_shown_from_their_role_on(role, shown):
    assert is_shown(make_person(role=role), make_worker(min_role="manager")) is shown


def test_the_navigation_names_what_a_person_is_shown_and_nothing_to_nobody():
    stock = make_worker()
    pages = Pages(DictLoader({}), (stock, MEDS), {})
    assert pages.apps_of(make_person()) == (stock,)
    assert pages.apps_of(None) == ()
