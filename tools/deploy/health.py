"""Whether the platform behind a router is well."""

import time
from collections.abc import Callable
from http import HTTPStatus

import httpx

from tools.deploy.problems import DeployProblem

Say = Callable[[str], None]

_TIMEOUT_S = 20.0
_PAUSE_S = 3.0


def platform_health(url: str, token: str, within_s: float, say: Say) -> int:
    """Ask a router how every worker is, until all are well or the time is over; 0 if they are.

    A version needs some seconds to be everywhere, so a first "no" is asked again.

    Args:
        url: of the router, `https://staff.gangerdermatology.com`.
        token: the router's MONITOR_TOKEN.
        within_s: seconds after which the answer stands.
    """
    until = time.monotonic() + within_s
    while True:
        try:
            states = _states(url, token)
        except DeployProblem as problem:
            states, said = {}, str(problem)
        else:
            said = "; ".join(f"{worker}: {state}" for worker, state in sorted(states.items()))
        if states.get("router") == "healthy":
            say(f"{url} is well: {said}")
            return 0
        if time.monotonic() + _PAUSE_S > until:
            say(f"{url} is not well: {said}")
            return 1
        time.sleep(_PAUSE_S)


def _states(url: str, token: str) -> dict[str, str]:
    """State by worker; `router` stands for the platform as a whole."""
    try:
        answer = httpx.get(
            f"{url.rstrip('/')}/health/deep",
            headers={"authorization": f"Bearer {token}"},
            timeout=_TIMEOUT_S,
        )
        report = answer.json()
    except (httpx.HTTPError, ValueError) as error:
        raise DeployProblem(f"no report: {error}") from error
    if answer.status_code not in (HTTPStatus.OK, HTTPStatus.SERVICE_UNAVAILABLE) or "workers" not in report:
        raise DeployProblem(f"no report: {answer.status_code}")
    return {"router": report["status"], **report["workers"]}
