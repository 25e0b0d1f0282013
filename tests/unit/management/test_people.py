"""Who may change and read what of a profile, tenure, and what was typed."""

from datetime import date

import pytest

from app_workers.management.domain.people import (
    as_shown,
    change_problem,
    changed_fields,
    editable_fields,
    may_read_contact,
    tenure,
)
from app_workers.management.domain.typed_profile import read_contact, read_profile, typed_profile
from app_workers.management.models.people import ProfileChange
from ganger.errors import Forbidden, ValidationFailed
from tests.unit.ganger.factories import make_person
from tests.unit.management.factories import make_profile

OWN = {"phone", "bio", "skills", "emergency_contact", "works_remote"}
MANAGERS = OWN | {"department", "position", "home_location_id", "hire_date"}
EVERYTHING = MANAGERS | {"manager_id", "employee_id"}
MIA = make_person(id="usr_mia", role="manager")
SAM = make_person(id="usr_sam", role="superadmin")
HR = make_person(id="usr_fay", permissions=("management:hr-approve",))
OTHER = make_person(id="usr_max", role="manager")


@pytest.mark.parametrize(
    ("person", "fields"),
    [(make_person(), OWN), (MIA, MANAGERS), (SAM, EVERYTHING), (HR, set()), (OTHER, set())],
)
def test_oneself_the_direct_manager_and_superadmins_change_what_is_theirs(person, fields):
    assert editable_fields(person, make_profile()) == fields


def test_role_grants_and_activation_are_no_fields_of_a_profile():
    for name in ("role", "permissions", "is_active"):
        with pytest.raises(ValidationFailed):
            ProfileChange.checked({name: "manager"})


@pytest.mark.parametrize(
    ("person", "may"), [(make_person(), True), (MIA, True), (SAM, True), (HR, True), (OTHER, False)]
)
def test_an_emergency_contact_is_for_oneself_the_manager_hr_and_superadmins(person, may):
    assert may_read_contact(person, make_profile()) is may


@pytest.mark.parametrize(
    ("person", "are_shown", "sees"),
    [
        (OTHER, True, True),
        (OTHER, False, False),
        (make_person(), False, True),
        (MIA, False, True),
        (HR, False, True),
    ],
)
def test_phone_numbers_that_are_not_for_everybody_are_for_those_who_see_whom_to_call(person, are_shown, sees):
    profile = make_profile(phone="248-555-0199")
    seen = as_shown(profile, person, are_phones_shown=are_shown)
    assert seen == (profile if sees else profile.model_copy(update={"phone": None}))


def test_a_field_that_is_not_theirs_refuses_the_whole_change():
    asked = ProfileChange.checked({"phone": "248-555-0199", "position": "Boss", "employee_id": "E-1"})
    problem = change_problem(make_person(), make_profile(), asked)
    assert isinstance(problem, Forbidden)
    assert problem.details["fields"] == ["employee_id", "position"]
    assert change_problem(SAM, make_profile(), asked) is None


def test_an_employee_number_is_changed_and_never_taken_away():
    asked = ProfileChange.checked({"employee_id": None})
    assert isinstance(change_problem(SAM, make_profile(), asked), ValidationFailed)
    assert change_problem(SAM, make_profile(employee_id=None), asked) is None


def test_only_what_differs_is_a_change():
    asked = ProfileChange.checked({"phone": "248-555-0107", "bio": "New", "skills": [], "version": "x"})
    assert changed_fields(make_profile(), asked) == {
        "bio": (None, "New"),
        "skills": (["Spanish", "First aid"], []),
    }


@pytest.mark.parametrize(
    ("hired", "said"),
    [
        ("2026-03-02", "New employee"),
        ("2026-02-03", "New employee"),
        ("2026-02-02", "1 month"),
        ("2025-03-03", "11 months"),
        ("2025-03-02", "1 year"),
        ("2024-02-29", "2 years"),
        ("2023-12-15", "2 years, 2 months"),
        ("2026-05-01", "New employee"),
    ],
)
def test_tenure_is_in_whole_years_and_months(hired, said):
    assert tenure(date.fromisoformat(hired), date(2026, 3, 2)) == said


@pytest.mark.parametrize(
    ("phone", "is_one"),
    [
        ("248-555-0107", True),
        ("+1 (248) 555-0107", True),
        ("555-0107", False),
        ("248-555-0107 ext 4", False),
        ("\u0662\u0664\u0668-555-0107", False),
    ],
)
def test_a_phone_number_has_ten_to_twenty_characters_of_its_kind(phone, is_one):
    if is_one:
        assert ProfileChange.checked({"phone": phone}).phone == phone
    else:
        with pytest.raises(ValidationFailed):
            ProfileChange.checked({"phone": phone})


def test_what_was_typed_for_a_profile_gives_that_profile():
    profile = make_profile(works_remote=True)
    form = read_profile(typed_profile(profile), OWN - {"emergency_contact"})
    assert form.record is not None
    assert form.record.version == profile.version
    assert changed_fields(profile, form.record) == {}


def test_empty_controls_empty_fields():
    form = read_profile({"phone": " ", "skills": " , ", "version": ""}, {"phone", "skills", "works_remote"})
    assert form.record is not None
    assert (form.record.phone, form.record.skills, form.record.version) == (None, (), None)


def test_a_mistake_names_the_control_that_it_is_about():
    assert read_profile({"skills": "x" * 51}, {"skills"}).errors.keys() == {"skills"}
    assert read_contact({"name": "Zoe", "phone": "1"}).errors.keys() == {"relationship", "phone"}


def test_a_contact_without_anything_is_none():
    form = read_contact({"name": "", "relationship": " ", "phone": ""})
    assert form.record is not None
    assert form.record.emergency_contact is None
    assert "emergency_contact" in form.record.model_fields_set
