"""Packets: patients as typed, states, the form's answers, the days of a search."""

import asyncio
from datetime import date, timedelta

import pytest

from app_workers.handouts.demo import statements
from app_workers.handouts.domain.answering import answers_of, with_blanks
from app_workers.handouts.domain.packets import may_go
from app_workers.handouts.domain.patients import (
    birth_date_problem,
    email_of,
    first_and_last,
    patient_problems,
)
from app_workers.handouts.models.packets import PacketSearch, PacketStatus, PatientFacts
from app_workers.handouts.routes.packet_days import days_of
from app_workers.handouts.store.failures import failed_between
from app_workers.handouts.store.packets import givers_within, packets_to_look_at, search_packets
from app_workers.handouts.store.templates import find_template
from ganger.clock import clinic_midnight
from ganger.errors import ValidationFailed
from ganger.identity import Location
from ganger.scope import Scope
from tests.harness.tables import HostDatabase

TODAY = date(2026, 1, 10)


def test_an_address_is_one_or_none():
    assert email_of("pat@example.test") == "pat@example.test"
    assert [email_of(typed) for typed in ("pat", "pat@example", "a b@example.test")] == [None] * 3


def test_a_birth_date_lies_between_1900_and_today():
    assert birth_date_problem(TODAY, TODAY) is None
    assert birth_date_problem(date(1900, 1, 1), TODAY) is None
    assert birth_date_problem(date(2026, 1, 11), TODAY) == "must not be in the future"
    assert birth_date_problem(date(1899, 12, 31), TODAY) == "must not be before 1900"


def test_all_that_is_wrong_with_a_patient_is_told_together():
    facts = PatientFacts(name="Pat", birth_date=date(2027, 1, 1), email="x", phone="1")
    assert patient_problems(facts, TODAY).keys() == {"birth_date", "email", "phone"}


def test_a_name_has_a_first_and_a_last_word():
    assert first_and_last("Pat van Example") == ("Pat", "Example")
    assert first_and_last("Pat") == ("Pat", "")


def test_a_packet_goes_only_forward_and_what_is_revoked_stays_so():
    allowed = {(now, then) for now in PacketStatus for then in PacketStatus if may_go(now, then)}
    assert {(now.value, then.value) for now, then in allowed} == {
        ("draft", "queued"),
        ("queued", "ready"),
        ("queued", "failed"),
        ("failed", "queued"),
        ("ready", "revoked"),
    }


def test_a_form_becomes_answers_by_template():
    database = HostDatabase("handouts")
    database.carry_out(statements(TODAY))
    plan = asyncio.run(find_template(database, "tpl_acne_plan"))
    pairs = [
        ("shown.tpl_acne_plan", "yes"),
        ("c.tpl_acne_plan.plan", "wash"),
        ("f.tpl_acne_plan.bp_percent", "__custom"),
        ("x.tpl_acne_plan.bp_percent", " 7.5 "),
        ("f.tpl_acne_plan.wash_times", "twice"),
    ]
    answers = answers_of(pairs, [plan])["tpl_acne_plan"]
    assert answers.checklists["plan"] == ["wash"]
    assert (answers.fields["bp_percent"], answers.fields["wash_times"]) == ("7.5", "twice")
    assert answers_of(pairs[1:], [plan]) == {}


def test_a_form_shows_blanks_for_variables():
    assert with_blanks("Use the **{{bp_percent}}%** wash.") == "Use the ____% wash."


def test_a_search_is_about_a_week_unless_it_says_otherwise():
    assert days_of(PacketSearch(), TODAY) == (date(2026, 1, 4), TODAY)
    with pytest.raises(ValidationFailed):
        days_of(PacketSearch.checked({"from": "2026-01-09", "to": "2026-01-08"}), TODAY)


@pytest.mark.parametrize(
    ("asked", "first"),
    [({}, "2026-01-04"), ({"days": "30"}, "2025-12-12"), ({"days": "7", "from": "2020-01-01"}, "2026-01-04")],
)
def test_a_search_is_about_a_week_unless_other_days_are_asked_for(asked, first):
    days = days_of(PacketSearch.checked(asked), TODAY)
    assert days == (date.fromisoformat(first), TODAY)


def test_lists_of_packets_are_found_by_location_and_time():
    database = HostDatabase("handouts")
    database.carry_out(statements(TODAY))
    scope = Scope("usr_pat", (Location("loc_aa", "Ann Arbor"),))
    days = (date(2026, 1, 4), TODAY)
    listed, total = asyncio.run(search_packets(database, scope, PacketSearch(generated_by="usr_pat"), *days))
    assert len(listed) == total > 0
    assert asyncio.run(givers_within(database, scope, *days)) == {"usr_pat": "Pat Example"}
    for asked in database.asked:
        (found,) = (step for step in database.plan(asked) if step.startswith("SEARCH packet"))
        assert "generated_handouts_by_time" in found, asked.sql
    database.connection.close()


def test_what_the_first_page_looks_at_is_found_by_its_time_however_many_packets_there_are():
    database = HostDatabase("handouts")
    database.carry_out(statements(TODAY))
    scope = Scope("usr_mia", (Location("loc_aa", "Ann Arbor"), Location("loc_wx", "Wixom")))
    now = clinic_midnight(TODAY)
    listed = asyncio.run(packets_to_look_at(database, scope, now))
    assert [each.id for each in listed] == ["pkt_05", "pkt_06"]  # locked; its code ends tomorrow
    failed = asyncio.run(failed_between(database, scope, now - timedelta(days=7), now + timedelta(days=1)))
    assert {each.id for each in failed} == {"dlv_04_0", "dlv_13_0"}
    found = {
        step.partition("INDEX ")[2]
        for statement in database.asked
        for step in database.plan(statement)
        if step.startswith(("SEARCH packet", "SEARCH delivery"))
    }
    assert found == {
        "generated_handouts_locked (location_id=? AND access_locked_until>?)",
        "generated_handouts_by_end (location_id=? AND qr_expires_at>? AND qr_expires_at<?)",
        "delivery_tracking_failed (location_id=? AND updated_at>? AND updated_at<?)",
        "sqlite_autoindex_generated_handouts_1 (id=?)",
    }
    database.connection.close()
