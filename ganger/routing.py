"""The route table: which handler answers which method and path, and who may ask."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from ganger.errors import MethodNotAllowed, NotFound
from ganger.http import Response
from ganger.permissions import Permission
from ganger.ratelimit import Tier

if TYPE_CHECKING:
    from ganger.context import Context

Handler = Callable[["Context"], Awaitable[Response]]

EVERY_PATH = "/{rest...}"  # the path of a route that answers whatever no other route of its method does


@dataclass(frozen=True, slots=True)
class Route:
    """One line of a route table.

    `path` is relative to the worker's mount; a segment `{name}` stands for any one segment, which the
    handler finds decoded in `ctx.params`. `tier` is for a route that counts otherwise than its method does.
    """

    method: str
    path: str
    handler: Handler
    permission: Permission
    tier: Tier | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """The route for a request, and the values of its named segments."""

    route: Route
    params: dict[str, str]


class Router:
    """Finds the route for a request: fixed segments before named ones, HEAD as GET."""

    def __init__(self, routes: Iterable[Route]) -> None:
        # By number of segments, with the routes that name the fewest segments first.
        self._by_length: dict[int, list[tuple[tuple[str, ...], Route]]] = {}
        self._every_path: dict[str, Route] = {}
        for route in sorted(routes, key=lambda route: route.path.count("{")):
            if route.path == EVERY_PATH:
                self._every_path[route.method] = route
                continue
            pattern = _segments(route.path)
            self._by_length.setdefault(len(pattern), []).append((pattern, route))

    def find(self, method: str, path: str) -> Match:
        """Return the match for a path relative to the mount.

        Raises:
            NotFound: no route has this path.
            MethodNotAllowed: routes have this path, with other methods.
        """
        segments = _segments(path)
        wanted = "GET" if method == "HEAD" else method
        others = set()
        for pattern, route in self._by_length.get(len(segments), ()):
            params = _params(pattern, segments)
            if params is None:
                continue
            if route.method == wanted:
                return Match(route, params)
            others.add(route.method)
        if wanted in self._every_path:
            return Match(self._every_path[wanted], {})
        if others:
            raise MethodNotAllowed("This address does not take that method.", allowed=sorted(others))
        raise NotFound("There is nothing at this address.")


def _segments(path: str) -> tuple[str, ...]:
    return tuple(segment for segment in path.split("/") if segment)


def _params(pattern: tuple[str, ...], segments: tuple[str, ...]) -> dict[str, str] | None:
    params = {}
    for expected, segment in zip(pattern, segments, strict=True):
        if expected.startswith("{"):
            params[expected[1:-1]] = unquote(segment)
        elif expected != segment:
            return None
    return params
