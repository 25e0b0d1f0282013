"""The store's queries, and the demo data that they find."""

import asyncio
from collections import Counter
from datetime import UTC, datetime

import pytest

from app_workers.showcase.demo import statements
from app_workers.showcase.domain.catalogue import MANIFESTS, entries
from app_workers.showcase.models import ReviewQuery
from app_workers.showcase.store import list_statement, newest_reviews, reviews_in
from tests.harness.tables import HostDatabase
from tests.unit.showcase.factories import TODAY

MONDAY = datetime(2026, 11, 23, 13, tzinfo=UTC)


@pytest.fixture
def database():
    database = HostDatabase("showcase")
    database.carry_out(statements(TODAY))
    yield database
    database.connection.close()


def test_the_demo_data_has_components_of_every_state(database):
    newest = asyncio.run(newest_reviews(database, MANIFESTS))
    states = Counter(entry.state.words for entry in entries(newest, TODAY))
    assert states == {
        "current": 23,
        "due (never)": 1,
        "due (outdated)": 1,
        "due (expired)": 2,
        "failed": 2,
    }
    assert newest["toast"].notes == "not announced on first load"
    assert newest["switch"].checks.contrast == "fail"
    assert asyncio.run(reviews_in(database, ReviewQuery()))[1] == 40


def test_seeding_twice_changes_nothing(database):
    before = list(database.connection.iterdump())
    database.carry_out(statements(TODAY))
    assert list(database.connection.iterdump()) == before


def test_reviews_are_filtered_and_newest_first(database):
    found, total = asyncio.run(reviews_in(database, ReviewQuery(component="button")))
    assert total == 2
    assert [review.version for review in found] == ["1.0.0", "0.9.0"]
    assert asyncio.run(reviews_in(database, ReviewQuery(component="button", page=9))) == ([], 2)
    failed, _ = asyncio.run(reviews_in(database, ReviewQuery(result="fail")))
    assert {review.component for review in failed} == {"switch", "toast"}


QUERIES = {
    "newest": lambda db: newest_reviews(db, MANIFESTS),
    "all": lambda db: reviews_in(db, ReviewQuery()),
    "of one": lambda db: reviews_in(db, ReviewQuery(component="button", result="pass")),
}


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_no_query_reads_a_whole_table_without_an_index(database, query):
    database.asked.clear()
    asyncio.run(query(database))
    for statement in database.asked:
        for step in database.plan(statement):
            assert not step.startswith("SCAN") or "INDEX" in step, step


def test_the_list_goes_once_to_everybody_who_may_review(database):
    grant = "INSERT INTO user_permissions (user_id, permission, granted_at, expires_at) VALUES (?, ?, '', ?)"
    for person, expires_at in (("usr_pat", None), ("usr_wes", "2026-11-01"), ("usr_ina", None)):
        database.connection.execute(grant, (person, "showcase:review", expires_at))
    for _ in range(2):
        database.carry_out([list_statement(MONDAY, "Component reviews: 1 due", "/showcase/reviews")])
    told = database.connection.execute("SELECT user_id, title, link FROM notifications ORDER BY user_id")
    assert [tuple(row) for row in told] == [
        ("usr_pat", "Component reviews: 1 due", "/showcase/reviews"),
        ("usr_sam", "Component reviews: 1 due", "/showcase/reviews"),
    ]
