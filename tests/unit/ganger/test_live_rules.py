"""The rules of live topics."""

from dataclasses import replace

import pytest

from ganger.live_rules import (
    CLOCKS_DIFFER_MS,
    Change,
    Guest,
    Kept,
    Seen,
    first_missed,
    full_allowance,
    must_reload,
    people,
    read_guest,
    spent,
    typing_field,
)

NOW_MS = 1_795_356_187_120
KEPT = Kept(last=250, first=51, first_at_ms=NOW_MS)


def make_guest(**changes: object) -> Guest:
    guest = Guest("c1", "usr_pat", "Pat Example", NOW_MS, NOW_MS + 300_000)
    return replace(guest, **changes)


def test_a_change_holds_identifiers_codes_and_numbers():
    change = Change("stock.itm_1.loc_aa", 3, {"on_hand": 26, "status": "ok"})
    expected = '{"key":"stock.itm_1.loc_aa","version":3,"values":{"on_hand":26,"status":"ok"}}'
    assert change.text() == expected


@pytest.mark.parametrize("text", ["Pat Example", "pat@example.test", "", "x" * 101, "<b>", "José", "a\n"])
def test_a_change_holds_no_name_and_no_sentence(text):
    with pytest.raises(ValueError):
        Change("stock.itm_1", 1, {"note": text})
    with pytest.raises(ValueError):
        Change(text, 1, {})
    with pytest.raises(ValueError):
        Change("stock.itm_1", 1, {text: 1})


def test_a_guest_is_read_as_written_whatever_their_name():
    guest = make_guest(name='José "Pépé" Example')
    assert read_guest(guest.text()) == guest
    assert guest.text().isascii()


def test_each_person_is_here_once_since_their_first_connection():
    here = [
        make_guest(connection="c3", person_id="usr_mia", name="Mia Demo", since_ms=NOW_MS + 2),
        make_guest(connection="c2", since_ms=NOW_MS + 5),
        make_guest(connection="c1", since_ms=NOW_MS),
    ]
    assert people(here) == [
        {"id": "usr_pat", "name": "Pat Example", "since_ms": NOW_MS},
        {"id": "usr_mia", "name": "Mia Demo", "since_ms": NOW_MS + 2},
    ]


@pytest.mark.parametrize(
    ("sequence", "is_gap"), [(0, True), (49, True), (50, False), (51, False), (250, False), (251, True)]
)
def test_who_missed_more_than_is_kept_reloads(sequence, is_gap):
    assert must_reload(KEPT, Seen(sequence=sequence)) is is_gap


def test_a_topic_without_events_has_nothing_to_miss():
    assert not must_reload(Kept(), Seen(sequence=0))
    assert not must_reload(Kept(), Seen(page_ms=NOW_MS))
    assert must_reload(Kept(), Seen(sequence=7))  # the topic has forgotten everything


def test_a_page_older_than_what_is_kept_reloads():
    assert must_reload(KEPT, Seen(page_ms=NOW_MS + CLOCKS_DIFFER_MS - 1))
    assert not must_reload(KEPT, Seen(page_ms=NOW_MS + CLOCKS_DIFFER_MS))
    assert not must_reload(replace(KEPT, first=1), Seen(page_ms=0))


def test_what_was_missed_begins_after_what_was_seen():
    assert first_missed(KEPT, Seen(sequence=200)) == (201, 0)
    assert first_missed(KEPT, Seen(page_ms=NOW_MS)) == (51, NOW_MS - CLOCKS_DIFFER_MS)
    assert first_missed(KEPT, Seen()) == (251, 0)


def test_a_connection_may_say_ten_things_at_once_and_two_a_second():
    allowance = full_allowance(NOW_MS)
    for _ in range(10):
        allowance = spent(allowance, NOW_MS)
        assert allowance is not None
    assert spent(allowance, NOW_MS) is None
    assert spent(allowance, NOW_MS + 499) is None
    after = spent(allowance, NOW_MS + 1000)
    assert after is not None and after.messages == 1


def test_an_allowance_fills_no_further_than_its_burst():
    after = spent(full_allowance(NOW_MS), NOW_MS + 3_600_000)
    assert after is not None and after.messages == 9


def test_a_typing_notice_names_its_field():
    assert typing_field('{"type": "typing", "field": "note"}') == "note"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "typing",
        "[]",
        "null",
        "{}",
        '{"type": "typing"}',
        '{"type": "typing", "field": 1}',
        '{"type": "typing", "field": "two words"}',
        '{"type": "typing", "field": "note", "more": 1}',
        '{"type": "other", "field": "note"}',
        "[" * 500,
    ],
)
def test_nothing_else_is_a_typing_notice(text):
    assert typing_field(text) is None
