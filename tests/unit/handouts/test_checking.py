"""What a template may say, and what follows from it."""

import pytest

from app_workers.handouts.domain.checking import content_problems
from app_workers.handouts.domain.computed import computed
from app_workers.handouts.domain.parts import needs_patient
from ganger.errors import ValidationFailed
from tests.unit.handouts.factories import (
    ACNE,
    checkbox,
    checklist,
    content,
    fields,
    item,
    rule,
    text,
    text_field,
)


def found(*sections, rules=()):
    return [(problem.code, problem.where) for problem in content_problems(content(*sections), list(rules))]


def facts(*sections, rules=()):
    outcome = computed(content(*sections), list(rules))
    return outcome.template_type.value, outcome.complexity, outcome.minutes


def many(count):
    return [text_field(f"f{number}") for number in range(count)]


def test_type_complexity_and_minutes_follow_from_the_text():
    """Acceptance example 5."""
    assert facts(text()) == ("static", 1, 1)
    assert facts(fields(*many(3))) == ("dynamic", 1, 1)
    assert facts(fields(*many(4))) == ("dynamic", 2, 3)
    assert facts(fields(*many(8))) == ("dynamic", 2, 3)
    assert facts(fields(*many(9))) == ("dynamic", 3, 5)
    assert facts(checklist(item("do"))) == ("conditional", 3, 5)
    assert facts(fields(*many(1)), text(), rules=[rule("hide_if", "f0", "words")])[0] == "conditional"


def test_only_known_variables_are_named():
    """Acceptance example 4."""
    assert found(text("{{patient_ssn}}")) == [("UNKNOWN_VARIABLE", "words")]
    assert found(text("{{ }}", title="{{nope}}")) == [("UNKNOWN_VARIABLE", "words")] * 2
    assert found(text("{{ patient_dob }} {{note}}"), fields(text_field()), ACNE) == []


def test_a_template_that_names_the_patient_needs_one():
    assert needs_patient(content(text("For {{patient_first_name}}")))
    assert not needs_patient(content(text("At {{location_name}}")))


def test_rules_name_what_is_there():
    sections = (fields(checkbox("first"), text_field()), text())
    assert found(*sections, rules=[rule("show_if", "first", "words", "note")]) == []
    assert found(*sections, rules=[rule("show_if", "words", "nope")]) == [
        ("INVALID_RULE", "words"),
        ("INVALID_RULE", "nope"),
    ]
    assert found(*sections, rules=[rule("show_if", "note", "words")]) == [("INVALID_RULE", "note")]
    assert found(*sections, rules=[rule("require_if", "first", "words")]) == [("INVALID_RULE", "words")]


def test_no_field_depends_on_itself_or_on_nothing():
    circle = [
        text_field("a", depends_on="c"),
        text_field("b", depends_on="a"),
        text_field("c", depends_on="b"),
    ]
    assert found(fields(*circle)) == [("INVALID_RULE", name) for name in "abc"]
    onto = [*circle, text_field("d", depends_on="a"), text_field("e", depends_on="nope")]
    assert found(fields(*onto))[3:] == [("INVALID_RULE", "e")]
    assert found(checklist(item("do")), fields(text_field(depends_on="do"))) == []


@pytest.mark.parametrize(
    "sections",
    [
        [text(), text()],
        [fields(text_field("words")), text()],
        [fields(text_field("patient_dob"))],
        [fields(*many(30)), fields(*[text_field(f"g{n}") for n in range(31)], id="more")],
        [text("x" * 4000, id=f"s{number}") for number in range(51)],
        [fields({"id": "x", "type": "number", "label": "x", "min": 2, "max": 1})],
        [fields({"id": "x", "type": "number", "label": "x", "default": "many"})],
        [fields({"id": "x", "type": "select", "label": "x", "options": [{"value": "1", "text": "1"}] * 2})],
        [checklist(item("do"), min_selected=2)],
        [checklist(item("do", required=True), item("also", required=True), max_selected=1)],
    ],
)
def test_what_contradicts_itself_or_is_too_much_is_told(sections):
    assert found(*sections)
    assert {code for code, _ in found(*sections)} == {"VALIDATION_ERROR"}


@pytest.mark.parametrize(
    "section",
    [
        {"id": "x", "type": "regex", "content": "x"},
        {"id": "Not an id", "type": "page_break"},
        text("x" * 4001),
        text(""),
        checklist(*[item(f"i{number}") for number in range(41)]),
        fields({**text_field(), "pattern": ".*"}),
    ],
)
def test_what_is_no_content_is_refused(section):
    with pytest.raises(ValidationFailed):
        content(section)
