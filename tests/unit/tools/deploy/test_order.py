"""In which order workers go out."""

from tools.deploy.order import in_order, stages
from tools.registry import load_registry

REGISTRY = load_registry()


def test_who_is_called_goes_before_who_calls_and_the_router_goes_last():
    workers = REGISTRY.select(["router", "inventory", "handouts-patient", "auth"])
    assert [worker.id for worker in in_order(workers)] == ["auth", "inventory", "handouts-patient", "router"]


def test_every_worker_stands_in_one_stage():
    staged = [worker.id for stage in stages(REGISTRY.workers.values()).values() for worker in stage]
    assert sorted(staged) == sorted(REGISTRY.workers)


def test_a_stage_without_workers_is_there_and_empty():
    staged = stages(REGISTRY.select(["inventory"]))
    assert {name: len(workers) for name, workers in staged.items()} == {
        "service": 0,
        "staff": 1,
        "patient": 0,
        "router": 0,
    }
