"""From answers to the document and all problems of it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from ganger.document_html import blocks_html
from ganger.documents import Block, Run, Shape
from tests.unit.handouts.factories import (
    ACNE,
    checkbox,
    checklist,
    evaluated,
    fields,
    item,
    lines,
    problems,
    rule,
    text,
    text_field,
)


def wash(**answers):
    return evaluated([ACNE], answers, chosen=["wash"])


def test_answers_stand_in_the_sentence_of_a_chosen_item():
    """Acceptance example 1."""
    five = wash(bp_percent="5", wash_times="twice")
    assert (problems(five), lines(five)) == ([], ["Use the 5% benzoyl peroxide wash twice a day."])
    assert "7.5%" in lines(wash(bp_percent=7.5, wash_times="once"))[0]
    assert problems(wash(bp_percent="25", wash_times="once")) == [("bp_percent", "RANGE")]
    assert problems(wash(bp_percent="strong", wash_times="once")) == [("bp_percent", "FORMAT")]
    assert problems(wash(bp_percent="5", wash_times="thrice")) == [("wash_times", "OPTION")]


def test_a_field_counts_only_while_its_item_is_chosen():
    """Acceptance example 2."""
    assert problems(evaluated([ACNE], chosen=[])) == [("steps", "MIN_SELECTED")]
    assert problems(wash(wash_times="once")) == [("bp_percent", "REQUIRED")]
    dropped = evaluated([ACNE], {"bp_percent": "25"}, chosen=["sunscreen"])
    assert (problems(dropped), lines(dropped)) == ([], ["Wear sunscreen."])
    assert dropped.shown == {"steps", "sunscreen"}


def test_what_hides_wins_over_what_shows():
    """Acceptance example 3."""
    sections = [fields(checkbox("oral"), checkbox("pregnant")), text("About tablets", id="oral_info")]
    rules = [rule("show_if", "oral", "oral_info"), rule("hide_if", "pregnant", "oral_info")]
    assert "oral_info" not in evaluated(sections, {}, rules).shown
    assert "oral_info" in evaluated(sections, {"oral": True}, rules).shown
    assert evaluated(sections, {"oral": True, "pregnant": True}, rules).hidden == {"oral_info"}


def test_what_a_person_types_is_printed_letter_by_letter():
    """Acceptance example 4."""
    for typed in ("<b>x</b>", "**x**", "{{patient_mrn}}"):
        section = fields(text_field(), content="Note: {{note}}")
        found = evaluated([section], {"note": typed}, variables={"patient_mrn": "10000001"})
        assert lines(found) == [f"Note: {typed}"]
    shown = blocks_html(evaluated([fields(text_field(), content="{{note}}")], {"note": "<b>x</b>"}).blocks)
    assert shown == "<p>&lt;b&gt;x&lt;/b&gt;</p>"


def test_paragraphs_bold_and_line_breaks():
    found = evaluated(
        [text("First **{{who}}**,\nthen.\n\nSecond **one", title="How")], variables={"who": "Pat"}
    )
    assert found.blocks == (
        Block(Shape.HEADING, ((Run("How"),),)),
        Block(
            Shape.TEXT,
            ((Run("First "), Run("Pat", is_bold=True), Run(",\nthen.")), (Run("Second **one"),)),
        ),
    )
    assert blocks_html(found.blocks) == (
        "<h2>How</h2><p>First <strong>Pat</strong>,<br>then.</p><p>Second **one</p>"
    )


def test_every_kind_of_section_has_its_shape():
    found = evaluated(
        [
            text("Title", id="a", variant="heading"),
            text("Look", id="b", variant="emphasis"),
            {"id": "c", "type": "list", "items": ["One", "Two"], "ordered": True},
            {"id": "d", "type": "page_break"},
            {"id": "e", "type": "warning", "content": "Careful"},
            checklist(item("do", required=True)),
        ]
    )
    assert [block.shape for block in found.blocks] == [
        Shape.HEADING, Shape.EMPHASIS, Shape.NUMBERS, Shape.PAGE_BREAK, Shape.WARNING, Shape.CHECKED,
    ]  # fmt: skip
    assert '<ol><li>One</li><li>Two</li></ol><hr class="document-break">' in blocks_html(found.blocks)


def test_a_title_stands_only_above_something():
    section = fields(text_field(), content="{{note}}", title="Notes")
    assert lines(evaluated([section])) == []
    assert lines(evaluated([section], {"note": "x"})) == ["Notes", "x"]


def test_a_field_is_dropped_with_its_parent_and_the_parents_parent():
    section = fields(
        text_field("third", depends_on="second", required=True),
        text_field("second", depends_on="first"),
        checkbox("first"),
        content="{{second}}{{third}}",
    )
    assert problems(evaluated([section], {"second": "b", "third": "c"})) == []
    assert lines(evaluated([section], {"second": "b", "third": "c"})) == []
    assert lines(evaluated([section], {"first": True, "second": "b", "third": "c"})) == ["bc"]
    assert problems(evaluated([section], {"first": True, "second": "b"})) == [("third", "REQUIRED")]


def test_conditions_are_tested_on_what_parents_left():
    sections = [fields(checkbox("first"), text_field("second", depends_on="first")), text(id="more")]
    shows = [rule("show_if", "second", "more", operator="contains", value="ACNE")]
    assert "more" not in evaluated(sections, {"second": "acne"}, shows).shown
    assert "more" in evaluated(sections, {"first": True, "second": "of acne."}, shows).shown


def test_conditions_do_not_wait_for_each_other():
    sections = [fields(checkbox("first")), text(id="words"), checklist(item("do"))]
    rules = [rule("hide_if", "first", "steps"), rule("show_if", "do", "words")]
    found = evaluated(sections, {"first": True}, rules, chosen=["do"])
    assert "words" in found.shown  # the item was chosen when conditions were tested, though it is hidden
    assert "steps" not in found.shown


def test_required_items_are_chosen_and_counted_only_when_visible():
    section = checklist(item("do", required=True), item("also"), max_selected=1)
    assert problems(evaluated([section], chosen=["also"])) == [("steps", "MAX_SELECTED")]
    hides = [rule("hide_if", "also", "do")]
    assert problems(evaluated([section], rules=hides, chosen=["also"])) == []


def test_items_have_defaults_until_some_are_chosen():
    section = checklist(item("do", "Do", default=True), item("also", "Also"))
    assert lines(evaluated([section])) == ["Do"]
    assert lines(evaluated([section], chosen=["also"])) == ["Also"]


def test_a_rule_can_make_a_field_required():
    sections = [fields(checkbox("first"), text_field())]
    rules = [rule("require_if", "first", "note")]
    assert problems(evaluated(sections, {}, rules)) == []
    assert problems(evaluated(sections, {"first": True}, rules)) == [("note", "REQUIRED")]


def test_unknown_ids_and_all_else_are_told_at_once():
    section = checklist(
        item("do", fields=[text_field(required=True), text_field("short", max_length=3)]), max_selected=1
    )
    found = evaluated([section], {"nope": 1, "short": "long"}, chosen=["do", "other"])
    assert problems(found) == [
        ("nope", "UNKNOWN_FIELD"), ("other", "UNKNOWN_FIELD"), ("note", "REQUIRED"), ("short", "TOO_LONG"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value", "outcome"),
    [
        (checkbox("x"), True, "Yes"),
        (checkbox("x"), None, "No"),
        (checkbox("x"), "maybe", "FORMAT"),
        (checkbox("x", required=True), False, "REQUIRED"),
        ({"id": "x", "type": "date", "label": "x"}, "2026-02-09", "02/09/2026"),
        ({"id": "x", "type": "date", "label": "x"}, "2026-02-30", "FORMAT"),
        ({"id": "x", "type": "number", "label": "x", "min": 0.1, "decimals": 1}, 0.1, "0.1"),
        ({"id": "x", "type": "number", "label": "x", "min": 0.1, "decimals": 1}, "0", "RANGE"),
        ({"id": "x", "type": "number", "label": "x", "decimals": 1}, "1.25", "FORMAT"),
        ({"id": "x", "type": "number", "label": "x"}, True, "FORMAT"),
        (text_field("x", format="integer"), "12", "12"),
        (text_field("x", format="integer"), "1.2", "FORMAT"),
        (text_field("x", format="percent"), "2.5 %", "2.5 %"),
        (text_field("x", format="decimal"), "half", "FORMAT"),
        (text_field("x", default="usual"), ..., "usual"),
        (text_field("x", default="usual"), "", ""),
    ],
)
def test_a_value_is_printed_or_refused(field, value, outcome):
    given = {} if value is ... else {"x": value}
    found = evaluated([fields(field, content="{{x}}")], given)
    if found.problems:
        assert problems(found) == [("x", outcome)]
    else:
        assert "".join(lines(found)) == outcome


_VALUES = some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=20)
_NAMES = some.sampled_from(("oral", "note", "bp_percent", "wash_times", "nope"))
_RULES = some.lists(
    some.builds(
        rule,
        some.sampled_from(("show_if", "hide_if")),
        some.sampled_from(("oral", "wash", "note")),
        some.sampled_from(("words", "wash", "note", "steps")),
    ),
    max_size=3,
)


@settings(max_examples=60)
@given(some.dictionaries(_NAMES, _VALUES), some.lists(some.sampled_from(("wash", "sunscreen"))), _RULES)
def test_whatever_is_given_an_evaluation_is_consistent(answers, chosen, rules):
    sections = [fields(checkbox("oral"), text_field(depends_on="oral")), ACNE, text("About {{note}}")]
    found = evaluated(sections, answers, rules, chosen=chosen)
    assert not found.shown & found.hidden
    told = {problem.field for problem in found.problems if problem.code.value != "UNKNOWN_FIELD"}
    assert told <= found.shown
    assert ("nope" in answers) == (("nope", "UNKNOWN_FIELD") in problems(found))
    assert all(entry for block in found.blocks for entry in block.entries)
