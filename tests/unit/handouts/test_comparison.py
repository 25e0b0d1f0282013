"""Two versions as plain text."""

from app_workers.handouts.domain.comparison import compared, lines_of
from app_workers.handouts.models.templates import TemplateDraft
from tests.unit.handouts.factories import ACNE, fields, text, text_field
from tests.unit.handouts.library import draft


def version(*sections, **changes):
    return TemplateDraft.checked(draft(content={"sections": list(sections)}, **changes))


def changes(older, newer):
    lines = compared(older, newer, {"loc_aa": "Ann Arbor"})
    return [(line.change.value, line.text) for line in lines if line.change.value != "same"]


def test_what_was_removed_stands_before_what_took_its_place():
    older = version(text("Keep it dry.\n\nCome back."), tags=["a"])
    newer = version(text("Keep it clean.\n\nCome back."), tags=["a", "b"])
    assert changes(older, newer) == [
        ("removed", "Tags: a"),
        ("added", "Tags: a, b"),
        ("removed", "Keep it dry."),
        ("added", "Keep it clean."),
    ]
    assert changes(older, older) == []


def test_codes_are_told_in_the_words_of_the_pages():
    newer = version(text(), category="pre_procedure", location_ids=["loc_aa", "loc_zz"])
    assert changes(version(text(), category="education"), newer) == [
        ("removed", "Category: Education"),
        ("added", "Category: Before a procedure"),
        ("removed", "Locations: all"),
        ("added", "Locations: Ann Arbor, another location"),
    ]


def test_everything_that_somebody_wrote_is_compared():
    rules = [{"type": "show_if", "field": "wash", "operator": "is_checked", "target": ["words"]}]
    lines = list(
        lines_of(
            version(
                text(title="Why"),
                fields(text_field(required=True, max_length=9)),
                ACNE,
                {"id": "care", "type": "list", "items": ["One", "Two"], "ordered": True},
                {"id": "next", "type": "page_break"},
                rules=rules,
            ),
            {},
        )
    )
    for expected in (
        "Locations: all",
        "[words: text, normal] Why",
        "Field note: Note, text, required yes, max length 9, format free",
        "Chosen: 1 to 2",
        "- sunscreen: Wear sunscreen.",
        "2. Two",
        "[next: page break]",
        "Rule 1: show if wash is checked: words",
    ):
        assert expected in lines
    assert any(
        line.startswith("Field bp_percent: Strength, select") and "2.5; 5; 10" in line for line in lines
    )


def test_a_first_version_is_all_new():
    assert {line.change.value for line in compared(None, version(text()), {})} == {"added"}
