"""Refuse changes that another site made the browser send.

Browsers say with Sec-Fetch-Site where a request comes from; those that do not send it send Origin
with every POST. A client that sends neither is no browser, and so carries no one's cookie against
their will. Together with the session cookie's SameSite=Lax this needs no token in the forms.
"""

from urllib.parse import urlsplit

from ganger.errors import CrossOrigin
from ganger.http import SAFE_METHODS, Request


def refuse_cross_origin(request: Request) -> None:
    """Raise CrossOrigin for a change that does not come from our own pages."""
    if request.method in SAFE_METHODS:
        return
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    if site is not None:
        is_own = site in ("same-origin", "none")
    else:
        is_own = origin is None or urlsplit(origin).netloc == request.headers.get("host")
    if not is_own:
        raise CrossOrigin("This change was sent from another site, so it was not made.")
