"""`ganger inventory reconcile` over what wrangler exports."""

import json

import pytest

from tools.inventory import QUERY, LedgerProblem, reconcile_export

DIFFERENCE = {
    "subject": "lot",
    "item_id": "itm_bic-84",
    "location_id": "loc_aa",
    "lot_number": "DEMO021",
    "held": 5,
    "booked": 4,
}


def reconcile(tmp_path, text):
    file, said = tmp_path / "ledger.json", []
    file.write_text(text)
    return reconcile_export(file, said.append), said


def test_export_without_differences_is_in_order(tmp_path):
    assert reconcile(tmp_path, json.dumps([{"results": []}])) == (
        0,
        ["What is on hand is what the ledger says."],
    )


def test_each_difference_is_told_and_fails_the_command(tmp_path):
    status, said = reconcile(tmp_path, json.dumps([{"results": [DIFFERENCE]}]))
    assert status == 1
    assert said == [
        "item itm_bic-84 at loc_aa, lot DEMO021: 5 on hand, its movements sum to 4.",
        "Differences: 1.",
    ]


@pytest.mark.parametrize("text", ["", "{}", "[]", '[{"results": [{"held": 5}]}]', '[{"results": 3}]'])
def test_another_file_is_refused(tmp_path, text):
    with pytest.raises(LedgerProblem):
        reconcile(tmp_path, text)


def test_query_is_one_line_for_the_command_line():
    assert "\n" not in QUERY
    assert "--" not in QUERY
