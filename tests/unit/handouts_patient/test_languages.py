"""In which language the patient site answers, and that it says everything in each."""

from dataclasses import fields

import pytest

from patient_workers.handouts_patient.languages import language_of
from patient_workers.handouts_patient.texts import ENGLISH, SPANISH


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "en"),
        ("es", "es"),
        ("es-MX,es;q=0.9,en;q=0.8", "es"),
        ("en-US,en;q=0.9,es;q=0.8", "en"),
        ("fr,es;q=0.5", "es"),
        ("es;q=0,en;q=0.1", "en"),
        ("es;q=x", "en"),
        ("," * 500, "en"),
    ],
)
def test_a_page_is_in_the_language_that_the_browser_asks_for(accepted, language):
    assert language_of(None, None, accepted) == language


def test_a_choice_counts_before_what_was_kept_and_that_before_the_browser():
    assert language_of("en", "es", "es") == "en"
    assert language_of(None, "es", "en") == "es"
    assert language_of("xx", "yy", "es") == "es"


def test_both_languages_say_the_same_things():
    assert ENGLISH.closed.keys() == SPANISH.closed.keys()
    for field in fields(ENGLISH):
        english, spanish = getattr(ENGLISH, field.name), getattr(SPANISH, field.name)
        assert english and spanish
        assert isinstance(english, str) is isinstance(spanish, str)
        if isinstance(english, str):
            assert english.count("{") == spanish.count("{"), field.name
