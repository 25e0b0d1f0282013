"""Whatever is sent, an application answers: never an exception, never an answer that blames the platform."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from ganger.http import FORM
from ganger.multipart import MULTIPART, read_posted
from ganger.permissions import PUBLIC
from ganger.records import Record
from ganger.routing import Route
from tests.unit.ganger.factories import make_person, make_request, respond

# The same examples each time, and few: `make test` is no place to search for long.
few = settings(derandomize=True, max_examples=60, deadline=None)
LIMIT = 10_000
# Text as the runtime hands it on: of a URL percent-encoded, of a header's bytes one character each.
IN_URL = st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters="#?"), max_size=40)
HEADER = st.text(st.characters(min_codepoint=1, max_codepoint=255, exclude_characters="\r\n"), max_size=60)
NUMBER = st.one_of(st.integers(-3, 10**30).map(str), st.sampled_from(["", "٣", "1e3", "²", "9" * 5000]))
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)
READ_HEADERS = (
    *("accept", "accept-language", "if-none-match", "range", "origin", "referer", "sec-purpose"),
    *("sec-fetch-site", "cf-connecting-ip", "upgrade", "host"),
)
TYPES = st.sampled_from(
    ["application/json", FORM, MULTIPART, f"{MULTIPART}; boundary=line", f'{MULTIPART}; boundary="', "", "x"]
)
PART = st.one_of(
    st.binary(max_size=20),
    st.sampled_from(
        [b"--line", b"--line--", b"\r\n", b"\r\n\r\n", b"\r\n--line",
         b'Content-Disposition: form-data; name="a"',
         b'; filename="%22%0D\xff"', b"=", b"&", b"%", b"%FF", b"a=1", b"{", b'{"a":', b"[" * 50, b"\x00"]
    ),
)  # fmt: skip
BODY = st.one_of(
    st.lists(PART, max_size=12).map(b"".join),
    JSON.map(lambda value: json.dumps(value).encode("utf-8", "surrogatepass")),
    st.just(b"x" * (LIMIT + 1)),
    st.sampled_from([b"[" * (LIMIT - 1), b'{"a":' * (LIMIT // 6)]),
)


class Asked(Record):
    name: str | None = None
    count: int = 0


async def read_all(ctx):
    """Read what a request may bring, as handlers do."""
    cookies, asked = ctx.request.cookies, ctx.query(Asked)
    return ctx.json({"params": dict(ctx.params), "cookies": len(cookies), "here": ctx.here, "asked": asked})


async def read_record(ctx):
    return ctx.json(await ctx.parse(Asked))


async def read_form(ctx):
    form = await ctx.form(Asked)
    return ctx.json({"errors": dict(form.errors)})


async def read_files(ctx):
    posted = await read_posted(ctx.request, LIMIT)
    return ctx.json({"fields": len(posted.fields), "files": [file.name for file in posted.files]})


ROUTES = [
    Route("GET", "/fuzz/{what}", read_all, PUBLIC),
    Route("POST", "/record", read_record, PUBLIC),
    Route("POST", "/form", read_form, PUBLIC),
    Route("POST", "/files", read_files, PUBLIC),
]


def assert_no_fault(response):
    assert response.status < 500, response.body
    assert response.headers["x-request-id"] == "req_1"


@few
@given(
    what=IN_URL, query=IN_URL | IN_URL.map(lambda text: f"count=1&name={text}"), cookie=HEADER, header=HEADER
)
def test_addresses_and_headers(what, query, cookie, header):
    named = (
        "accept",
        "accept-language",
        "if-none-match",
        "range",
        "origin",
        "referer",
        "sec-purpose",
        "sec-fetch-site",
    )
    headers = dict.fromkeys(named, header) | {"cookie": cookie}
    request = make_request(path=f"/inventory/fuzz/{what}", query_string=query, headers=headers)
    assert_no_fault(respond(ROUTES, request, make_person()))


@few
@given(path=st.sampled_from(["record", "form", "files"]), body=BODY, content_type=TYPES, length=NUMBER)
def test_bodies(path, body, content_type, length):
    headers = {"content-type": content_type, "content-length": length, "sec-fetch-site": "same-origin"}
    request = make_request("POST", f"/inventory/{path}", body, headers=headers)
    assert_no_fault(respond(ROUTES, request, make_person()))
