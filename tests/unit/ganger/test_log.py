"""The log: what a line may say, and what is replaced whoever hands it in."""

import ast
import json
from pathlib import Path

import pytest

from ganger.log import REDACTED, Facts, log, log_exception, log_security

ROOT = Path(__file__).parents[3]
SOURCES = ("ganger", "router_worker", "app_workers", "patient_workers", "service_workers")


def only_line(capsys):
    (line,) = capsys.readouterr().out.splitlines()
    return json.loads(line)


def test_a_line_is_one_json_object_with_level_event_and_facts(capsys):
    log("warning", "slow", stage="identify", ms=7.5, request_id="ab12")
    line = {"level": "warning", "event": "slow", "stage": "identify", "ms": 7.5, "request_id": "ab12"}
    assert only_line(capsys) == line


def test_a_security_line_says_its_class(capsys):
    log_security("audit chain broken")
    assert only_line(capsys) == {"level": "error", "class": "security", "event": "audit chain broken"}


@pytest.mark.parametrize("name", ["patient_name", "mrn", "email", "birth_date", "message", "password", "at_"])
def test_a_fact_of_another_name_is_replaced(capsys, name):
    log("info", "seen", **{name: "secret"})
    assert only_line(capsys)[name] == REDACTED


@pytest.mark.parametrize(
    "value",
    [
        "Pat Example",
        "pat@example.test",
        "Müller",
        "1 Main Street",
        'x"y',
        "a\nb",
        "",
        "x" * 101,
        "(555)0142",
        b"bytes",
        ["a list"],
        {"a": "dict"},
        10**12,
        float("nan"),
    ],
)
def test_a_value_that_looks_like_no_code_is_replaced(capsys, value):
    log("info", "seen", reason=value)
    assert only_line(capsys)["reason"] == REDACTED


@pytest.mark.parametrize(
    "value", ["usr_01h", "GET:/items/{item_id}", "ValueError", 0, 12.5, None, True, "a" * 100]
)
def test_codes_counts_and_identifiers_stay(capsys, value):
    log("info", "seen", reason=value)
    assert only_line(capsys)["reason"] == value


def test_an_event_is_words_of_the_source(capsys):
    log("info", "Pat Example came in")
    assert only_line(capsys)["event"] == REDACTED


def test_an_exception_is_told_by_type_cause_and_place_and_never_by_its_text(capsys):
    try:
        try:
            raise KeyError("canary")
        except KeyError as error:
            raise ValueError("canary") from error
    except ValueError as error:
        log_exception(error, "ab12")
    line = only_line(capsys)
    assert (line["type"], line["cause"], line["request_id"]) == ("ValueError", "KeyError", "ab12")
    assert "test_log.py" in line["at"][0]
    assert "canary" not in json.dumps(line)


def test_a_deep_recursion_makes_no_long_line(capsys):
    def deeper():
        deeper()

    with pytest.raises(RecursionError) as caught:
        deeper()
    log_exception(caught.value, "ab12")
    assert len(only_line(capsys)["at"]) <= 30


def trees():
    for folder in SOURCES:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path, ast.parse(path.read_text())


def test_every_call_names_facts_that_a_line_may_say():
    unknown = [
        f"{path.name}:{node.lineno} {keyword.arg}"
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        if node.func.id in ("log", "log_security") and path.name != "log.py"
        for keyword in node.keywords
        if keyword.arg not in Facts.__annotations__
    ]
    assert unknown == []


def test_every_event_is_written_out_where_it_is_logged():
    built = [
        f"{path.name}:{node.lineno}"
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        if node.func.id in ("log", "log_security") and path.name != "log.py"
        if not all(isinstance(argument, ast.Constant) for argument in node.args)
    ]
    assert built == []


def test_nothing_else_writes_to_the_log():
    others = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path, tree in trees()
        for node in ast.walk(tree)
        if (isinstance(node, ast.Attribute) and node.attr == "console")
        or (isinstance(node, ast.Attribute) and node.attr in ("stdout", "stderr"))
        or (isinstance(node, ast.Name) and node.id == "print" and path.name != "log.py")
        or (
            isinstance(node, ast.Import)
            and any(alias.name in ("logging", "warnings") for alias in node.names)
        )
        or (isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in ("logging", "warnings"))
    ]
    assert others == []
