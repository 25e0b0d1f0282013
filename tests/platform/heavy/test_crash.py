"""The process that holds worker, queue and database dies in a batch; no handout is lost and none repeated."""

import os
import signal
from datetime import timedelta
from hashlib import sha256

import pytest

from tests.harness.handouts import make_document, make_handout
from tests.platform.heavy.client import heavy_client

pytestmark = pytest.mark.runtime

HANDOUTS = 24


def test_a_batch_goes_on_where_it_was_cut_off(tmp_path):
    state = tmp_path / "state"
    (before_it := tmp_path / "before").mkdir()
    (after_it := tmp_path / "after").mkdir()
    with heavy_client(before_it, state) as heavy:
        job_id = heavy.submit(make_handout((make_document(pages=6),)), times=HANDOUTS)["id"]
        while (job := heavy.job(job_id))["done"] < HANDOUTS // 4:
            assert job["state"] in ("queued", "running")
        os.killpg(heavy.local.pid, signal.SIGKILL)  # the runner and its workerd
    assert job["state"] == "running"
    assert job["done"] < HANDOUTS
    with heavy_client(after_it, state) as heavy:
        heavy.sweep(timedelta(minutes=20))
        ended = heavy.ended(job_id)
        assert (ended["state"], ended["done"]) == ("done", HANDOUTS)
        assert all(result in ended["results"] for result in job["results"])
        files = heavy.rows("SELECT id, sha256 FROM file_uploads ORDER BY id")
        assert [row["id"] for row in files] == sorted(result["upload_id"] for result in ended["results"])
        for row in files:
            assert sha256(heavy.file(str(row["id"]))).hexdigest() == row["sha256"]
        made = heavy.rows("SELECT record_id, COUNT(*) AS times FROM audit_logs"
                          " WHERE action = 'heavy:make' GROUP BY record_id HAVING times > 1")  # fmt: skip
        assert made == []
