"""What is looked at before anything else: whether a request is meant for this host, and is no monster.

Standard library only.
"""

from collections.abc import Mapping

from ganger.configuration import DEVELOPMENT
from ganger.errors import HeadersTooLarge, Misdirected

# Where a developer's machine answers, besides `<label>.localhost`.
_LOCAL = frozenset({"localhost", "127.0.0.1", "[::1]"})


# A browser's headers take some 2 KB, with all of our cookies 6 KB; Cloudflare itself takes up to 128 KB.
MAX_HEADER_CHARACTERS = 65_536


def refuse_absurd_headers(headers: Mapping[str, str]) -> None:
    """Raise HeadersTooLarge for headers that no browser sends."""
    if sum(map(len, headers.values())) > MAX_HEADER_CHARACTERS:
        raise HeadersTooLarge("The request's headers are too large.")


def refuse_foreign_host(host: str, own: str, environment: str, also: str = "") -> None:
    """Raise Misdirected unless the request is meant for this host.

    Args:
        host: of the request's URL, with its port if it has one.
        own: the host that the registry gives the worker in this environment.
        also: the worker's own name, by which bindings call it on a developer's machine.
    """
    name = host.lower()
    if name == own:
        return
    if environment == DEVELOPMENT and _without_port(name) in _LOCAL | {own, also}:
        return
    raise Misdirected("This host is not served here.")


def _without_port(host: str) -> str:
    name, separator, port = host.rpartition(":")
    return name if separator and port.isdecimal() else host
