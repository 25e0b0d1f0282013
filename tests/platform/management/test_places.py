"""Choosing the location that pages begin with, on real workerd."""

import pytest

from ganger.location import COOKIE

pytestmark = pytest.mark.runtime

TIA = "usr_tia"  # of Wixom, and of Plymouth


def choose(platform, person: str, location_id: str, to: str = "/"):
    return platform.post("/location", person, data={"location_id": location_id, "to": to})


def test_a_choice_holds_in_every_app_and_hides_nothing(platform):
    answer = choose(platform, TIA, "loc_py", "/inventory/items?location_id=loc_wx&status=low")
    assert (answer.status_code, answer.headers["location"]) == (303, "/inventory/items?status=low")
    cookie = {"cookie": f"{COOKIE}={answer.cookies[COOKIE]}"}

    launcher = platform.get("/", TIA, headers=cookie)
    assert "Your location: Plymouth" in launcher.text
    stock = platform.get("/inventory/items", TIA, headers=cookie)
    assert "With the stock at Plymouth" in stock.text
    asked = platform.get("/inventory/items?location_id=loc_wx", TIA, headers=cookie)
    assert "With the stock at Wixom" in asked.text
    form = platform.get("/requests/new/support_ticket", TIA, headers=cookie)
    assert '<option value="loc_py" selected>' in form.text


def test_a_location_that_is_not_theirs_is_not_found_and_does_not_count(platform):
    refused = choose(platform, TIA, "loc_aa")
    assert (refused.status_code, COOKIE in refused.cookies) == (404, False)
    forged = {"cookie": f"{COOKIE}=usr_tia.loc_aa"}
    assert "Your location: Wixom" in platform.get("/", TIA, headers=forged).text


def test_a_choice_comes_from_our_own_pages_only(platform):
    other_site = {"sec-fetch-site": "cross-site"}
    answer = platform.post("/location", TIA, headers=other_site, data={"location_id": "loc_py"})
    assert answer.status_code == 403


def test_who_has_one_location_is_offered_no_choice(platform):
    assert 'action="/location"' not in platform.get("/", "usr_pat").text


def test_a_refused_form_leads_back_to_a_page_that_can_be_opened(platform):
    page = platform.post("/requests/new/support_ticket", TIA, data={"client_ref": "r1"})
    assert page.status_code == 400
    assert '<input type="hidden" name="to" value="/">' in page.text
