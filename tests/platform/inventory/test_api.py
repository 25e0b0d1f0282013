"""Random requests to every address of the API: none fails, and each is answered as the description says.

Schemathesis makes the requests from the description, valid ones and others. In half of them the ids are of rows
that there are, so that not all ends at NOT_FOUND. The seed is fixed. What they leave behind is in rows of the
test's own item and of the demo data; no other test relies on those they may change.
"""

from collections.abc import Mapping
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from ganger.session import COOKIE
from tests.harness.staff import StaffPortal

pytestmark = pytest.mark.runtime

MOUNT = "/inventory"
EXAMPLES = 6  # of each kind, valid and not, and each address
CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)
KNOWN = {
    "item_id": "SELECT id FROM inventory_items WHERE is_lot_tracked = 0 LIMIT 1",
    "lot_id": "SELECT id FROM inventory_lots LIMIT 1",
    "vendor_id": "SELECT id FROM inventory_vendors LIMIT 1",
    "order_id": "SELECT id FROM purchase_orders WHERE status = 'draft' LIMIT 1",
    "transfer_id": "SELECT id FROM stock_transfers WHERE status = 'draft' LIMIT 1",
    "count_id": "SELECT id FROM count_sessions WHERE status = 'in_progress' LIMIT 1",
    "alert_id": "SELECT id FROM inventory_alerts WHERE closed_at IS NULL LIMIT 1",
    "sheet_id": "SELECT id FROM safety_sheets LIMIT 1",
    "unmatched_id": "SELECT id FROM unmatched_barcodes LIMIT 1",
    "report": "SELECT 'usage' AS id",
    "location_id": "SELECT 'loc_aa' AS id",
}


@pytest.fixture(scope="module")
def description(platform: StaffPortal) -> Any:
    answer = platform.get(f"{MOUNT}/api/v1/openapi.json", person="usr_sam")
    return schemathesis.openapi.from_dict(answer.json())


def test_every_answer_is_as_described(platform, description):
    known = {name: platform.rows(sql)[0]["id"] for name, sql in KNOWN.items()}
    cookie = {"cookie": f"{COOKIE}={platform.sign_in('usr_sam')}", "sec-fetch-site": "same-origin"}
    told = []
    for number, found in enumerate(description.get_all_operations()):
        operation = found.ok()
        for mode in (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE):

            @seed(number)
            @settings(
                max_examples=EXAMPLES,
                database=None,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )
            @given(case=operation.as_strategy(generation_mode=mode), is_known=st.booleans())
            def ask(case, is_known):
                if is_known:
                    case.path_parameters = with_known(case.path_parameters, known)
                    case.body = with_known(case.body, known)
                answer = case.call(base_url=platform.url + MOUNT, headers=cookie)
                told.append(answer.status_code)
                case.validate_response(answer, checks=CHECKS)

            ask()
    assert {200, 201, 204, 400, 404, 409} <= set(told)


def with_known(value: Any, known: Mapping[str, object]) -> Any:
    """The value with ids of rows that there are in place of those that are named like one."""
    if isinstance(value, dict):
        return {
            name: known[name] if name in known and isinstance(each, str) else with_known(each, known)
            for name, each in value.items()
        }
    return [with_known(each, known) for each in value] if isinstance(value, list) else value
