"""The statements that add notifications, on the platform's own tables."""

from datetime import UTC, datetime, timedelta

import pytest

from ganger.alerts import QUIET_FOR, notify_superadmins
from ganger.db import Statement
from ganger.notifications import MAX_TITLE, Notice, notify, people
from tests.harness.tables import HostDatabase

NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)
NOTICE = Notice("inventory", "Gauze is low", "/inventory/items/itm_1")


@pytest.fixture
def database():
    database = HostDatabase("management")
    yield database
    database.connection.close()


def told(database):
    columns = "user_id, app_key, title, link, read_at, created_at"
    return [tuple(row) for row in database.connection.execute(f"SELECT {columns} FROM notifications")]  # noqa: S608


def test_each_recipient_is_told_once_and_nobody_inactive(database):
    database.carry_out([notify(NOW, NOTICE, people(["usr_pat", "usr_pat", "usr_mia", "usr_ina", "nobody"]))])
    assert sorted(row[0] for row in told(database)) == ["usr_mia", "usr_pat"]
    assert told(database)[0][1:] == (
        "inventory", "Gauze is low", "/inventory/items/itm_1", None, "2026-03-02T15:00:00.000Z",
    )  # fmt: skip


def test_identifiers_sort_by_time(database):
    database.carry_out([notify(NOW + timedelta(seconds=1), NOTICE, people(["usr_mia"]))])
    database.carry_out([notify(NOW, NOTICE, people(["usr_pat"]))])
    rows = database.connection.execute("SELECT user_id, id FROM notifications ORDER BY id").fetchall()
    assert [row[0] for row in rows] == ["usr_pat", "usr_mia"]
    assert {len(row[1]) for row in rows} == {26}


def test_the_same_is_not_said_again_within_the_quiet_time(database):
    for hours in (0, 1, 2):
        at = NOW + timedelta(hours=hours)
        database.carry_out(
            [
                notify(
                    at,
                    NOTICE,
                    people(["usr_pat"]),
                    quiet_since=at - timedelta(hours=2) + timedelta.resolution,
                )
            ]
        )
    assert [row[5][11:13] for row in told(database)] == ["15", "17"]


def test_a_word_that_only_the_batch_knows_fills_title_and_link(database):
    word = Statement("SELECT name FROM locations WHERE id = ?", ("loc_aa",))
    notice = Notice("inventory", "At {}: low", "/inventory?place={}")
    database.carry_out([notify(NOW, notice, people(["usr_pat"]), word=word)])
    assert told(database)[0][2:4] == ("At Ann Arbor: low", "/inventory?place=Ann Arbor")


def test_what_is_mailed_waits_to_be_sent_with_the_number_that_it_goes_to(database):
    numbers = "SELECT '+1 734 555 0100' WHERE users.id = ?"
    notice = Notice("management", "Support 26-000001: assigned to you", is_mailed=True)
    to = people(["usr_mia", "usr_pat"])
    database.carry_out([notify(NOW, notice, to, number=Statement(numbers, ("usr_pat",)))])
    database.carry_out([notify(NOW, NOTICE, people(["usr_wes"]))])
    rows = database.connection.execute("SELECT user_id, mail, text_to FROM notifications ORDER BY user_id")
    assert [tuple(row) for row in rows] == [
        ("usr_mia", "wanted", None), ("usr_pat", "wanted", "+1 734 555 0100"), ("usr_wes", None, None),
    ]  # fmt: skip


def test_superadmins_are_told_at_once_and_again_after_a_while(database):
    for minutes in (0, 1, 11):
        database.carry_out([notify_superadmins(NOW + timedelta(minutes=minutes), "Something is wrong")])
    assert timedelta(minutes=1) < QUIET_FOR < timedelta(minutes=11)
    assert [(row[0], row[1], row[3]) for row in told(database)] == [("usr_sam", "security", None)] * 2


def test_a_long_title_is_cut_to_what_the_table_takes(database):
    database.carry_out([notify_superadmins(NOW, "x" * 999)])
    assert len(told(database)[0][2]) == MAX_TITLE
