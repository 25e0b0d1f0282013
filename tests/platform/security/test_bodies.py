"""Bodies and texts that no honest page sends."""

import json
from contextlib import suppress
from dataclasses import replace

import httpx
import pytest

pytestmark = pytest.mark.runtime

RECEIPTS = "/inventory/api/v1/receipts"
JSON = {"accept": "application/json", "content-type": "application/json"}


def post(platform, body, headers=None):
    return platform.post(RECEIPTS, "usr_pat", content=body, headers=JSON | (headers or {}))


def refusal(answer):
    return answer.status_code, answer.json()["error"]["code"]


def test_a_body_beyond_the_limit_is_refused_by_its_length(platform):
    assert refusal(post(platform, b"[" + b" " * 1_048_576)) == (413, "PAYLOAD_TOO_LARGE")


def test_a_body_of_unknown_length_is_refused_once_it_is_too_long(platform):
    chunks = (b" " * 65_536 for _ in range(40))
    # The server may hang up before all was sent, and a client may see that ahead of the answer, or after it.
    with httpx.Client(timeout=60) as own, suppress(httpx.RemoteProtocolError):
        assert refusal(post(replace(platform, client=own), chunks)) == (413, "PAYLOAD_TOO_LARGE")
    assert platform.get("/inventory/health", "usr_pat").status_code == 200


@pytest.mark.parametrize("depth", [33, 100_000])
def test_json_that_nests_too_deep_is_refused_and_the_worker_lives(platform, depth):
    assert refusal(post(platform, b"[" * depth + b"]" * depth)) == (400, "BAD_REQUEST")
    assert platform.get("/inventory/health", "usr_pat").status_code == 200


@pytest.mark.parametrize("body", [b'{"item_id": 1, "item_id": 2}', b"NaN", b"\xff\xfe", b"", b'{"a": 1'])
def test_what_is_no_json_is_a_bad_request(platform, body):
    assert refusal(post(platform, body)) == (400, "BAD_REQUEST")


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\u202e", "\ud800"])
def test_a_text_with_a_control_character_names_its_field(platform, character):
    answer = post(platform, json.dumps({"note": f"a{character}b"}).encode())
    assert refusal(answer) == (400, "VALIDATION_ERROR")
    assert answer.json()["error"]["details"]["fields"] == {"note": "holds a character that cannot be saved"}


def test_a_form_with_a_control_character_is_shown_again(platform):
    (row,) = platform.rows("SELECT id FROM inventory_items WHERE status = 'active' LIMIT 1")
    answer = platform.post(f"/inventory/items/{row['id']}/receive", "usr_pat", data={"note": "a\x00b"})
    assert answer.status_code == 400
    assert "holds a character that cannot be saved" in answer.text


@pytest.mark.parametrize(
    "path", ["/inventory/items?search=%00", "/inventory/items/a%00b", "/inventory/items?search=%FF"]
)
def test_an_address_with_a_control_character_is_a_bad_request(platform, path):
    assert platform.get(path, "usr_pat").status_code == 400


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""]
)
def test_json_is_taken_only_as_json_which_no_foreign_form_can_send(platform, content_type):
    answer = post(platform, b"{}", {"content-type": content_type})
    assert refusal(answer) == (415, "UNSUPPORTED_MEDIA_TYPE")


def test_headers_of_an_absurd_size_are_refused(platform):
    answer = platform.get("/inventory", "usr_pat", headers={"x-padding": "a" * 300_000})
    assert refusal(answer) == (431, "HEADERS_TOO_LARGE")
