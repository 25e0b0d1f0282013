"""The descriptions of the apps themselves."""

import json

import pytest
from openapi_spec_validator import validate

from ganger.reference import PATH
from ganger.reference_rules import operations, records_of
from tools.build.environments import DEVELOPMENT, environment_named
from tools.build.jsonc import read_jsonc
from tools.openapi import described
from tools.paths import ROOT
from tools.registry import Kind, load_registry
from tools.routes import routes_of

REGISTRY = load_registry()
PLACE = environment_named(DEVELOPMENT, read_jsonc(ROOT / "wrangler" / "environments.jsonc"))
DESCRIBED = [
    worker
    for worker in REGISTRY.of_kind(Kind.STAFF)
    if any(route.path == PATH for route in routes_of(ROOT, REGISTRY, worker, DEVELOPMENT))
]


def test_the_apps_with_an_api_describe_it():
    assert {"inventory", "management", "showcase"} <= {worker.id for worker in DESCRIBED}


@pytest.mark.parametrize("worker", DESCRIBED, ids=lambda worker: worker.id)
def test_a_description_is_valid_and_whole(worker):
    document = json.loads(described(ROOT, REGISTRY, worker, PLACE) or "")
    validate(document)
    routes = routes_of(ROOT, REGISTRY, worker, DEVELOPMENT)
    asked = {(route.method, route.path) for route in routes if route.path.startswith("/api/")}
    told = {(method.upper(), path) for path, found in document["paths"].items() for method in found}
    assert told == asked
    shown = operations(document)
    assert len({operation.id for operation in shown}) == len(asked)
    assert all(records_of(document, each) is not None for each in shown)
