"""Who is let into a topic, and for how long."""

import time

import pytest
from websockets.exceptions import InvalidStatus

from tests.platform.auth.factories import cookie_of, make_person, sign_in, with_cookie
from tests.platform.live.members import (
    ANN_ARBOR,
    PLYMOUTH,
    WIXOM,
    add_stocked_item,
    live_path,
    member,
    receive,
)

pytestmark = pytest.mark.runtime

PROGRAM = {"accept": "application/json"}
EXPIRED = 4001


def refusal(portal, person, topic=ANN_ARBOR, origin=None):
    with pytest.raises(InvalidStatus) as refused, member(portal, person, topic, origin):
        pass
    return refused.value.response.status_code


def test_a_browser_asks_first_and_learns_whether_it_may(platform):
    assert platform.get(live_path(ANN_ARBOR), "usr_pat").status_code == 204
    refused = platform.get(live_path(WIXOM), "usr_pat", headers=PROGRAM)
    assert (refused.status_code, refused.json()["error"]["code"]) == (404, "NOT_FOUND")


@pytest.mark.parametrize(
    "topic", [WIXOM, "inventory.location.loc_zz", "inventory.location.", "inventory.orders.loc_wx", "loc_aa"]
)
def test_nobody_joins_a_location_that_is_not_theirs(platform, topic):
    assert refusal(platform, "usr_pat", topic) == 404


def test_nobody_joins_without_a_session(platform):
    assert refusal(platform, None) == 401


def test_no_other_site_joins_with_a_persons_session(platform):
    assert refusal(platform, "usr_pat", origin="https://elsewhere.example") == 403


def test_a_connection_ends_and_its_browser_comes_again(brief_portal):
    with member(brief_portal, "usr_pat") as pat:
        assert 0 < pat.welcome["lasts_ms"] <= 2_000
        assert pat.closed() == EXPIRED
    with member(brief_portal, "usr_pat") as pat:
        assert pat.people() == ["usr_pat"]


def test_a_later_connection_does_not_end_with_an_earlier_one(brief_portal):
    item_id = add_stocked_item(brief_portal)
    with member(brief_portal, "usr_pat") as pat:
        time.sleep(1.2)
        with member(brief_portal, "usr_mia") as mia:
            assert pat.closed() == EXPIRED
            receive(brief_portal, item_id, 1)
            mia.hear("event")
            assert mia.closed() == EXPIRED


def test_who_loses_a_location_is_gone_when_the_connection_ends(brief_portal):
    with member(brief_portal, "usr_tia", PLYMOUTH) as tia:
        brief_portal.run("DELETE FROM user_locations WHERE user_id = 'usr_tia' AND location_id = 'loc_py'")
        assert tia.closed() == EXPIRED
    assert brief_portal.get(live_path(PLYMOUTH), "usr_tia", headers=PROGRAM).status_code == 404
    assert refusal(brief_portal, "usr_tia", PLYMOUTH) == 404


def test_who_signs_out_is_gone_when_the_connection_ends(brief_portal):
    cookie = with_cookie(cookie_of(sign_in(brief_portal, make_person(brief_portal))))
    assert brief_portal.get(live_path(ANN_ARBOR), headers=cookie).status_code == 204
    brief_portal.post("/auth/sign-out", headers=cookie)
    time.sleep(1.2)
    assert brief_portal.get(live_path(ANN_ARBOR), headers=PROGRAM | cookie).status_code == 401
