"""Random requests to every address of the API: none fails, and each is answered as the description says.

Schemathesis makes the requests from the description, valid ones and others. In half of them the ids are of
rows that there are, so that not all ends at NOT_FOUND. The seed is fixed.
"""

from collections.abc import Mapping
from itertools import cycle
from typing import Any

import pytest
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
from tests.platform.inventory.factories import add_item

pytestmark = pytest.mark.runtime

MOUNT = "/inventory"
EXAMPLES = 2  # of each address, valid ones and as many others
PEOPLE = ("usr_sam", "usr_mia", "usr_max")  # several, for the limit of writes is a person's
CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)
KNOWN = {
    "lot_id": "SELECT id FROM inventory_lots LIMIT 1",
    "vendor_id": "SELECT id FROM inventory_vendors LIMIT 1",
    "order_id": "SELECT id FROM purchase_orders WHERE status = 'draft' LIMIT 1",
    "transfer_id": "SELECT id FROM stock_transfers WHERE status = 'received' LIMIT 1",
    "count_id": "SELECT id FROM count_sessions WHERE status = 'posted' LIMIT 1",
    "alert_id": "SELECT id FROM inventory_alerts LIMIT 1",
    "sheet_id": "SELECT id FROM safety_sheets LIMIT 1",
    "unmatched_id": "SELECT id FROM unmatched_barcodes LIMIT 1",
    "report": "SELECT 'usage' AS id",
    "location_id": "SELECT 'loc_aa' AS id",
}


def test_every_answer_is_as_described(platform):
    known = {name: platform.rows(sql)[0]["id"] for name, sql in KNOWN.items()}
    known["item_id"] = add_item(platform)
    cookies = cycle(f"{COOKIE}={platform.sign_in(person)}" for person in PEOPLE)
    told, wrong = set(), []

    def send(case, is_known):
        if is_known:
            case.path_parameters = with_known(case.path_parameters, known)
            case.body = with_known(case.body, known)
        headers = {"cookie": next(cookies), "sec-fetch-site": "same-origin"}
        answer = case.call(base_url=platform.url + MOUNT, headers=headers)
        told.add(answer.status_code)
        case.validate_response(answer, checks=CHECKS)

    description = platform.get(f"{MOUNT}/api/v1/openapi.json", person="usr_sam").json()
    for number, found in enumerate(schemathesis.openapi.from_dict(description).get_all_operations()):
        for mode in schemathesis.GenerationMode:
            try:
                sending(send, found.ok(), mode, number)()
            except FailureGroup as failures:
                wrong.append(f"{found.ok().label}: {failures}")
    assert wrong == []
    assert {200, 201, 400, 404, 409} <= told


def sending(send, operation, mode, number):
    """A function that sends the operation's requests, the same ones each time."""
    bounds = settings(
        max_examples=EXAMPLES,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    cases = operation.as_strategy(generation_mode=mode)
    return seed(number)(bounds(given(case=cases, is_known=st.booleans())(send)))


def with_known(value: Any, known: Mapping[str, object]) -> Any:
    """The value with ids of rows that there are in place of those that are named like one."""
    if isinstance(value, dict):
        return {
            name: known[name] if name in known and isinstance(each, str) else with_known(each, known)
            for name, each in value.items()
        }
    return [with_known(each, known) for each in value] if isinstance(value, list) else value
