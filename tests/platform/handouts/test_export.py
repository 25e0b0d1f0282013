"""The history of packets as files for spreadsheets, written in the background."""

import csv
from io import StringIO

import pytest

from tests.platform.handouts.packets import until
from tests.platform.handouts_patient.site import add_packet

pytestmark = pytest.mark.runtime

EXPORT = "/handouts/history/export"


def test_managers_export_what_a_search_finds(platform):
    names = [f"=Pat Export {number}" for number in range(3)]
    ids = [add_packet(platform, patient_name=name)[0] for name in names]
    elsewhere, _ = add_packet(platform, patient_name=names[0], location_id="loc_wx")
    assert f'formaction="{EXPORT}"' in platform.get("/handouts/history", "usr_mia").text
    assert EXPORT not in platform.get("/handouts/history", "usr_pat").text
    asked = {"name": "Pat Export", "location_id": "loc_aa", "reference": "export-test"}
    assert platform.post(EXPORT, "usr_pat", data=asked).status_code == 403
    answer = platform.post(EXPORT, "usr_mia", data=asked)
    assert answer.status_code == 303, answer.text
    job = answer.headers["location"]
    assert platform.post(EXPORT, "usr_mia", data=asked).headers["location"] == job
    files = f"{job}/files/1"
    until(lambda: files in platform.get(job, "usr_mia").text)
    got = platform.get(files, "usr_mia")
    assert "private" in got.headers["cache-control"] and "no-store" in got.headers["cache-control"]
    header, *rows = csv.reader(StringIO(got.content.decode("utf-8-sig")))
    assert header[:4] == ["Packet", "Location", "Patient", "MRN"]
    assert {row[0]: row[2] for row in rows} == dict(zip(ids, [f"'{name}" for name in names], strict=True))
    assert elsewhere not in {row[0] for row in rows}
    assert platform.get(files, "usr_max").status_code == 404
    (seen,) = platform.rows(
        "SELECT COUNT(*) AS times FROM audit_logs WHERE action = 'phi:read' AND record_id = 'export'"
    )
    assert seen["times"] >= 2


def test_days_the_wrong_way_round_are_refused_on_the_page(platform):
    refused = platform.post(EXPORT, "usr_mia", data={"from": "2026-02-02", "to": "2026-02-01"})
    assert refused.status_code == 400
    assert "Last day must not be before the first day" in refused.text
