"""The description of the API, as a file and as pages."""

import pytest

pytestmark = pytest.mark.runtime

FILE = "/inventory/api/v1/openapi.json"


def test_programs_get_the_description(platform):
    answer = platform.get(FILE, person="usr_pat")
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    assert "/api/v1/movements" in answer.json()["paths"]


def test_nobody_gets_it_without_signing_in(platform):
    assert platform.get(FILE).status_code == 401
    for mount in ("/inventory", ""):
        assert "openapi" not in platform.get(f"{mount}/_private/openapi.json", person="usr_pat").text


def test_people_find_an_address_and_read_what_it_takes_and_refuses(platform):
    listed = platform.get("/inventory/reference", person="usr_pat").text
    assert "/inventory/reference/post-movements" in listed
    page = platform.get("/inventory/reference/post-movements", person="usr_pat").text
    assert "ChangeRequest as application/json" in page
    assert "INSUFFICIENT_STOCK" in page
    assert platform.get("/inventory/reference/nothing", person="usr_pat").status_code == 404
