"""`ganger audit verify --file`: an export is read, compared and judged."""

import json
from dataclasses import asdict
from datetime import UTC, datetime, timedelta

import pytest

from ganger.audit_chain import ROW_COLUMNS, next_seal
from ganger.clock import iso_utc
from ganger.tokens import KeyRing
from tools.audit import AuditProblem, read_export
from tools.cli import main

KEYS = "k1:" + "A" * 43


def make_rows(count):
    at = iso_utc(datetime.now(UTC) - timedelta(minutes=30))
    texts = dict.fromkeys(ROW_COLUMNS, "x") | {"occurred_at": at}
    return [texts | {"sequence": number, "id": f"row{number}"} for number in range(1, count + 1)]


def make_export(rows, seals):
    return [{"results": rows, "success": True, "meta": {}}, {"results": seals, "success": True, "meta": {}}]


@pytest.fixture
def export(tmp_path, monkeypatch):
    """A function that writes an export of three sealed rows, after a change."""
    monkeypatch.setenv("AUDIT_KEYS", KEYS)

    def write(change=lambda rows, seals: None):
        rows = make_rows(3)
        seals = [asdict(next_seal(None, rows, KeyRing.parse(KEYS), datetime.now(UTC)))]
        change(rows, seals)
        file = tmp_path / "audit.json"
        file.write_text(json.dumps(make_export(rows, seals)))
        return file, seals

    return write


def verify(file, *arguments):
    return main(["audit", "verify", "--file", str(file), *arguments])


def test_an_untouched_export_verifies_and_names_the_last_seal(export, capsys):
    file, seals = export()
    assert verify(file) == 0
    told = capsys.readouterr().out
    assert "3 rows, 1 seals: as they were sealed." in told
    assert f"Last seal 1:{seals[0]['seal_hash']}, up to row 3." in told


def test_an_altered_row_is_named_with_its_seal_and_fails(export, capsys):
    file, _ = export(lambda rows, seals: rows[1].update(user_id="usr_other"))
    assert verify(file) == 1
    assert capsys.readouterr().out.startswith("seal 1: a row from 1 to 3 was altered")


def test_a_seal_that_only_the_log_knows_is_named(export, capsys):
    file, seals = export()
    assert verify(file, "--known", f"1:{seals[0]['seal_hash']}") == 0
    assert verify(file, "--known", f"1:{seals[0]['seal_hash']}", "--known", f"2:{'0' * 64}") == 1
    assert "seal 2: removed; the log knows it" in capsys.readouterr().out


def test_many_findings_are_cut_short(export, capsys):
    file, _ = export(lambda rows, seals: seals.extend([seals[0]] * 30))
    assert verify(file) == 1
    assert "… and 10 more." in capsys.readouterr().out


def test_without_keys_nothing_is_judged(export, monkeypatch, capsys):
    file, _ = export()
    monkeypatch.delenv("AUDIT_KEYS")
    assert verify(file) == 1
    assert "Set AUDIT_KEYS" in capsys.readouterr().err


@pytest.mark.parametrize("known", ["1", "1:abc", "x:" + "0" * 64, ""])
def test_a_known_seal_that_is_none_is_refused(export, capsys, known):
    file, _ = export()
    assert verify(file, "--known", known) == 1
    assert "is not `<number>:<hash>`" in capsys.readouterr().err


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "[1, 2]", '[{"results": []}]', '[{"results": 3}, {"results": []}]']
)
def test_another_file_is_no_export(text):
    with pytest.raises(AuditProblem):
        read_export(text)


def test_an_export_that_lacks_a_column_is_not_judged():
    (row,) = make_rows(1)
    del row["justification"]
    with pytest.raises(AuditProblem, match="lacks"):
        read_export(json.dumps(make_export([row], [])))


def test_a_folder_without_state_is_told(tmp_path, capsys):
    assert main(["audit", "verify", "--state", str(tmp_path / "none")]) == 1
    assert "no state folder" in capsys.readouterr().err
