"""Every page of every app in service: it opens, and its markup is valid HTML."""

import pytest

from tests.harness.every_page import all_pages, missing_samples
from tests.harness.html import html_problems
from tests.harness.page_cases import PageCase
from tests.harness.staff import PAGE, StaffPortal
from tests.harness.workers import running
from tools.registry import Kind

pytestmark = pytest.mark.runtime


def opened(platform: StaffPortal, case: PageCase):
    sample = case.sample
    if sample.form is not None:
        return platform.post(case.address(platform), sample.person, data=sample.form)
    return platform.get(case.address(platform), sample.person)


def test_every_page_has_a_sample():
    assert missing_samples() == []


def test_every_page_opens_and_is_valid_html(platform):
    pages = {}
    for case in all_pages():
        answer = opened(platform, case)
        assert (str(case), answer.status_code) == (str(case), case.sample.status)
        assert answer.headers["content-type"].startswith("text/html"), str(case)
        pages[str(case)] = answer.text
    assert html_problems(pages) == []


@pytest.mark.parametrize("worker", running(Kind.PATIENT), ids=lambda worker: worker.id)
def test_the_first_page_of_every_patient_site_is_valid_html(platform, worker):
    answer = platform.client.get(platform.local.addresses()[worker.id] + "/", headers={"accept": PAGE})
    assert html_problems({worker.id: answer.text}) == []
