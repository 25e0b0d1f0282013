"""The table of permissions and the route tables agree."""

import pytest

from ganger.health import HEALTH
from ganger.permissions import PUBLIC, Permission, Role
from ganger.routing import Route
from tools.paths import ROOT
from tools.permissions import Table, WorkerRoutes, all_routes, permission_problems, read_table
from tools.registry import load_registry

VIEW = Permission("stock:view", Role.MANAGER, reads_phi=True)
ALL = ("staff", "manager", "superadmin")


async def handler(_ctx):
    raise NotImplementedError


def make_route(path="/lots", permission=VIEW, method="GET"):
    return Route(method, path, handler, permission)


def found(*routes, development=(), worker="inventory"):
    return [WorkerRoutes(load_registry().workers[worker], routes, tuple(development))]


def make_table(**changes):
    facts = {
        "permissions": {"stock:view": {"roles": ALL[1:], "phi": True}},
        "closed": {"staff": "platform:signed-in", "patient": "platform:public", "service": "platform:public"},
        "routes": {"inventory": {"GET /lots": "stock:view"}},
    }
    return Table.model_validate(facts | changes)


def problems(table, routes):
    return list(permission_problems(table, routes))


def test_a_table_that_says_what_the_routes_say_is_well():
    assert problems(make_table(), found(make_route())) == []


def test_a_new_route_without_a_line_is_found():
    (problem,) = problems(make_table(), found(make_route(), make_route("/lots/{id}")))
    assert problem.endswith('needs the line: "GET /lots/{id}" = "stock:view"')


def test_a_route_of_development_is_listed_apart():
    assert problems(make_table(), found(make_route(), development=[make_route("/demo")]))
    table = make_table(development={"inventory": {"GET /demo": "stock:view"}})
    assert problems(table, found(make_route(), development=[make_route("/demo")])) == []


def test_a_route_that_asks_for_less_than_the_table_says_is_found():
    open_to_all = Permission("stock:open", None)
    table = make_table(
        permissions={"stock:view": {"roles": ALL[1:], "phi": True}, "stock:open": {"roles": ()}}
    )
    assert problems(table, found(make_route(permission=open_to_all)))


@pytest.mark.parametrize(
    "changed",
    [
        Permission("stock:view", Role.STAFF, reads_phi=True),
        Permission("stock:view", Role.MANAGER),
        Permission("stock:view", Role.MANAGER, reads_phi=True, needs_step_up=True),
        Permission("stock:view", Role.MANAGER, reads_phi=True, is_administration=True),
    ],
)
def test_a_permission_that_changed_in_code_alone_is_found(changed):
    (problem,) = problems(make_table(), found(make_route(permission=changed)))
    assert "has to say of stock:view" in problem


def test_a_permission_that_two_workers_declare_differently_is_found():
    other = Permission("stock:view", Role.STAFF)
    table = make_table(routes={"inventory": {"GET /lots": "stock:view", "GET /x": "stock:view"}})
    assert problems(table, found(make_route(), make_route("/x", other))) == [
        "stock:view is declared in more than one way."
    ]


def test_what_is_listed_and_does_not_exist_is_found():
    table = make_table(
        permissions={"stock:view": {"roles": ALL[1:], "phi": True}, "stock:gone": {"roles": ALL}},
        routes={"inventory": {"GET /lots": "stock:view", "GET /gone": "stock:view"}, "gone": {}},
    )
    assert len(problems(table, found(make_route()))) == 3


def test_a_closed_app_asks_for_what_its_kind_does():
    table = make_table(routes={}, permissions={"platform:public": {"roles": ()}})
    assert problems(table, found(make_route(permission=PUBLIC), worker="kiosk-patient")) == []
    assert problems(make_table(routes={}), found(make_route(), HEALTH, worker="kiosk"))


def test_the_table_of_the_platform_agrees_with_its_workers():
    assert problems(read_table(ROOT), all_routes(ROOT, load_registry())) == []


def test_the_routes_are_those_of_the_workers_own_entries():
    names = {
        each.worker.id: {(route.method, route.path) for route in each.routes}
        for each in all_routes(ROOT, load_registry())
    }
    assert ("POST", "/api/v1/receipts") in names["inventory"]
    assert all(("GET", "/health") in routes for routes in names.values())
    assert not any("development" in path for routes in names.values() for _, path in routes)
