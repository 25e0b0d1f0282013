"""Pages beside the CPU that their workers may use."""

from tests.unit.tools.bench.factories import make_figures
from tools.bench.routes import STAFF_PATHS, Cost, over_cpu_budget
from tools.registry import Kind, load_registry


def make_cost(worker_id, cpu_ms, path="/"):
    return Cost(worker_id, path, make_figures(cpu_ms=cpu_ms), 25)


def test_who_is_over_the_budget_is_named_with_the_excess_the_worst_first():
    found = [make_cost("showcase", 25.0), make_cost("inventory", 27.5, "/items"), make_cost("handouts", 60.0)]
    assert over_cpu_budget(found) == [
        "handouts  /  60.0 ms of 25  35.0 ms over",
        "inventory  /items  27.5 ms of 25  2.5 ms over",
    ]


def test_every_app_in_service_has_pages_that_are_measured():
    registry = load_registry()
    assert {each.id for each in registry.of_kind(Kind.STAFF) if each.in_service} <= STAFF_PATHS.keys()
    assert [each.id for each in registry.of_kind(Kind.PATIENT) if each.in_service] == ["handouts-patient"]
