"""Jobs on real queues: what is asked twice, what fails, what hangs, and what is forgotten."""

from datetime import timedelta
from hashlib import sha256

import pytest

from tests.harness.handouts import make_document, make_handout

pytestmark = pytest.mark.runtime


def begun_and_left(heavy, job_id, attempts):
    """Let a job's steps look as if their worker had vanished in the middle, as often as that."""
    heavy.rows(
        "UPDATE heavy_job_steps SET state = 'running', attempts = ?, version = version + 1 WHERE job_id = ?",
        attempts,
        job_id,
    )


def again(heavy, job_id):
    """Let a done job's steps look as if nothing had been done, as long as nobody sends them again."""
    heavy.rows("DELETE FROM file_uploads WHERE object_key LIKE ?", f"heavy/showcase/{job_id}/%")
    heavy.rows(
        "UPDATE heavy_job_steps SET state = 'queued', params_json = ?, version = version + 1"
        " WHERE job_id = ?",
        make_handout().model_dump_json(),
        job_id,
    )
    heavy.rows("UPDATE heavy_jobs SET state = 'queued', done = 0, expires_at = NULL WHERE id = ?", job_id)


def test_a_job_makes_a_file_that_the_app_can_open(heavy):
    asked = heavy.submit()
    assert (asked["state"], asked["total"], asked["app"]) == ("queued", 1, "showcase")
    job = heavy.ended(asked["id"])
    (result,) = job["results"]
    assert (job["state"], job["done"], result["position"], result["pages"]) == ("done", 1, 1, 1)
    content = heavy.file(result["upload_id"])
    assert (len(content), sha256(content).hexdigest()) == (result["size_bytes"], result["sha256"])
    (row,) = heavy.rows("SELECT * FROM file_uploads WHERE id = ?", result["upload_id"])
    assert (row["location_id"], row["media_type"], row["file_name"]) == (
        "loc_aa",
        "application/pdf",
        "handout.pdf",
    )


def test_params_are_kept_no_longer_than_their_step(heavy):
    job = heavy.ended(heavy.submit()["id"])
    assert heavy.rows("SELECT params_json FROM heavy_job_steps WHERE job_id = ?", job["id"]) == [
        {"params_json": None}
    ]


def test_what_is_done_stands_in_the_audit_log_without_the_patient(heavy):
    job = heavy.ended(heavy.submit()["id"])
    upload_id = job["results"][0]["upload_id"]
    rows = heavy.rows(
        "SELECT action, fields_json FROM audit_logs WHERE record_id IN (?, ?) ORDER BY id",
        job["id"],
        upload_id,
    )
    assert [row["action"] for row in rows] == ["heavy:submit", "heavy:make"]
    assert "Pat" not in str(rows)


def test_the_same_key_is_the_same_job(heavy):
    first = heavy.submit(key="twice")
    assert heavy.submit(key="twice")["id"] == first["id"]
    other = heavy.submit(make_handout(language="es"), key="twice")
    assert other == {"refused": "KEY_REUSED", "details": {"job_id": first["id"]}}


def test_wrong_params_and_unknown_kinds_are_refused_before_anything_is_kept(heavy):
    before = heavy.rows("SELECT COUNT(*) AS jobs FROM heavy_jobs")
    assert heavy.submit(steps=[{"documents": []}])["refused"] == "VALIDATION_ERROR"
    shapeless = make_handout().plain() | {"documents": [{"title": "No blocks"}]}
    assert heavy.submit(steps=[shapeless])["refused"] == "VALIDATION_ERROR"
    large = make_handout((make_document(pages=1_130),)).plain()
    assert heavy.submit(steps=[large])["refused"] == "VALIDATION_ERROR"
    assert heavy.submit(kind="origami")["refused"] == "UNKNOWN_KIND"
    assert heavy.rows("SELECT COUNT(*) AS jobs FROM heavy_jobs") == before


def test_a_job_of_another_app_is_none_of_ours(heavy):
    job = heavy.ended(heavy.submit()["id"])
    heavy.rows("UPDATE heavy_jobs SET app_key = 'batch' WHERE id = ?", job["id"])
    assert heavy.job(job["id"])["refused"] == "NO_SUCH_JOB"
    assert heavy.job("nothing")["refused"] == "NO_SUCH_JOB"


def test_a_step_that_cannot_succeed_fails_at_once_and_the_others_are_done(heavy):
    long = make_handout((make_document(pages=41),))
    job = heavy.ended(heavy.submit(steps=[make_handout().plain(), long.plain()])["id"])
    assert (job["state"], job["done"], job["failed"]) == ("failed", 1, 1)
    assert job["failure_code"] == "PDF_TOO_LARGE"
    assert [result["position"] for result in job["results"]] == [1]


def test_a_step_whose_worker_is_gone_is_done_by_another(heavy):
    job = heavy.ended(heavy.submit()["id"])
    again(heavy, job["id"])
    begun_and_left(heavy, job["id"], attempts=1)
    heavy.sweep(timedelta(minutes=1))
    assert heavy.job(job["id"])["done"] == 0
    heavy.sweep(timedelta(minutes=3))
    repeated = heavy.ended(job["id"])
    assert repeated["results"] == job["results"]


def test_a_step_whose_message_is_lost_is_sent_again(heavy):
    job = heavy.ended(heavy.submit()["id"])
    again(heavy, job["id"])
    heavy.sweep(timedelta(minutes=16))
    assert heavy.ended(job["id"])["results"] == job["results"]


def test_a_step_that_nobody_could_do_is_given_up_and_superadmins_are_told(heavy):
    heavy.rows("DELETE FROM notifications")
    job = heavy.ended(heavy.submit()["id"])
    again(heavy, job["id"])
    begun_and_left(heavy, job["id"], attempts=5)
    heavy.sweep(timedelta(minutes=3))
    failed = heavy.ended(job["id"])
    assert (failed["state"], failed["failure_code"], failed["results"]) == ("failed", "GIVEN_UP", [])
    titles = {row["title"] for row in heavy.rows("SELECT title FROM notifications")}
    assert titles == {"Background work of showcase failed: handout_pdf (GIVEN_UP)"}


def test_a_dead_letter_lets_its_step_fail_once(heavy):
    job = heavy.ended(heavy.submit()["id"])
    again(heavy, job["id"])
    heavy.bury(f"{job['id']}/1")
    heavy.bury(f"{job['id']}/1")
    failed = heavy.ended(job["id"])
    assert (failed["state"], failed["failed"], failed["failure_code"]) == ("failed", 1, "GIVEN_UP")


def test_a_job_and_its_files_are_forgotten_when_their_time_is_over(heavy):
    gone, kept = heavy.ended(heavy.submit()["id"]), heavy.ended(heavy.submit(is_kept=True)["id"])
    gone_file, kept_file = (job["results"][0]["upload_id"] for job in (gone, kept))
    heavy.forget(timedelta(hours=23))
    assert heavy.job(gone["id"])["state"] == "done"
    heavy.forget(timedelta(hours=25))
    assert {heavy.job(job["id"]).get("refused") for job in (gone, kept)} == {"NO_SUCH_JOB"}
    assert heavy.rows("SELECT id FROM file_uploads WHERE id IN (?, ?)", gone_file, kept_file) == [
        {"id": kept_file}
    ]
    assert heavy.file(kept_file).startswith(b"%PDF-")


@pytest.mark.parametrize(
    "fault", [{"kind": "cut"}, {"kind": "slow", "ms": 25_000}, {"kind": "lost"}], ids=["cut", "slow", "lost"]
)
def test_a_job_is_taken_on_while_the_queue_is_away_and_made_once_by_the_next_sweep(heavy, fault):
    heavy.local.break_ways({"heavy>QUEUE": fault})
    asked = heavy.submit()
    heavy.local.break_ways({})
    assert asked["state"] in ("queued", "running", "done")
    heavy.sweep(timedelta(minutes=20))
    assert heavy.ended(asked["id"])["state"] == "done"
    (made,) = heavy.rows(
        "SELECT COUNT(*) AS files FROM file_uploads WHERE object_key LIKE ?", f"%{asked['id']}%"
    )
    assert made["files"] == 1
