"""Which apps the launcher shows to whom, in what state, and pins."""

import pytest

from app_workers.management import labels
from app_workers.management.domain.launcher import chosen, pins_problem, tiles, with_pin
from app_workers.management.errors import TooManyPins
from app_workers.management.models.apps import AppState
from ganger.errors import ValidationFailed
from tests.unit.ganger.factories import make_person, make_worker
from tools.registry import Category

STOCK = make_worker()
CLOSED = make_worker(id="phones", in_service=False)
MEDS = make_worker(id="meds", min_role="superadmin", permission="meds:read")
APPS = (STOCK, CLOSED, MEDS)
SUPERADMIN = make_person(role="superadmin")


def shown(person, **states):
    return {tile.app.id: tile for tile in tiles(person, APPS, states)}


@pytest.mark.parametrize("role", ["staff", "manager"])
def test_the_tile_of_an_app_for_holders_is_theirs_alone(role):
    """Worked example 14, the second part."""
    assert "meds" not in shown(make_person(role=role))
    assert "meds" in shown(make_person(role=role, permissions=("meds:read",)))


def test_an_app_that_is_not_in_service_is_shown_and_not_opened():
    found = shown(make_person())
    assert (found["inventory"].can_open, found["phones"].can_open) == (True, False)


def test_an_app_in_maintenance_is_opened_by_superadmins_alone():
    assert not shown(make_person(), inventory=AppState.MAINTENANCE)["inventory"].can_open
    assert shown(SUPERADMIN, inventory=AppState.MAINTENANCE)["inventory"].can_open


def test_a_disabled_app_is_shown_to_superadmins_alone_and_opened_by_nobody():
    assert "inventory" not in shown(make_person(), inventory=AppState.DISABLED)
    assert not shown(SUPERADMIN, inventory=AppState.DISABLED)["inventory"].can_open


def test_pins_keep_their_order_and_pass_over_what_is_not_shown():
    found = list(shown(make_person()).values())
    assert [tile.app.id for tile in chosen(found, ["phones", "meds", "inventory"])] == ["phones", "inventory"]


def test_the_ninth_pin_is_refused():
    """Worked example 14, the first part."""
    apps = [make_worker(id=f"app-{number}") for number in range(9)]
    found, keys = tiles(make_person(), apps, {}), [app.id for app in apps]
    assert isinstance(pins_problem(found, keys), TooManyPins)
    assert pins_problem(found, keys[:8]) is None


@pytest.mark.parametrize("keys", [["meds"], ["nothing"], ["inventory", "inventory"]])
def test_only_an_app_of_theirs_is_pinned_and_once(keys):
    assert isinstance(pins_problem(list(shown(make_person()).values()), keys), ValidationFailed)


@pytest.mark.parametrize(
    ("key", "position", "pins"),
    [("d", None, "abcd"), ("d", 1, "dabc"), ("b", 1, "bac"), ("b", 3, "acb"), ("a", None, "bca")],
)
def test_a_pin_goes_to_its_place(key, position, pins):
    assert "".join(with_pin("abc", key, position)) == pins


def test_the_launcher_has_a_heading_for_each_category_in_their_order():
    assert list(labels.CATEGORIES) == [category.value for category in Category]
