"""Items from a table: what its rows ask for, and the one batch that takes them."""

import asyncio
import json

import pytest

from app_workers.inventory.domain.importing import (
    MAX_ROWS,
    changed_fields,
    fingerprint,
    plan_import,
    read_rows,
    skus_of,
)
from app_workers.inventory.store.importing import carry_out, known_items, on_hand_anywhere
from ganger.errors import ValidationFailed
from tests.unit.inventory.factories import make_item
from tests.unit.inventory.shelves import Shelves, actor

HEADER = "sku,name,category,stock_unit,unit_cost,is_lot_tracked\n"


@pytest.fixture
def shelves():
    shelves = Shelves()
    yield shelves
    shelves.connection.close()


def planned(text, *known, on_hand=()):
    return plan_import(read_rows(text), {item.sku: item for item in known}, set(on_hand))


def planned_at(shelves, text):
    rows = read_rows(text)
    known = asyncio.run(known_items(shelves, skus_of(rows)))
    on_hand = asyncio.run(on_hand_anywhere(shelves, [item.id for item in known.values()]))
    return plan_import(rows, known, on_hand)


def names(shelves):
    rows = shelves.connection.execute("SELECT sku, name, version FROM inventory_items ORDER BY sku")
    return [tuple(row) for row in rows]


def test_rows_are_numbered_as_in_a_spreadsheet_and_empty_ones_are_passed_over():
    rows = read_rows("\ufeffSKU\tName\tcategory\tstock_unit\nA\tTape\tother\tbox\n\t\t\t\nB\t\tother\tbox\n")
    assert rows == [
        (2, {"sku": "A", "name": "Tape", "category": "other", "stock_unit": "box"}),
        (4, {"sku": "B", "category": "other", "stock_unit": "box"}),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "needs a header row with sku"),
        ("sku,name\nA,B", "category, stock_unit"),
        ("sku,name,category,stock_unit,colour\nA,B,other,box,red", "may have these columns"),
        (HEADER, "no row"),
        (HEADER + "A,B,other,box,1,no,more\n", "more cells in row 2"),
        (HEADER + "A,B,other,box,1,no\n" * (MAX_ROWS + 1), "at most 1000"),
    ],
)
def test_tables_that_are_none_are_refused(text, said):
    with pytest.raises(ValidationFailed) as caught:
        read_rows(text)
    assert said in caught.value.fields["text"]


def test_each_wrong_row_is_named_with_what_is_wrong():
    rows = ["A B,Tape,other,box,1,no", "C,Tape,other,box,much,no", "D,Tape,hats,box,1,no"]
    twice = ["E,Tape,other,box,1,no", "e,Tape,other,box,1,no"]
    plan = planned(HEADER + "\n".join([*rows, *twice]))
    assert [(problem.row, sorted(problem.fields)) for problem in plan.problems] == [
        (2, ["sku"]),
        (3, ["unit_cost"]),
        (4, ["category"]),
        (6, ["sku"]),
    ]


def test_an_empty_cell_leaves_an_item_as_it_is():
    item = make_item(sku="A", description="Kept")
    plan = planned(HEADER + "a,,,,9.50,\n", item)
    (change,) = plan.changed
    assert changed_fields(item, change.after) == {"unit_cost_cents": (899, 950)}
    assert planned(HEADER + "a,Test gloves,gloves_ppe,box,8.99,no\n", item).unchanged == 1


def test_lots_are_not_switched_while_something_is_on_hand():
    item = make_item(sku="A")
    (problem,) = planned(HEADER + "A,,,,,yes\n", item, on_hand=[item.id]).problems
    assert set(problem.fields) == {"is_lot_tracked"}
    assert len(planned(HEADER + "A,,,,,yes\n", item).changed) == 1


def test_all_rows_are_taken_in_one_batch_and_again_change_nothing(shelves):
    shelves.add_item(sku="OLD", name="Old name")
    text = HEADER + "OLD,New name,other,box,5.00,\nNEW,Tape,medications,box,1.25,\n"
    plan = planned_at(shelves, text)
    assert asyncio.run(carry_out(shelves, actor(), plan))
    assert names(shelves) == [("NEW", "Tape", 1), ("OLD", "New name", 2)]
    (audit,) = shelves.connection.execute(
        "SELECT fields_json FROM audit_logs WHERE action = 'inventory:import-items'"
    ).fetchall()
    assert json.loads(audit["fields_json"])["changed"] == {"OLD": {"name": ["Old name", "New name"]}}
    again = planned_at(shelves, text)
    assert (again.added, again.changed, again.unchanged) == ([], [], 2)


def test_nothing_is_taken_once_the_catalogue_is_another(shelves):
    item_id = shelves.add_item(sku="OLD", name="Old name")
    text = HEADER + "OLD,New name,other,box,5.00,\nNEW,Tape,other,box,1.25,\n"
    plan = planned_at(shelves, text)
    shelves.connection.execute("UPDATE inventory_items SET version = 7 WHERE id = ?", (item_id,))
    assert not asyncio.run(carry_out(shelves, actor(), plan))
    assert names(shelves) == [("OLD", "Old name", 7)]
    assert fingerprint(planned_at(shelves, text)) != fingerprint(plan)


def test_items_are_found_by_their_index(shelves):
    shelves.asked.clear()
    asyncio.run(known_items(shelves, ["A"]))
    asyncio.run(on_hand_anywhere(shelves, ["itm_a"]))
    steps = [step for statement in shelves.asked for step in shelves.plan(statement)]
    assert not [step for step in steps if step.startswith("SCAN inventory")]
