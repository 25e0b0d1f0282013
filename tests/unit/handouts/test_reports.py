"""Reports of use: their shares, and what the store counts for them."""

import asyncio
from datetime import UTC, date, datetime

import pytest

from app_workers.handouts.demo import statements
from app_workers.handouts.domain.reports import usage_report
from app_workers.handouts.models.reports import FailureLine, PersonTally, VersionTally
from app_workers.handouts.packet_labels import failure
from app_workers.handouts.store.reports import failures, given_by_person, given_by_version
from ganger.clock import clinic_midnight, iso_utc
from ganger.identity import Location
from ganger.scope import Scope
from tests.harness.handout_rows import delivery_row, packet_row
from tests.harness.tables import HostDatabase

TODAY = date(2026, 1, 10)
FIRST = date(2025, 12, 12)  # the first of 30 days
PLACES = (Location("loc_aa", "Ann Arbor"), Location("loc_py", "Plymouth"), Location("loc_wx", "Wixom"))
EVERYWHERE = Scope("usr_mia", PLACES)
HERE = Scope("usr_mia", PLACES[:1])


@pytest.fixture
def database():
    database = HostDatabase("handouts")
    yield database
    database.connection.close()


def reported(database, scope=EVERYWHERE, first=FIRST, last=TODAY):
    return usage_report(
        first,
        last,
        asyncio.run(given_by_person(database, scope, first, last)),
        asyncio.run(given_by_version(database, scope, first, last)),
        asyncio.run(failures(database, scope, first, last)),
    )


def add_packet(database, number, *sent, at="2026-01-10T15:00:00.000Z", **changes):
    """A packet; `sent` are its deliveries as channel and status."""
    database.carry_out([packet_row(f"new_{number}", at, **changes)])
    for place, (channel, status) in enumerate(sent):
        database.carry_out([delivery_row(f"new_{number}_{place}", f"new_{number}", at, channel, status)])


def figures(line):
    return line.packets, line.patient_packets, line.sent, line.opened, line.failed


def make_tally(name, place, *counted):
    fields = dict(zip(("packets", "patient_packets", "sent", "opened", "failed"), counted, strict=True))
    names = {"location_name": place, "person_id": name, "person_name": name}
    return PersonTally(**fields, location_id=place, **names)


def test_shares_have_one_decimal_half_up():
    """Rule 18: 1 of 8 patient packets was sent is 12.5 %, 2 of 3 of these opened 66.7 %."""
    given = [make_tally("ann", "loc_aa", 9, 8, 1, 0, 0), make_tally("bob", "loc_aa", 17, 16, 2, 2, 1)]
    report = usage_report(FIRST, TODAY, given, [], [])
    assert (report.total.digital_rate_percent, report.total.engagement_percent) == (12.5, 66.7)
    by_name = {line.name: line.engagement_percent for line in report.staff}
    assert by_name == {"ann": 0.0, "bob": 100.0}
    assert [line.name for line in report.staff] == ["bob", "ann"]


def test_a_share_of_nothing_is_empty():
    """Rule 18: without packets for patients there is no digital rate, without sent ones no engagement."""
    total = usage_report(FIRST, TODAY, [make_tally("ann", "loc_aa", 2, 0, 0, 0, 0)], [], []).total
    assert (total.packets, total.digital_rate_percent, total.engagement_percent) == (2, None, None)


def test_a_template_has_the_name_of_its_newest_version():
    counted = {"packets": 1, "patient_packets": 1, "sent": 0, "opened": 0, "failed": 0}
    versions = [
        VersionTally(family_id="sun", version=version, name=name, **counted)
        for version, name in ((2, "Sun protection"), (1, "Sun"))
    ]
    (line,) = usage_report(FIRST, TODAY, [], versions, []).templates
    assert (line.name, line.packets) == ("Sun protection", 2)


def test_sent_are_patients_packets_whose_message_went_out(database):
    add_packet(database, 1, ("sms", "delivered"), ("print", "printed"), first_opened_at="2026-01-10T16:00Z")
    add_packet(database, 2, ("email", "sent"), ("email", "failed"))
    add_packet(database, 3, ("sms", "queued"), ("email", "bounced"), ("print", "printed"))
    add_packet(database, 4, first_opened_at="2026-01-10T16:00Z")
    add_packet(database, 5, ("email", "sent"), is_general=1, patient_name=None, patient_dob=None)
    add_packet(database, 6, status="failed", failure_code="PDF_TOO_LARGE")
    add_packet(database, 7, status="revoked")
    add_packet(database, 8, status="queued")
    add_packet(database, 9, status="draft", generated_at=None)
    report = reported(database)
    assert figures(report.total) == (6, 5, 2, 1, 3)
    assert (report.total.digital_rate_percent, report.total.engagement_percent) == (40.0, 50.0)
    assert [(line.name, figures(line)) for line in report.templates] == [("Sun protection", (6, 5, 2, 1, 3))]
    told = {failure(each): each.count for each in report.failures}
    assert told == {
        "PDF: More than 40 pages or 5 MB": 1,
        "E-mail: It did not arrive": 1,
        "E-mail: It bounced": 1,
    }


def test_days_are_those_of_the_clinics(database):
    for number, day in enumerate((FIRST, TODAY)):
        add_packet(database, number, at=iso_utc(clinic_midnight(day)))
    late = datetime(2026, 1, 11, 4, 59, tzinfo=UTC)  # a minute before midnight
    add_packet(database, 2, at=iso_utc(late))
    add_packet(database, 3, at="2026-01-11T05:00:00.000Z")
    assert reported(database).total.packets == 3
    assert reported(database, first=TODAY).total.packets == 2


def test_the_demo_is_reported_by_location_and_person(database):
    database.carry_out(statements(TODAY))
    report = reported(database)
    assert sum(line.packets for line in report.locations) == report.total.packets > 15
    assert {line.name for line in report.locations} == {"Ann Arbor", "Plymouth", "Wixom"}
    here = reported(database, HERE)
    assert [line.id for line in here.locations] == ["loc_aa"]
    assert [line.id for line in here.staff] == ["usr_pat"]
    assert {each.part.value for each in report.failures} == {"pdf", "sms", "email"}


def test_packets_are_found_by_location_and_day(database):
    reported(database)
    for asked in database.asked:
        found = [step for step in database.plan(asked) if "packet USING" in step]
        assert all("generated_handouts_by_place" in step for step in found) and found, asked.sql


def test_what_failed_is_told_in_words():
    assert failure(FailureLine(part="sms", code="OPTED_OUT", count=1)) == (
        "Text message: The patient wants no messages"
    )
