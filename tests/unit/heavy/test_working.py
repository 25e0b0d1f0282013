"""Steps that fail for now, on the host's SQLite; real queues are tested on workerd."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from ganger.audit import Actor
from ganger.context import Services
from ganger.contracts.heavy import Submission
from ganger.errors import Unprocessable
from ganger.jobs import Run
from ganger.objects import FilesUnavailable
from service_workers.heavy import store
from service_workers.heavy.models import Made, Work
from service_workers.heavy.sweeping import sweep
from service_workers.heavy.working import Message, Worker, read_message, wait_after
from tests.harness.tables import HostDatabase

NOW = datetime(2026, 11, 22, 14, 3, tzinfo=UTC)
FIRST = Message("job_1", 1)


class Shelf:
    """Files in memory, or none at all."""

    def __init__(self):
        self.kept, self.is_away = {}, False

    async def put(self, key, content, media_type):
        if self.is_away:
            raise FilesUnavailable("Files are away.")
        self.kept[key] = content


class Silent:
    """Topics that nobody is in; keeps what is told."""

    def __init__(self):
        self.told = []

    def publish(self, topic, change):
        self.told.append((topic, dict(change.values)))


class Sent:
    """A queue; keeps what is sent."""

    def __init__(self):
        self.messages = []

    async def send(self, messages):
        self.messages += messages


class Desk:
    """A worker with one job of two steps, whose work does what a test says."""

    def __init__(self):
        self.database, self.shelf, self.live = HostDatabase("heavy"), Shelf(), Silent()
        self.make = lambda params: Made(str(params["n"]).encode(), "text/plain", "n.txt")
        self.services = Services(lambda: NOW, self.database, live=self.live, objects=self.shelf)
        self.worker = Worker(self.services, {"count": Work(print, lambda params: self.make(params))})
        asked = Submission(kind="count", key="k", steps=({"n": 1}, {"n": 2}))
        actor = Actor("usr_pat", "req", None, NOW)
        added = store.added(actor, "batch", asked, "digest", "job_1", ["up_1", "up_2"])
        asyncio.run(self.database.batch(added))

    def work(self, message=FIRST):
        return asyncio.run(self.worker.work(message))

    def sweep(self, after):
        queue = Sent()
        asyncio.run(sweep(Run("sweep", NOW + after, self.services), self.worker, queue))
        return queue.messages

    def step(self, message=FIRST):
        return asyncio.run(store.step(self.database, message.job_id, message.position))

    def job(self):
        return asyncio.run(store.job(self.database, "job_1"))


@pytest.fixture
def desk():
    return Desk()


def failing(error):
    def make(_):
        raise error

    return make


def test_a_message_names_its_step_and_can_be_read_back():
    assert read_message(Message("01m8", 12).text()) == Message("01m8", 12)


def test_waits_grow_fourfold():
    assert [wait_after(attempts) for attempts in (0, 1, 2, 3, 4)] == [10, 10, 40, 160, 640]


def test_a_step_is_done_once_however_often_its_message_comes(desk):
    assert [desk.work(), desk.work()] == [None, None]
    assert desk.shelf.kept == {"heavy/batch/job_1/1": b"1"}
    assert (desk.job().done, desk.job().state) == (1, "running")
    assert len(desk.live.told) == 1


def test_a_defect_is_tried_again_later_and_its_code_kept(desk):
    desk.make = failing(RuntimeError("Pat Example"))
    assert desk.work() == 10
    assert desk.work() == 40
    assert (desk.step().state, desk.step().attempts) == ("queued", 2)
    desk.make = lambda params: Made(b"1", "text/plain", "n.txt")
    assert desk.work() is None
    assert desk.step().state == "done"


def test_files_that_are_away_are_waited_for(desk):
    desk.shelf.is_away = True
    assert desk.work() == 10
    desk.shelf.is_away = False
    assert desk.work() is None
    (row,) = desk.database.connection.execute("SELECT COUNT(*) AS rows FROM file_uploads")
    assert row["rows"] == 1


def test_a_refusal_is_for_good_and_ends_the_job_with_the_others(desk):
    desk.work(Message("job_1", 2))
    desk.make = failing(Unprocessable("No."))
    assert desk.work() is None
    job = desk.job()
    assert (job.state, job.failure_code, job.done, job.failed) == ("failed", "UNPROCESSABLE", 1, 1)
    assert job.expires_at == "2026-11-23T14:03:00.000Z"
    assert desk.step().params_json is None


def test_a_step_that_another_has_taken_meanwhile_is_left_to_it(desk):
    def slow(params):
        desk.database.connection.execute("UPDATE heavy_job_steps SET version = version + 1, state = 'queued'")
        return Made(b"late", "text/plain", "n.txt")

    desk.make = slow
    assert desk.work() is None
    assert (desk.step().state, desk.job().done) == ("queued", 0)


def test_only_what_hangs_or_is_lost_is_sent_again(desk):
    desk.make = failing(RuntimeError())
    desk.work()
    assert desk.sweep(timedelta(minutes=14)) == []
    assert desk.sweep(timedelta(minutes=16)) == [FIRST, Message("job_1", 2)]
    assert desk.sweep(timedelta(minutes=17)) == []  # sent just now


def test_a_step_tried_as_often_as_any_is_not_sent_again_but_given_up(desk):
    desk.make = failing(RuntimeError())
    for _ in range(5):
        desk.work()
    desk.work(Message("job_1", 2))
    desk.sweep(timedelta(minutes=16))
    assert desk.step().state == "failed"
    assert desk.step(Message("job_1", 2)).state == "queued"
