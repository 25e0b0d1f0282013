"""The chain of seals: whatever is changed in the database afterwards is found."""

import copy
import re
import sqlite3
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ganger.audit_chain import ROW_COLUMNS, SEAL_COLUMNS, hash_of_rows, next_seal, verify
from ganger.tokens import KeyRing

NOW = datetime(2026, 3, 2, 9, 7, tzinfo=UTC)
RING = KeyRing({"k2": b"2" * 32, "k1": b"1" * 32})
OTHER_RING = KeyRing({"k2": b"x" * 32})
MIGRATIONS = Path(__file__).parents[3] / "ganger" / "migrations"
_RAISED_EXPRESSION = re.compile(r"RAISE \(ABORT, '(EXPECTATION_FAILED: )' \|\| .*?\);")


def make_row(number, **changes):
    row = dict.fromkeys(ROW_COLUMNS)
    row |= {
        "sequence": number,
        "id": f"row{number:05}",
        "occurred_at": "2026-03-02T08:30:00.000Z",
        "user_id": "usr_pat",
        "action": "inventory:receive",
        "record_type": "item",
        "record_id": "itm_1",
        "request_id": "0" * 32,
        "is_authorized": 1,
        "is_minimum_necessary": 1,
        "is_consented": 0,
    }
    return row | changes


def sealed(sizes, rows=None, ring=RING):
    """Rows and the seals over them; the sizes say how many rows each seal covers."""
    rows = rows or [make_row(number) for number in range(1, sum(sizes) + 1)]
    seals, previous, start = [], None, 0
    for hour, size in enumerate(sizes):
        previous = next_seal(previous, rows[start : start + size], ring, NOW + timedelta(hours=hour))
        seals.append(asdict(previous))
        start += size
    return rows, seals


def places(rows, seals, known=None, now=None, ring=RING):
    return [problem.place for problem in verify(rows, seals, ring, known or {}, now)]


def test_an_untouched_chain_verifies():
    assert places(*sealed([3, 0, 5, 1])) == []


def test_a_database_without_rows_verifies():
    assert places([], []) == []


def test_rows_that_no_seal_covers_yet_are_no_finding():
    rows, seals = sealed([3])
    assert places([*rows, make_row(4)], seals) == []


def test_a_chain_that_was_signed_with_a_rotated_key_verifies():
    first = next_seal(None, [make_row(1)], KeyRing({"k1": RING.keys["k1"]}), NOW)
    second = next_seal(first, [make_row(2)], RING, NOW)
    assert second.key_id == "k2"
    assert places([make_row(1), make_row(2)], [asdict(first), asdict(second)]) == []


@pytest.mark.parametrize("column", ROW_COLUMNS)
def test_an_altered_column_is_found_in_its_seal(column):
    rows, seals = sealed([2, 3, 2])
    rows[3] = rows[3] | {column: 99 if isinstance(rows[3][column], int) else "changed"}
    assert "seal 2" in places(rows, seals)


def test_a_text_is_not_the_number_that_it_spells():
    assert hash_of_rows([make_row(1, is_consented=1)]) != hash_of_rows([make_row(1, is_consented="1")])


def test_text_cannot_move_from_one_column_into_the_next():
    one = make_row(1, record_type='a","b', record_id="c")
    other = make_row(1, record_type="a", record_id='b","c')
    assert hash_of_rows([one]) != hash_of_rows([other])


def test_a_removed_row_is_named():
    rows, seals = sealed([2, 3])
    assert places(rows[:2] + rows[3:], seals) == ["row 3", "seal 2"]


def test_rows_that_close_the_gap_of_a_removed_one_are_found():
    rows, seals = sealed([2, 3])
    rest = [row | {"sequence": row["sequence"] - 1} for row in rows[3:]]
    assert places([*rows[:2], *rest], seals) == ["seal 2"]


def test_a_row_inserted_between_sealed_ones_is_found():
    rows, seals = sealed([2, 3])
    moved = [row | {"sequence": row["sequence"] + 1} for row in rows[1:]]
    assert places([rows[0], make_row(2, id="forged"), *moved], seals)[0] == "seal 1"


def test_two_rows_that_changed_places_are_found():
    rows, seals = sealed([4])
    rows[1], rows[2] = rows[2] | {"sequence": 2}, rows[1] | {"sequence": 3}
    assert places(rows, seals) == ["seal 1"]


def test_removed_last_rows_are_found():
    rows, seals = sealed([2, 3])
    assert places(rows[:-1], seals) == ["seal 2"]


def test_a_removed_seal_is_named():
    rows, seals = sealed([2, 3, 1])
    assert places(rows, [seals[0], seals[2]])[0] == "seal 2"


@pytest.mark.parametrize("column", SEAL_COLUMNS)
def test_an_altered_seal_is_named(column):
    rows, seals = sealed([2, 3, 1])
    seals[1] = seals[1] | {column: 99 if isinstance(seals[1][column], int) else "0" * 64}
    assert places(rows, seals)[0] == "seal 2"


def test_a_seal_that_cannot_be_read_is_named():
    rows, seals = sealed([2, 3])
    seals[1]["mac"] = None
    assert places(rows, seals) == ["seal 2"]


def test_a_chain_built_anew_without_the_key_is_found():
    rows, _ = sealed([2, 3])
    rows[0] = rows[0] | {"user_id": "usr_other"}
    assert places(*sealed([2, 3], rows, OTHER_RING)) == ["seal 1", "seal 2"]


def test_seals_signed_with_an_unknown_key_are_found():
    assert places(*sealed([1], ring=KeyRing({"new": b"3" * 32}))) == ["seal 1"]


def test_an_end_that_was_cut_off_is_found_with_what_the_log_knows():
    rows, seals = sealed([2, 3, 1])
    known = {3: seals[2]["seal_hash"]}
    assert places(rows[:5], seals[:2], known) == ["seal 3"]
    assert places(rows, seals, known) == []


def test_an_end_that_was_sealed_anew_is_found_with_what_the_log_knows():
    rows, seals = sealed([2, 3])
    changed = [*rows[:2], *(row | {"user_id": "usr_other"} for row in rows[2:])]
    assert places(*sealed([2, 3], changed), {2: seals[1]["seal_hash"]}) == ["seal 2"]


def test_an_end_that_was_cut_off_is_found_while_sealing_does_not_go_on():
    rows, seals = sealed([2, 3, 1])
    assert places(rows[:5], seals[:2], now=NOW + timedelta(hours=5)) == ["seal 2"]
    assert places(rows, seals, now=NOW + timedelta(hours=3)) == []


def test_rows_whose_seals_were_taken_away_are_found_as_overdue():
    rows, _ = sealed([2, 3])
    assert places(rows, [], now=NOW + timedelta(hours=5)) == ["row 1"]


@pytest.mark.parametrize("numbers", [[1, 3], [2], [1, 1], [2, 1]])
def test_rows_with_a_gap_are_not_sealed(numbers):
    with pytest.raises(ValueError, match="gap"):
        next_seal(None, [make_row(number) for number in numbers], RING, NOW)


def test_every_column_of_the_tables_is_sealed():
    connection = sqlite3.connect(":memory:")
    for path in sorted(MIGRATIONS.glob("*.sql")):
        connection.executescript(_RAISED_EXPRESSION.sub(r"RAISE (ABORT, '\1');", path.read_text()))
    for table, columns in (("audit_logs", ROW_COLUMNS), ("audit_seals", SEAL_COLUMNS)):
        present = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        assert tuple(present) == columns


# Random chains and random tampering by someone who can write to the database and knows this code.

TEXT = st.text(max_size=8) | st.none()
ROWS = st.builds(
    lambda user, justification, place, consented: {
        "user_id": user, "justification": justification, "location_id": place, "is_consented": consented,
    },
    TEXT, TEXT, TEXT, st.integers(0, 1),
)  # fmt: skip
SIZES = st.lists(st.integers(0, 5), min_size=1, max_size=5).filter(any)


@st.composite
def chains(draw):
    sizes = draw(SIZES)
    rows = [make_row(number, **draw(ROWS)) for number in range(1, sum(sizes) + 1)]
    return sealed(sizes, rows)


def alter_row(draw, rows, seals):
    place = draw(st.integers(0, len(rows) - 1))
    column = draw(st.sampled_from(ROW_COLUMNS))
    rows[place][column] = draw(st.text(max_size=5) | st.integers(-5, 5) | st.none())


def remove_row(draw, rows, seals):
    del rows[draw(st.integers(0, len(rows) - 1))]


def remove_row_and_renumber(draw, rows, seals):
    remove_row(draw, rows, seals)
    for number, row in enumerate(rows, 1):
        row["sequence"] = number


def insert_row(draw, rows, seals):
    # Behind the last sealed row a row is simply new, and nobody can tell.
    rows.insert(draw(st.integers(0, len(rows) - 1)), make_row(0, id="forged"))
    for number, row in enumerate(rows, 1):
        row["sequence"] = number


def swap_rows(draw, rows, seals):
    one, other = (draw(st.integers(0, len(rows) - 1)) for _ in range(2))
    rows[one], rows[other] = rows[other], rows[one]
    if draw(st.booleans()):
        for number, row in enumerate(rows, 1):
            row["sequence"] = number


def alter_seal(draw, rows, seals):
    seal = draw(st.sampled_from(seals))
    column = draw(st.sampled_from(SEAL_COLUMNS))
    seal[column] = draw(st.integers(-2, 9) | st.text(max_size=3) | st.just("a" * 64) | st.none())


def remove_seal(draw, rows, seals):
    del seals[draw(st.integers(0, len(seals) - 1))]


def swap_seals(draw, rows, seals):
    one, other = (draw(st.integers(0, len(seals) - 1)) for _ in range(2))
    seals[one], seals[other] = seals[other], seals[one]


def cut_off_the_end(draw, rows, seals):
    del seals[draw(st.integers(0, len(seals) - 1)) :]
    del rows[seals[-1]["last_row"] if seals else 0 :]


def rebuild_without_the_key(draw, rows, seals):
    alter_row(draw, rows, seals)
    for number, row in enumerate(rows, 1):
        row["sequence"] = number
    sizes = [seal["row_count"] for seal in seals]
    macs = [seal["mac"] for seal in seals]
    forged = sealed(sizes, rows, OTHER_RING)[1]
    for seal, mac in zip(forged, macs, strict=True):
        seal["mac"] = mac if draw(st.booleans()) else seal["mac"]
    seals[:] = forged


def seal_less_rows(draw, rows, seals):
    seal = draw(st.sampled_from(seals))
    seal["last_row"] -= 1
    seal["row_count"] -= 1


TAMPERING = (
    alter_row, remove_row, remove_row_and_renumber, insert_row, swap_rows, alter_seal, remove_seal,
    swap_seals, cut_off_the_end, rebuild_without_the_key, seal_less_rows,
)  # fmt: skip
MANY = settings(max_examples=1000, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])


@MANY
@given(chains(), st.data())
def test_random_tampering_is_always_found(chain, data):
    rows, seals = copy.deepcopy(chain)
    known = {seals[-1]["sequence"]: seals[-1]["seal_hash"]}
    data.draw(st.sampled_from(TAMPERING))(data.draw, rows, seals)
    # JSON tells 1 from True and "1" apart, as Python's comparison does not always.
    is_same = repr((rows, seals)) == repr(chain)
    assert bool(verify(rows, seals, RING, known, None)) is not is_same


@MANY
@given(chains())
def test_random_untouched_chains_always_verify(chain):
    rows, seals = chain
    known = {seal["sequence"]: seal["seal_hash"] for seal in seals}
    assert verify(rows, seals, RING, known, NOW + timedelta(hours=len(seals))) == []
