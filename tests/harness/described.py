"""Random requests to every address of an app's API, held to the description that the app shows.

Schemathesis makes the requests from the description, valid ones and others. In half of them the ids are of
rows that there are, so that not all ends at NOT_FOUND. The seed is fixed.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import cycle
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from ganger.session import COOKIE
from tests.harness.staff import StaffPortal

CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)


def statuses_and_problems(
    platform: StaffPortal, mount: str, people: Sequence[str], known: Mapping[str, object], examples: int
) -> tuple[set[int], list[str]]:
    """Send the requests; return the statuses of all answers, and what was not as described.

    Args:
        people: who asks, in turn: several, for the limit of writes is a person's.
        known: by the name of a parameter or a field, the id of a row that there is.
        examples: how many of each address, valid ones and as many others.
    """
    cookies = cycle(f"{COOKIE}={platform.sign_in(person)}" for person in people)
    told: set[int] = set()
    wrong: list[str] = []

    def send(case: Any, is_known: bool) -> None:
        if is_known:
            case.path_parameters = _with_known(case.path_parameters, known)
            case.body = _with_known(case.body, known)
        headers = {"cookie": next(cookies), "sec-fetch-site": "same-origin"}
        answer = case.call(base_url=platform.url + mount, headers=headers)
        told.add(answer.status_code)
        case.validate_response(answer, checks=CHECKS)

    description = platform.get(f"{mount}/api/v1/openapi.json", person=people[0]).json()
    for number, found in enumerate(schemathesis.openapi.from_dict(description).get_all_operations()):
        for mode in schemathesis.GenerationMode:
            try:
                _sending(send, found.ok(), mode, number, examples)()
            except FailureGroup as failures:
                wrong.append(f"{found.ok().label}: {failures}")
    return told, wrong


def _sending(
    send: Callable[..., None], operation: Any, mode: Any, number: int, examples: int
) -> Callable[[], None]:
    """A function that sends the operation's requests, the same ones each time."""
    bounds = settings(
        max_examples=examples,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    cases = operation.as_strategy(generation_mode=mode)
    return seed(number)(bounds(given(case=cases, is_known=st.booleans())(send)))


def _with_known(value: Any, known: Mapping[str, object]) -> Any:
    """The value with ids of rows that there are in place of those that are named like one."""
    if isinstance(value, dict):
        return {
            name: known[name] if name in known and isinstance(each, str) else _with_known(each, known)
            for name, each in value.items()
        }
    return [_with_known(each, known) for each in value] if isinstance(value, list) else value
