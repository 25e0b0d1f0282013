"""The location that a person works at now."""

import pytest

from ganger.http import Response
from ganger.identity import Location
from ganger.location import COOKIE, at_chosen_location, location_cookie
from ganger.permissions import PUBLIC
from ganger.routing import Route
from ganger.scope import Scope
from tests.unit.ganger.factories import PAGE, make_person, make_request, respond

WIXOM, PLYMOUTH = Location("loc_wx", "Wixom"), Location("loc_py", "Plymouth")
ANN_ARBOR = Location("loc_aa", "Ann Arbor")
TIA = make_person(id="usr_tia", locations=(WIXOM, PLYMOUTH))


def cookies_of(person, location) -> dict[str, str]:
    name, _, value = location_cookie(person, location).partition(";")[0].partition("=")
    return {name: value}


def test_a_person_who_chose_nothing_works_at_their_own_location():
    assert at_chosen_location(TIA, {}).location == WIXOM


def test_the_location_that_a_person_chose_is_where_they_work():
    assert at_chosen_location(TIA, cookies_of(TIA, PLYMOUTH)).location == PLYMOUTH


def test_a_choice_narrows_nothing_and_keeps_the_order():
    chosen = at_chosen_location(TIA, cookies_of(TIA, PLYMOUTH))
    assert Scope.of(chosen) == Scope.of(TIA)
    assert chosen.claims() == TIA.claims()


@pytest.mark.parametrize(
    "value", ["usr_tia.loc_aa", "usr_tia.", "usr_tia", "", ".", "loc_py", "usr_tia.loc_py.x"]
)
def test_what_is_no_location_of_theirs_does_not_count(value):
    assert at_chosen_location(TIA, {COOKIE: value}).location == WIXOM


def test_a_choice_is_not_the_next_persons_at_the_same_computer():
    max_ = make_person(id="usr_max", locations=(ANN_ARBOR, PLYMOUTH))
    assert at_chosen_location(max_, cookies_of(TIA, PLYMOUTH)).location == ANN_ARBOR


def test_the_cookie_is_out_of_reach_for_script_and_for_other_hosts():
    assert COOKIE.startswith("__Host-")
    for attribute in ("; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax"):
        assert attribute in location_cookie(TIA, WIXOM)


def test_a_handler_finds_the_person_where_they_chose_to_be():
    async def get_place(ctx) -> Response:
        return ctx.json([ctx.user.location.name, [place.name for place in ctx.scope.locations]])

    headers = PAGE | {"cookie": f"a=b; {COOKIE}=usr_tia.loc_py"}
    request = make_request(path="/inventory/place", headers=headers)
    answer = respond([Route("GET", "/place", get_place, PUBLIC)], request, TIA)
    assert answer.body == '["Plymouth",["Wixom","Plymouth"]]'
