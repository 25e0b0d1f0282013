"""What the identity check costs the router: CPU of workerd a request, with a session and without.

    python -m tests.benchmarks.identity_cost

The same path of the same stub is asked in turns with a session cookie and without one. The difference is
all that a session adds: its cookie is read and verified, and the identity header is signed and sent on.
"""

import os
import statistics
import tempfile
import time
from pathlib import Path

import httpx

from ganger.session import COOKIE
from tests.harness.stubs import router_among_stubs
from tests.platform.router.conftest import PAT, cookie_of
from tools.local import LocalPlatform, Settings
from tools.runtime import ensure_runtime

TURNS = 40
REQUESTS = 150
WARM_UP = 400
PATH = "/auth/sign-in"
_TICK_MS = 1000 / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Print CPU ms a request with and without a session, and the median of their difference."""
    runtime = ensure_runtime(print)
    with (
        tempfile.TemporaryDirectory() as folder,
        LocalPlatform(runtime, router_among_stubs(Path(folder), {}), Settings(), print) as local,
        httpx.Client(timeout=60) as client,
    ):
        url = local.start() + PATH
        workerd = _workerd(local.pid)
        session = {"cookie": f"{COOKIE}={cookie_of(PAT, time.time())}"}
        for _ in range(WARM_UP):
            client.get(url, headers=session)
        pairs = [
            (_cost(client, url, workerd, session), _cost(client, url, workerd, {})) for _ in range(TURNS)
        ]
    signed_in, signed_out = (statistics.median(costs) for costs in zip(*pairs, strict=True))
    added = statistics.median(with_session - without for with_session, without in pairs)
    print(f"with a session {signed_in:.2f} ms, without {signed_out:.2f} ms, the check {added:.2f} ms (p50)")  # noqa: T201


def _cost(client: httpx.Client, url: str, workerd: int, headers: dict[str, str]) -> float:
    before = _cpu_ms(workerd)
    for _ in range(REQUESTS):
        client.get(url, headers=headers).raise_for_status()
    return (_cpu_ms(workerd) - before) / REQUESTS


def _workerd(runner: int) -> int:
    """The process that runs the workers: the runner's child that has used the most CPU."""
    children = Path(f"/proc/{runner}/task/{runner}/children").read_text().split()
    return max((int(child) for child in children), key=_cpu_ms)


def _cpu_ms(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * _TICK_MS


if __name__ == "__main__":
    main()
