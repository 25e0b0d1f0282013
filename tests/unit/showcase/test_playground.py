"""The playground's time limit, with a clock of the test's own."""

import asyncio
import json
from datetime import timedelta

import pytest

from app_workers.showcase.routes import ROUTES
from ganger.app import Application
from ganger.context import Services
from ganger.headers import STAFF_HEADERS
from tests.unit.ganger.factories import NOW, make_person, make_request, make_worker
from tests.unit.showcase.factories import make_pages


@pytest.mark.parametrize(("took_ms", "status", "code"), [(200, 200, None), (201, 503, "RENDER_TIMEOUT")])
def test_what_took_longer_than_200_ms_is_refused(took_ms, status, code):
    instants = iter([NOW, NOW, NOW + timedelta(milliseconds=took_ms)])
    body = json.dumps({"component": "button", "params": {"label": "Save"}}).encode()
    headers = {"content-type": "application/json", "sec-fetch-site": "same-origin"}
    request = make_request("POST", "/showcase/api/v1/render", body, headers=headers)
    worker = make_worker(id="showcase", mount="/showcase")
    application = Application(worker, ROUTES, make_pages(), STAFF_HEADERS)
    answer = asyncio.run(
        application.respond(request, "req_1", make_person(), Services(lambda: next(instants, NOW)))
    )
    assert answer.status == status
    if code:
        assert json.loads(answer.body)["error"]["code"] == code
