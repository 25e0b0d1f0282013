"""Reports of use: as a page, for programs, and as a file that the audit log knows of."""

import csv
import io
import json

import pytest

from tests.harness.handout_rows import delivery_row, packet_row
from tests.platform.handouts.packets import ask, error_of

pytestmark = pytest.mark.runtime

USAGE = "/reports/usage?from=2020-01-01&to=2020-01-31"


@pytest.fixture(scope="module")
def given(platform):
    """Two packets of Ann Arbor of January 2020, one of them sent and opened."""
    at, packets = "2020-01-10T15:00:00.000Z", ("rep_1", "rep_2")
    rows = [packet_row(each, at, "=Sun", status="revoked", first_opened_at=at) for each in packets]
    platform.local.batch([*rows, delivery_row("rep_1", "rep_1", at, "email", "delivered")])
    yield
    for packet in packets:
        platform.run("DELETE FROM generated_handouts WHERE id = ?", packet)


@pytest.mark.usefixtures("given")
def test_programs_are_told_how_handouts_are_used(platform):
    """Rule 18."""
    report = ask(platform, "GET", USAGE, person="usr_mia").json()
    assert (report["from"], report["to"]) == ("2020-01-01", "2020-01-31")
    (line,) = report["templates"]
    assert (line["packets"], line["sent"], line["digital_rate_percent"]) == (2, 1, 50.0)
    assert line["engagement_percent"] == 100.0
    assert [(each["name"], each["packets"]) for each in report["staff"]] == [("Pat Example", 2)]
    nothing = ask(platform, "GET", "/reports/usage?from=2019-01-01&to=2019-01-31", person="usr_mia").json()
    assert (nothing["total"]["packets"], nothing["total"]["digital_rate_percent"]) == (0, None)


@pytest.mark.usefixtures("given")
def test_the_file_holds_the_same_lines_and_is_written_down(platform):
    answer = ask(platform, "GET", f"{USAGE}&format=csv", person="usr_mia")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    header, *lines = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    by_kind = {line[0]: dict(zip(header, line, strict=True)) for line in lines}
    assert by_kind["Template"]["Name"] == "'=Sun"
    assert (by_kind["Total"]["Packets"], by_kind["Total"]["Digital rate in percent"]) == ("2", "50.0")
    (download,) = platform.rows("SELECT * FROM audit_logs WHERE action = 'handouts:download'")
    assert json.loads(download["fields_json"])["lines"] == len(lines)


def test_reports_are_for_managers_and_for_days_that_make_a_period(platform):
    assert error_of(ask(platform, "GET", USAGE)) == (403, "FORBIDDEN")
    wrong = ask(platform, "GET", "/reports/usage?from=2026-02-01&to=2026-01-01", person="usr_mia")
    assert error_of(wrong) == (400, "VALIDATION_ERROR")
    page = platform.get("/handouts/reports?from=2026-02-01&to=2026-01-01", "usr_mia")
    assert (page.status_code, "These days cannot be shown" in page.text) == (400, True)
