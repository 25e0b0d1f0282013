"""What a request's page says of its form."""

from app_workers.management.labels import answers
from app_workers.management.models.forms import FormType
from tests.unit.management.factories import make_form

NAMES = {"usr_fay": "Fay Fiction", "loc_aa": "Ann Arbor"}


def said(form_type, **changes):
    return dict(answers(make_form(form_type, **changes).plain(), NAMES))


def test_codes_and_ids_are_said_in_words():
    shown = said(FormType.SUPPORT_TICKET, location_id="loc_aa", urgent=True)
    assert (shown["Location"], shown["Request type"]) == ("Ann Arbor", "IT")
    assert (shown["Urgent"], shown["Important"]) == ("Yes", "No")


def test_lists_are_said_part_by_part():
    slots = [
        {"day": "mon", "available": True, "start": "08:00", "end": "12:00"},
        {"day": "tue", "available": False},
    ]
    shown = said(FormType.CHANGE_OF_AVAILABILITY, days_affected=["mon", "tue"], slots=slots)
    assert shown["Slots"] == "Mon 08:00 12:00, Tue not available"


def test_what_was_left_empty_is_left_out():
    assert "Coverage note" not in said(FormType.TIME_OFF_REQUEST)


def test_participants_are_named():
    assert said(FormType.MEETING_REQUEST)["Participants"] == "Fay Fiction"
