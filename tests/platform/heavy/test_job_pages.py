"""The pages of a job, in an app that has them."""

import json

import pytest
from websockets.sync.client import connect

from ganger.session import COOKIE
from tests.harness.handouts import make_document, make_handout
from tests.harness.html import html_problems

pytestmark = pytest.mark.runtime


def page_of(heavy, job, person="usr_pat"):
    return heavy.portal.get(f"/showcase/jobs/{job['id']}", person)


def test_the_person_who_asked_sees_how_far_it_is_and_gets_the_files(heavy):
    job = heavy.submit_as("usr_pat", make_handout((make_document(pages=4),)), times=6)
    waiting = page_of(heavy, job)
    assert waiting.status_code == 200
    assert f'data-live="/showcase/jobs/{job["id"]}/live"' in waiting.text
    heavy.ended(job["id"])
    done = page_of(heavy, job)
    assert done.text.count("/files/") == 6
    assert "data-live=" not in done.text
    assert html_problems({"waiting": waiting.text, "done": done.text}) == []
    file = heavy.portal.get(f"/showcase/jobs/{job['id']}/files/6", "usr_pat")
    assert file.headers["content-type"] == "application/pdf"
    assert file.headers["content-disposition"].startswith('attachment; filename="handout.pdf"')
    assert file.headers["cache-control"] == "private, no-store"
    assert len(file.content) == int(file.headers["content-length"])
    sql = "SELECT user_id, location_id FROM audit_logs WHERE action = 'phi:read' AND record_id = ?"
    (read,) = heavy.rows(sql, heavy.job(job["id"])["results"][-1]["upload_id"])
    assert read == {"user_id": "usr_pat", "location_id": "loc_aa"}


def test_nobody_else_sees_the_job_its_files_or_its_progress(heavy):
    job = heavy.submit_as("usr_pat")
    heavy.ended(job["id"])
    for path in ("", "/files/1", "/live"):
        address = f"/showcase/jobs/{job['id']}{path}"
        assert heavy.portal.get(address, "usr_sam").status_code == 404
        assert heavy.portal.get(address, headers={"accept": "application/json"}).status_code == 401
    assert heavy.portal.get(f"/showcase/jobs/{job['id']}/files/2", "usr_pat").status_code == 404
    assert heavy.portal.get("/showcase/jobs/nothing", "usr_pat").status_code == 404


def test_a_job_that_failed_says_so(heavy):
    job = heavy.submit_as("usr_pat", make_handout((make_document(pages=41),)))
    heavy.ended(job["id"])
    page = page_of(heavy, job)
    assert "PDF_TOO_LARGE" in page.text
    assert html_problems({"failed": page.text}) == []


def test_whoever_follows_a_job_is_told_of_each_step(heavy):
    job = heavy.submit_as("usr_pat", make_handout((make_document(pages=4),)), times=4)
    url = f"{heavy.portal.url.replace('http', 'ws', 1)}/showcase/jobs/{job['id']}/live?sequence=0"
    headers = {"cookie": f"{COOKIE}={heavy.portal.sign_in('usr_pat')}"}
    with connect(url, origin=heavy.portal.url, additional_headers=headers, close_timeout=1) as socket:
        heard = list(json.loads(socket.recv(timeout=10))["missed"])
        while not heard or heard[-1]["values"]["state"] != "done":
            message = json.loads(socket.recv(timeout=10))
            heard += [message] if message["type"] == "event" else []
    assert [event["values"]["done"] for event in heard] == [1, 2, 3, 4]
    assert {event["key"] for event in heard} == {f"job.{job['id']}"}
    assert heard[0]["values"] == {"state": "running", "done": 1, "failed": 0, "total": 4}
