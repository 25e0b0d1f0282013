"""What the router says by itself."""

import json
from datetime import UTC, datetime

from ganger.http import Request
from router_worker import answers
from tests.unit.router.test_mounts import make_app

NOW = datetime(2026, 11, 22, 14, 3, tzinfo=UTC)
DOWN = make_app("/inventory")
ASKED = Request("GET", "/inventory/items", "a=1&b=%3Cb%3E")


def test_sign_in_leads_back_to_the_page_with_its_query():
    response = answers.sign_in_first(Request("GET", "/inventory/items", "search=a%20b&page=2"))
    assert response.status == 303
    assert response.headers["location"] == "/auth/sign-in?to=/inventory/items%3Fsearch%3Da%2520b%26page%3D2"


def test_the_unavailable_page_names_the_app_and_links_only_to_others_in_service():
    page = str(answers.unavailable_page(DOWN, [make_app("/"), DOWN], ASKED, "req_1", "n0nce").body)
    assert "/inventory does not answer right now" in page
    assert 'href="/"' in page
    assert 'href="/inventory"' not in page
    assert "req_1" in page


def test_the_unavailable_page_offers_to_ask_again_but_never_to_send_again():
    asked = str(answers.unavailable_page(DOWN, [], ASKED, "req_1", "n0nce").body)
    assert '<a href="/inventory/items?a=1&amp;b=%3Cb%3E">Try again</a>' in asked
    posted = Request("POST", "/inventory/items")
    assert "<a " not in str(answers.unavailable_page(DOWN, [], posted, "req_1", "n0nce").body)


def test_the_unavailable_page_escapes_what_it_shows():
    page = str(answers.unavailable_page(make_app("/<b>"), [], ASKED, "req_1", "n0nce").body)
    assert "<b>" not in page


def test_the_unavailable_envelope_is_the_platforms():
    response = answers.unavailable_envelope(DOWN, "req_1", NOW)
    assert response.status == 503
    assert json.loads(response.body) == {
        "error": {
            "code": "UNAVAILABLE",
            "message": "/inventory does not answer.",
            "details": {"app": "inventory"},
            "timestamp": "2026-11-22T14:03:00.000Z",
            "request_id": "req_1",
        }
    }


def test_own_answers_carry_the_staff_headers_and_the_session_change():
    response = answers.finished(answers.unauthenticated("req_1", NOW), "req_1", 0.4, "session=; Max-Age=0")
    assert response.headers["x-frame-options"] == "DENY"
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["x-ganger-router-time"] == "0ms"
    assert response.cookies == ("session=; Max-Age=0",)
