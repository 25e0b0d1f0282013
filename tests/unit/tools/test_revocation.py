"""Who loses access has lost it everywhere within five minutes, on open live connections too."""

from collections.abc import Iterator

import pyjson5
import pytest

from tools.paths import ROOT

GONE_WITHIN_S = 300


def variables(worker_id: str) -> dict[str, object]:
    config = pyjson5.decode((ROOT / "wrangler" / f"{worker_id}.jsonc").read_text())
    found: dict[str, object] = config.get("vars", {})
    return found


def live_workers() -> Iterator[str]:
    for path in sorted((ROOT / "wrangler").glob("*.jsonc")):
        if "LIVE_LASTS_S" in variables(path.stem):
            yield path.stem


@pytest.mark.parametrize("worker_id", tuple(live_workers()))
def test_believed_claims_and_a_connection_begun_with_them_end_in_time(worker_id):
    fresh_s, lasts_s = variables("auth")["SESSION_FRESH_S"], variables(worker_id)["LIVE_LASTS_S"]
    assert fresh_s + lasts_s <= GONE_WITHIN_S
