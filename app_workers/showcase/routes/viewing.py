"""How every page of this app is looked at: in the chosen colours, and at the chosen width in a frame.

A frame holds its page as text (`srcdoc`). Such a document is bound by the policy of the page around it and
is never asked for by its own address, so no answer of this app has to allow being framed.
"""

from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from urllib.parse import urlencode

from app_workers.showcase.domain.catalogue import MANIFESTS, Manifest
from app_workers.showcase.models import Theme, View, Width
from ganger.context import Context
from ganger.errors import NotFound
from ganger.http import Response

_NAMES = ("theme", "width")


def view_page(
    ctx: Context, template: str, view: View, status: HTTPStatus = HTTPStatus.OK, **values: object
) -> Response:
    """A page as it is to be looked at."""
    shown: dict[str, object] = {
        "theme": view.theme.value,
        "width": view.width.value if view.width else "",
        "themes": [theme.value for theme in Theme],
        "widths": [width.value for width in Width],
        "address": f"{ctx.request.path}?{ctx.request.query_string}",
    }
    page = ctx.page(template, status, **shown, **values)
    if view.width is None:
        return page
    frame = ctx.page(
        "framed.html", status, **shown, page_title=values["page_title"], inner=page.body, flash=None
    )
    return replace(frame, cookies=page.cookies)


def view_of(query: Mapping[str, str]) -> tuple[View, dict[str, str]]:
    """How to look at a page whose other query parameters are a component's, and those parameters.

    Raises:
        ValidationFailed: theme or width is none of those there are.
    """
    given = {name: query[name] for name in _NAMES if query.get(name)}
    return View.checked(given), {name: value for name, value in query.items() if name not in _NAMES}


def kept_view(view: View) -> str:
    """The query string that keeps the view on the way to another page; empty for the usual one."""
    given = {"theme": view.theme.value} if view.theme is not Theme.SYSTEM else {}
    if view.width:
        given["width"] = view.width.value
    return f"?{urlencode(given)}" if given else ""


def manifest_of(ctx: Context) -> Manifest:
    """The component that the address names.

    Raises:
        NotFound: there is none.
    """
    manifest = MANIFESTS.get(ctx.params["slug"])
    if manifest is None:
        raise NotFound("There is no such component.")
    return manifest
