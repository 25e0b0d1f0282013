"""Which setting is in effect where, over the platform's own tables."""

import asyncio

import pytest
from pydantic import Field, ValidationError

from ganger.identity import Location
from ganger.records import Record
from ganger.scope import Scope
from ganger.settings import Origin, settings_in
from tests.harness.tables import HostDatabase

SCOPE = Scope("usr_mia", (Location("loc_aa", "Ann Arbor"), Location("loc_wx", "Wixom")))


class Sample(Record):
    """The settings of an app of the test."""

    days: int = Field(default=90, ge=7)
    note: str = ""


@pytest.fixture
def database():
    database = HostDatabase("inventory")
    yield database
    database.connection.close()


def set_for_all(database, key, value_json, app_key="inventory"):
    database.connection.execute(
        "INSERT INTO platform_settings (app_key, key, value_json, updated_at) VALUES (?, ?, ?, '')",
        (app_key, key, value_json),
    )


def set_at(database, location_id, key, value_json):
    database.connection.execute(
        "INSERT INTO location_configs VALUES (?, 'inventory', ?, ?, 1, '')", (location_id, key, value_json)
    )


def read(database):
    found = asyncio.run(settings_in(database, SCOPE, "inventory", Sample))
    return {place: (each.values.days, each.origins["days"]) for place, each in found.items()}


def test_default_holds_where_nothing_is_set(database):
    assert read(database) == {"loc_aa": (90, Origin.DEFAULT), "loc_wx": (90, Origin.DEFAULT)}


def test_a_location_stands_before_the_practice_and_that_before_the_default(database):
    set_at(database, "loc_aa", "days", "30")
    set_for_all(database, "days", "60")
    assert read(database) == {"loc_aa": (30, Origin.LOCATION), "loc_wx": (60, Origin.PRACTICE)}


def test_other_apps_other_locations_and_unknown_names_change_nothing(database):
    set_for_all(database, "days", "60", "handouts")
    set_for_all(database, "unknown", '"x"')
    set_at(database, "loc_py", "days", "30")
    assert read(database) == {"loc_aa": (90, Origin.DEFAULT), "loc_wx": (90, Origin.DEFAULT)}


def test_a_value_out_of_its_bounds_is_an_error_and_not_the_default(database):
    set_for_all(database, "days", "3")
    with pytest.raises(ValidationError):
        read(database)
