"""Which route answers a request."""

import pytest

from ganger.context import Context
from ganger.errors import MethodNotAllowed, NotFound
from ganger.http import Response
from ganger.permissions import PUBLIC
from ganger.routing import EVERY_PATH, Route, Router


async def handler(_ctx: Context) -> Response:
    return Response()


def make_route(method="GET", path="/"):
    return Route(method, path, handler, PUBLIC)


def test_a_fixed_segment_wins_over_a_named_one():
    named, fixed = make_route(path="/items/{id}"), make_route(path="/items/new")
    assert Router([named, fixed]).find("GET", "/items/new").route is fixed


def test_named_segments_arrive_decoded():
    match = Router([make_route(path="/items/{id}/lots/{lot}")]).find("GET", "/items/a%2Fb/lots/7")
    assert match.params == {"id": "a/b", "lot": "7"}


def test_head_is_answered_by_the_route_for_get():
    route = make_route(path="/items")
    assert Router([route]).find("HEAD", "/items").route is route


def test_an_unknown_path_is_not_found():
    with pytest.raises(NotFound):
        Router([make_route(path="/items")]).find("GET", "/items/1")


def test_a_known_path_with_another_method_names_the_methods_it_takes():
    with pytest.raises(MethodNotAllowed) as refused:
        Router([make_route("GET", "/items"), make_route("PUT", "/items")]).find("POST", "/items")
    assert refused.value.details == {"allowed": ["GET", "PUT"]}


@pytest.mark.parametrize("path", ["", "/", "/items", "/items/1/lots", "/%2e%2e/x"])
def test_a_route_for_every_path_answers_at_any_depth(path):
    every = make_route(path=EVERY_PATH)
    match = Router([every]).find("GET", path)
    assert match.route is every
    assert match.params == {}


def test_a_route_for_every_path_answers_only_what_no_other_route_does():
    every, health = make_route(path=EVERY_PATH), make_route(path="/health")
    router = Router([every, health])
    assert router.find("GET", "/health").route is health
    assert router.find("GET", "/healthy").route is every


def test_a_route_for_every_path_answers_only_its_method():
    router = Router([make_route("GET", EVERY_PATH)])
    with pytest.raises(NotFound):
        router.find("POST", "/items")


def test_a_path_that_another_method_owns_is_still_answered_by_every_path():
    every = make_route("POST", EVERY_PATH)
    assert Router([make_route("GET", "/health"), every]).find("POST", "/health").route is every
