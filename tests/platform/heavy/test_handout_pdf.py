"""Handouts drawn on real workerd."""

import time

import pytest

from tests.harness.handouts import CODE, codes_on, make_document, make_handout, page_texts

pytestmark = [pytest.mark.runtime, pytest.mark.measured]


def test_a_packet_of_five_pages_is_ready_within_three_seconds(heavy):
    """Rule 10."""
    heavy.ended(heavy.submit()["id"])  # the worker has started
    packet = make_handout((make_document("Acne plan (demo)", pages=3), make_document("Wound care", pages=2)))
    begun = time.monotonic()
    job = heavy.ended(heavy.submit(packet)["id"])
    assert time.monotonic() - begun < 3
    (result,) = job["results"]
    assert result["pages"] == 5
    content = heavy.file(result["upload_id"])
    texts = page_texts(content)
    assert "Page 5 of 5" in texts[4]
    assert "Wound care" in texts[3]
    assert codes_on(content, page=0) == [CODE.url]
