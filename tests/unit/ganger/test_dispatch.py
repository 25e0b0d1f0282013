"""What an application answers; who it refuses is told in test_application.py."""

import json

from ganger.errors import Conflict
from ganger.flash import Flash, flash_cookie
from ganger.http import Response
from ganger.permissions import PUBLIC, Permission, Role
from ganger.routing import Route
from tests.unit.ganger.factories import PAGE, make_person, make_request, make_worker, respond

VIEW = Permission("inventory:view", Role.STAFF)
API = {"accept": "application/json", "sec-fetch-site": "same-origin"}


async def get_items(ctx):
    return ctx.json({"params": dict(ctx.params), "path": ctx.url("/items")})


async def get_hello(ctx):
    return ctx.page("hello.html", greeting="Hello")


async def post_hello(ctx):
    return ctx.redirect("/hello", "Saved.")


async def refuse(ctx):
    raise Conflict("Somebody was faster.", on_hand=3)


ROUTES = [
    Route("GET", "/items/{item_id}", get_items, VIEW),
    Route("GET", "/items/new", get_hello, VIEW),
    Route("GET", "/hello", get_hello, PUBLIC),
    Route("POST", "/hello", post_hello, PUBLIC),
    Route("GET", "/api/v1/refuse", refuse, PUBLIC),
]


def body(response: Response) -> dict[str, object]:
    value: dict[str, object] = json.loads(response.body)
    return value


def code(response: Response) -> tuple[int, str]:
    return response.status, body(response)["error"]["code"]


def test_named_segments_are_decoded_and_the_mount_is_stripped():
    response = respond(ROUTES, make_request(path="/Inventory/items/a%2Fb"), make_person())
    assert body(response) == {"params": {"item_id": "a/b"}, "path": "/inventory/items"}


def test_a_fixed_segment_wins_over_a_named_one():
    assert respond(ROUTES, make_request(path="/inventory/items/new"), make_person()).body == "Hello "


def test_the_portal_at_the_root_keeps_its_paths():
    portal = make_worker(id="management", mount="/")
    response = respond(ROUTES, make_request(path="/items/1"), make_person(), portal)
    assert body(response)["path"] == "/items"


def test_an_unknown_path_and_a_wrong_method_are_told_apart():
    assert code(respond(ROUTES, make_request(path="/inventory/nowhere", headers=API))) == (404, "NOT_FOUND")
    wrong = respond(ROUTES, make_request("DELETE", "/inventory/hello", headers=API))
    assert code(wrong) == (405, "METHOD_NOT_ALLOWED")
    assert body(wrong)["error"]["details"] == {"allowed": ["GET", "POST"]}


def test_errors_are_pages_for_people_and_envelopes_for_programs():
    page = respond(ROUTES, make_request(path="/inventory/nowhere"))
    assert page.body == "404 NOT_FOUND There is nothing at this address. req_1"
    assert code(respond(ROUTES, make_request(path="/inventory/api/v1/refuse"))) == (409, "CONFLICT")


def test_the_envelope_has_one_shape():
    response = respond(ROUTES, make_request(path="/inventory/api/v1/refuse"))
    assert body(response) == {
        "error": {
            "code": "CONFLICT",
            "message": "Somebody was faster.",
            "details": {"on_hand": 3},
            "timestamp": "2026-11-22T14:03:07.120Z",
            "request_id": "req_1",
        }
    }


def test_pages_have_a_nonce_of_their_own():
    first, second = (respond(ROUTES, make_request(path="/inventory/hello")).headers for _ in range(2))
    assert first["content-security-policy"] != second["content-security-policy"]


def test_the_message_of_a_redirect_is_shown_once():
    moved = respond(ROUTES, make_request("POST", "/inventory/hello"))
    assert (moved.status, moved.headers["location"]) == (303, "/inventory/hello")
    cookie = moved.cookies[0].partition(";")[0]
    page = respond(ROUTES, make_request(path="/inventory/hello", headers={**PAGE, "cookie": cookie}))
    assert page.body == "Hello Saved."
    assert "Max-Age=0" in page.cookies[0]


def test_health_needs_nobody_to_be_signed_in():
    report = body(respond(ROUTES, make_request(path="/inventory/health", headers=API)))
    assert (report["status"], report["worker"]) == ("healthy", "ganger-inventory-staff")


def test_head_is_answered_like_get():
    assert respond(ROUTES, make_request("HEAD", "/inventory/hello")).status == 200


AHEAD = {"sec-purpose": "prefetch;prerender"}


def test_a_page_fetched_ahead_leaves_the_message_to_the_page_that_is_seen():
    cookie = flash_cookie(Flash("Saved.", "success")).partition(";")[0]
    ahead = respond(ROUTES, make_request(path="/inventory/hello", headers=PAGE | AHEAD | {"cookie": cookie}))
    assert (ahead.body, ahead.cookies) == ("Hello ", ())
    seen = respond(ROUTES, make_request(path="/inventory/hello", headers=PAGE | {"cookie": cookie}))
    assert seen.body == "Hello Saved."
    assert len(seen.cookies) == 1


def test_a_patients_data_is_never_fetched_ahead():
    read: list[str] = []

    async def get_record(ctx):
        read.append(ctx.user.id)
        return ctx.page("hello.html", greeting="Hello")

    chart = Permission("inventory:read-chart", Role.STAFF, reads_phi=True)
    routes = [Route("GET", "/chart", get_record, chart)]
    ahead = respond(routes, make_request(path="/inventory/chart", headers=PAGE | AHEAD), make_person())
    assert (ahead.status, ahead.body, read) == (503, b"", [])
    assert respond(routes, make_request(path="/inventory/chart"), make_person()).status == 200
    assert read == ["usr_pat"]
