"""What is left of uploads that break off, and of those that nobody attached."""

import asyncio
from datetime import timedelta

import pytest

from app_workers.management.store.uploads import keep_upload, sweep_uploads
from ganger.audit import Actor
from ganger.identity import Location
from ganger.objects import FilesUnavailable
from ganger.scope import Scope
from tests.harness.tables import HostDatabase
from tests.unit.management.factories import NOW

SCOPE = Scope("usr_pat", (Location("loc_aa", "Ann Arbor"),))


class Database(HostDatabase):
    """The tables, with batches whose promises nothing here asks for."""

    async def batch(self, statements):
        self.carry_out(statements)


class Shelf:
    """Files in memory, which can be away."""

    def __init__(self):
        self.kept = {}
        self.is_away = False

    async def put(self, key, content, media_type):
        self._look()
        self.kept[key] = content

    async def delete(self, keys):
        self._look()
        for key in keys:
            self.kept.pop(key, None)

    def _look(self):
        if self.is_away:
            raise FilesUnavailable("Files are away.")


@pytest.fixture
def database():
    database = Database("management")
    yield database
    database.connection.close()


def rows(database):
    return [row[0] for row in database.connection.execute("SELECT object_key FROM file_uploads")]


def actor(at=NOW):
    return Actor("usr_pat", "req_1", None, at)


def keep(database, shelf):
    return asyncio.run(keep_upload(database, shelf, SCOPE, actor(), "a.txt", b"text"))


def sweep(database, shelf, at):
    asyncio.run(sweep_uploads(database, shelf, SCOPE, actor(at)))


def test_an_upload_is_a_row_and_an_object_and_lasts_a_day(database):
    shelf = Shelf()
    assert keep(database, shelf).expires_at == "2026-03-03T15:00:00.000Z"
    assert rows(database) == list(shelf.kept)


def test_an_upload_that_breaks_off_leaves_nothing(database):
    shelf = Shelf()
    shelf.is_away = True
    with pytest.raises(FilesUnavailable):
        keep(database, shelf)
    assert rows(database) == []


@pytest.mark.parametrize(("hours", "is_kept"), [(24, True), (26, False)])
def test_what_nobody_attached_goes_an_hour_after_its_time(database, hours, is_kept):
    shelf = Shelf()
    keep(database, shelf)
    sweep(database, shelf, NOW + timedelta(hours=hours))
    assert bool(rows(database)) is bool(shelf.kept) is is_kept


def test_a_row_stays_as_long_as_its_object_may_be_there(database):
    shelf = Shelf()
    keep(database, shelf)
    shelf.is_away = True
    with pytest.raises(FilesUnavailable):
        sweep(database, shelf, NOW + timedelta(hours=26))
    assert rows(database) == list(shelf.kept)
