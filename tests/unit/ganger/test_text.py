"""Text and JSON from outside."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ganger.errors import BadRequest, ValidationFailed
from ganger.http import Request
from ganger.records import Record
from ganger.text import MAX_JSON_DEPTH, UnsafeJson, UnsafeText, read_json, safe_line, safe_text, safe_values

DECOMPOSED, COMPOSED = "Zoe\u0308", "Zo\u00eb"


class Note(Record):
    text: str
    tags: tuple[str, ...] = ()


@pytest.mark.parametrize(
    "character",
    ["\x00", "\x07", "\x0b", "\x1b", "\r", "\x7f", "\x85", "\ud800", "\u202e", "\u2066", "\uffff"],
)
def test_characters_that_are_no_text_are_refused(character):
    with pytest.raises(UnsafeText):
        safe_text(f"Pat{character}Example")


@pytest.mark.parametrize(
    "text", ["", "Pat Example", "one\ntwo\tthree", "Zo\u00eb \u6c34 \U0001f642", "\u05d0\u05d1"]
)
def test_ordinary_text_stays_as_it_is(text):
    assert safe_text(text) == text


def test_text_is_composed_and_its_lines_end_alike():
    assert safe_text(f"{DECOMPOSED}\r\n2") == f"{COMPOSED}\n2"


@given(st.text())
def test_safe_text_is_settled(text):
    try:
        safe = safe_text(text)
    except UnsafeText:
        return
    assert safe_text(safe) == safe
    safe.encode()


@pytest.mark.parametrize("text", ["a\nb", "a\tb", "a\r\nb", "a\x00"])
def test_a_line_has_no_line_break(text):
    with pytest.raises(UnsafeText):
        safe_line(text)


def test_every_text_inside_a_value_is_made_safe():
    assert safe_values({DECOMPOSED: [DECOMPOSED, 1, None, {"a": True}]}) == {
        COMPOSED: [COMPOSED, 1, None, {"a": True}]
    }


def test_a_record_names_the_field_that_holds_what_cannot_be_saved():
    with pytest.raises(ValidationFailed) as refused:
        Note.checked({"text": "fine", "tags": ["fine", "not\x00fine"]})
    assert refused.value.fields == {"tags.1": "holds a character that cannot be saved"}


def test_a_record_holds_composed_text():
    assert Note.checked({"text": DECOMPOSED}).text == COMPOSED


def nested(depth, opening="[", closing="]"):
    return (opening * depth + closing * depth).encode()


def test_json_may_nest_as_deep_as_the_limit_and_no_deeper():
    assert read_json(nested(MAX_JSON_DEPTH)) is not None
    with pytest.raises(UnsafeJson):
        read_json(nested(MAX_JSON_DEPTH + 1))
    with pytest.raises(UnsafeJson):
        read_json(nested(MAX_JSON_DEPTH // 2 + 1, '[{"a":', "}]"))


def test_brackets_in_texts_do_not_count_as_nesting():
    body = json.dumps(["[" * 100, 'a "quoted" \\ [' + "{" * 100]).encode()
    assert read_json(body) == json.loads(body)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b'{"a": 1, "a": 2}',
        b"NaN",
        b"[Infinity]",
        b"\xff",
        b"\xef\xbb\xbf1",
        '"a"'.encode("utf-16"),
        b"1" * 5000,
    ],
)
def test_what_parsers_might_read_differently_is_no_json(body):
    with pytest.raises(UnsafeJson):
        read_json(body)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda children: st.lists(children) | st.dictionaries(st.text(), children),
    max_leaves=20,
)


@given(json_values)
def test_other_json_is_read_as_the_library_reads_it(value):
    assert read_json(json.dumps(value).encode()) == value


@pytest.mark.parametrize(
    "piece", [b"[", b"[]", b"[{", b'"', b'"\\"', b'\\"', b'{"":', b'[""],', b"\\"], ids=repr
)
def test_the_worst_megabyte_is_refused_in_little_time(piece):
    body = piece * (1_000_000 // len(piece))
    started = time.process_time()
    with pytest.raises(UnsafeJson):
        read_json(body)
    assert time.process_time() - started < 1


@pytest.mark.parametrize("query", ["a=%00", "a=b%0Ac", "a=%FF", "%1F=1", "&".join("a=1" for _ in range(200))])
def test_a_query_with_anything_but_text_is_refused(query):
    with pytest.raises(BadRequest):
        _ = Request("GET", "/", query).query


def test_a_query_is_composed():
    assert Request("GET", "/", "name=Zoe%CC%88").query == {"name": COMPOSED}
