"""Versions of a template from draft to archive, carried out in the host's SQLite."""

import sqlite3

import pytest

from ganger.errors import AppError
from tests.unit.handouts.library import AUTHOR, MANAGER, SUPERADMIN, Library, draft

OTHER_TEXT = {"sections": [{"id": "words", "type": "text", "content": "Keep it clean."}]}


@pytest.fixture
def library():
    library = Library()
    yield library
    library.connection.close()


def code(outcome):
    assert isinstance(outcome, AppError), outcome
    return outcome.code


def test_a_version_is_written_submitted_and_approved(library):
    written = library.add()
    assert (written.version, written.status, written.template_type) == (1, "draft", "static")
    submitted = library.step(written, "submit", AUTHOR)
    assert (submitted.status, submitted.submitted_by_name) == ("pending_approval", "Mia Demo")
    approved = library.step(submitted, "approve", note="Good")
    assert (approved.status, approved.decided_by, approved.decision_note) == ("approved", MANAGER, "Good")
    assert library.audited() == ["add-template", "submit-template", "approve-template"]
    told = library.told()
    assert (MANAGER, "Handout Wound care waits for approval") in told
    assert (AUTHOR, "Handout Wound care is approved") in told
    assert AUTHOR not in {person for person, title in told if title.endswith("waits for approval")}


def test_the_next_version_takes_the_place_of_the_older_one(library):
    """Acceptance example 6, its last part."""
    first = library.approved()
    second = library.next(first)
    assert (second.family_id, second.version, second.status) == (first.family_id, 2, "draft")
    assert second.content == first.content
    second = library.edit(second, content=OTHER_TEXT)
    library.step(library.step(second, "submit", AUTHOR), "approve")
    assert library.again(first).status == "archived"
    assert library.again(first).content == first.content
    assert library.listed(status="approved") == ["Wound care 2"]
    assert sorted(library.audited()[-2:]) == ["approve-template", "archive-template"]


def test_nobody_decides_on_their_own_but_a_superadmin(library):
    """Acceptance example 6, its second part."""
    submitted = library.step(library.add(), "submit", AUTHOR)
    assert code(library.step(submitted, "approve", AUTHOR)) == "SELF_APPROVAL"
    assert code(library.step(submitted, "reject", AUTHOR, note="No")) == "SELF_APPROVAL"
    own = library.step(library.add(SUPERADMIN, name="Other"), "submit", SUPERADMIN)
    assert library.step(own, "approve", SUPERADMIN).status == "approved"


@pytest.mark.parametrize("clinical", [{"clinical_review": True}, {"category": "medication"}])
def test_clinical_handouts_need_somebody_who_may_decide_on_them(library, clinical):
    submitted = library.step(library.add(**clinical), "submit", AUTHOR)
    assert code(library.step(submitted, "approve")) == "FORBIDDEN"
    assert {person for person, _ in library.told()} == {SUPERADMIN}
    assert library.step(submitted, "approve", clinical=True).status == "approved"


def test_sending_back_says_why_and_editing_makes_it_a_draft_again(library):
    submitted = library.step(library.add(), "submit", AUTHOR)
    assert code(library.step(submitted, "reject")) == "VALIDATION_ERROR"
    rejected = library.step(submitted, "reject", note="Too short")
    assert (rejected.status, rejected.decision_note) == ("rejected", "Too short")
    assert code(library.step(rejected, "submit", AUTHOR)) == "INVALID_TRANSITION"
    edited = library.edit(rejected, name="Wounds")
    assert (edited.status, edited.name, edited.decision_note) == ("draft", "Wounds", "Too short")
    assert library.step(edited, "submit", AUTHOR).decision_note is None


def test_whoever_submitted_takes_it_back_until_somebody_decides(library):
    submitted = library.step(library.add(), "submit", AUTHOR)
    assert code(library.step(submitted, "withdraw")) == "FORBIDDEN"
    taken_back = library.step(submitted, "withdraw", AUTHOR)
    assert (taken_back.status, taken_back.submitted_by) == ("draft", None)
    assert code(library.step(submitted, "approve")) == "VERSION_CONFLICT"
    edited = library.edit(taken_back, name="Wounds")
    approved = library.step(library.step(edited, "submit", AUTHOR), "approve")
    assert code(library.step(approved, "withdraw", AUTHOR)) == "INVALID_TRANSITION"
    assert library.audited()[:3] == ["add-template", "submit-template", "withdraw-template"]


def test_only_drafts_and_rejected_versions_are_edited(library):
    approved = library.approved()
    assert code(library.edit(approved)) == "NOT_EDITABLE"
    submitted = library.step(library.add(name="Other"), "submit", AUTHOR)
    assert code(library.edit(submitted)) == "NOT_EDITABLE"


def test_a_family_has_one_undecided_version(library):
    approved = library.approved()
    second = library.next(approved)
    refused = library.next(approved)
    assert (code(refused), refused.details["template_id"]) == ("DRAFT_EXISTS", second.id)
    assert code(library.next(second)) == "INVALID_TRANSITION"


def test_approved_names_are_unique_in_a_language(library):
    library.approved()
    again = library.step(library.add(name="WOUND care"), "submit", AUTHOR)
    assert code(library.step(again, "approve")) == "NAME_TAKEN"
    assert library.again(again).status == "pending_approval"
    assert library.approved(name="Wound care", language="es").status == "approved"


def test_an_archived_template_is_no_longer_given_out(library):
    approved = library.approved()
    assert library.step(approved, "archive").status == "archived"
    assert code(library.step(library.again(approved), "archive")) == "INVALID_TRANSITION"
    assert code(library.next(library.again(approved))) == "INVALID_TRANSITION"
    assert library.approved().version == 1  # the name is free again


def test_who_read_an_older_version_is_told_how_it_stands(library):
    written = library.add()
    library.edit(written, name="Mine")
    refused = library.edit(written, name="Yours")
    assert (code(refused), refused.details["current"]["name"]) == ("VERSION_CONFLICT", "Mine")
    assert code(library.step(written, "submit", AUTHOR)) == "VERSION_CONFLICT"
    assert library.audited() == ["add-template", "edit-template"]


def test_what_contradicts_itself_is_not_saved(library):
    section = {"id": "words", "type": "text", "content": "{{patient_ssn}}"}
    refused = library.add(content={"sections": [section]})
    assert (code(refused), refused.details["problems"][0]["where"]) == ("UNKNOWN_VARIABLE", "words")
    rules = [{"type": "show_if", "field": "nope", "operator": "equals", "target": ["words"]}]
    assert code(library.add(rules=rules)) == "INVALID_RULE"
    twice = {"sections": [*draft()["content"]["sections"]] * 2}
    assert library.add(content=twice).details["fields"].keys() == {"content.words"}
    assert code(library.add(location_ids=["loc_nowhere"])) == "VALIDATION_ERROR"
    assert library.listed() == []


def test_lists_are_found_by_category_state_place_and_words(library):
    library.approved(location_ids=["loc_wx"], tags=["wounds"])
    library.add(name="Sun 100%", category="treatment")
    assert library.listed() == ["Sun 100% 1", "Wound care 1"]
    assert library.listed(category="treatment") == ["Sun 100% 1"]
    assert library.listed(location_id="loc_wx") == ["Sun 100% 1", "Wound care 1"]
    assert library.listed(location_id="loc_aa") == ["Sun 100% 1"]
    assert library.listed(search="wounds") == ["Wound care 1"]
    assert library.listed(search="0%") == ["Sun 100% 1"]
    assert library.listed(page=2, limit=1) == ["Wound care 1"]


def test_the_generation_rises_with_what_is_given_out_and_with_nothing_else(library):
    approved = library.approved()
    before = library.generation()
    library.edit(library.next(approved), name="Draft")
    assert library.generation() == before
    library.step(approved, "archive")
    assert library.generation() == before + 1


def test_the_schema_holds_what_the_rules_say(library):
    approved = library.approved()
    with pytest.raises(sqlite3.IntegrityError):
        library.connection.execute("UPDATE handout_templates SET complexity = 4 WHERE id = ?", (approved.id,))
