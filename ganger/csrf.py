"""Refuse changes that another site made the browser send.

Browsers say with Sec-Fetch-Site where a request comes from; those too old for it send Origin with every
POST. A request without either that brings a cookie or a person is refused, whatever sent it. Together with
the session cookie's SameSite=Lax this needs no token in the forms (decision 0007).
"""

from urllib.parse import urlsplit

from ganger.errors import CrossOrigin
from ganger.http import SAFE_METHODS, Request, is_upgrade


def refuse_cross_origin(request: Request, is_signed_in: bool) -> None:
    """Raise CrossOrigin for a change, or a WebSocket, that does not come from our own pages.

    `none` (typed by the person) and `same-site` (another of our hosts) are no origin of a change.

    Args:
        is_signed_in: whether somebody's session came with the request.
    """
    if request.method in SAFE_METHODS and not is_upgrade(request):
        return
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    if site is not None:
        is_own = site == "same-origin"
    elif origin is not None:
        is_own = urlsplit(origin).netloc == request.host
    else:
        is_own = not is_signed_in and "cookie" not in request.headers
    if not is_own:
        raise CrossOrigin("This change was sent from another site, so it was not made.")
