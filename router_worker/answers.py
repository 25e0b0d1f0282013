"""What the router says by itself: refusals, and the page of an app that does not answer."""

from collections.abc import Sequence
from datetime import datetime
from html import escape
from urllib.parse import quote

from ganger.errors import AppError, Unauthenticated, Unavailable, error_envelope
from ganger.headers import NO_CONTENT_POLICY, STAFF_HEADERS, content_security_policy
from ganger.http import HTML, Request, Response, json_response, see_other
from ganger.platform import WorkerInfo

SIGN_IN = "/auth/sign-in"

_STYLE = """
:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
body{max-width:44rem;margin:0 auto;padding:2rem 1rem;color:#0f172a;background:#fff}
a{color:#1d4ed8}h1{font-size:1.5rem;line-height:1.25}
nav ul{list-style:none;padding:0;display:grid;gap:.25rem}
nav ul{grid-template-columns:repeat(auto-fill,minmax(15rem,1fr))}
nav a{display:block;padding:.625rem 0;min-height:1.5rem}.id{color:#475569;font-size:.875rem}
@media(prefers-color-scheme:dark){body{color:#e2e8f0;background:#0f172a}a{color:#93c5fd}.id{color:#94a3b8}}
"""


def sign_in_first(request: Request) -> Response:
    """Send a person to the sign-in page, and from there back to where they wanted to go."""
    return see_other(f"{SIGN_IN}?to={quote(request.target, safe='/')}")


def unauthenticated(request_id: str, now: datetime) -> Response:
    """Tell a program that nobody is signed in."""
    return _envelope(Unauthenticated("Sign in first."), request_id, now)


def unavailable_envelope(app: WorkerInfo, request_id: str, now: datetime) -> Response:
    """Tell a program that an app does not answer."""
    return _envelope(Unavailable(f"{app.title} does not answer.", app=app.id), request_id, now)


def unavailable_page(
    app: WorkerInfo, apps: Sequence[WorkerInfo], request: Request, request_id: str, nonce: str
) -> Response:
    """Tell a person which app does not answer, with the other apps one click away."""
    # What was posted is not sent again by a click.
    again = f'<p><a href="{escape(request.target)}">Try again</a></p>' if request.method == "GET" else ""
    links = "".join(
        f'<li><a href="{escape(other.mount or "")}">{escape(other.title)}</a></li>'
        for other in apps
        if other.in_service and other.id != app.id
    )
    markup = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(app.title)} does not answer – Ganger Dermatology</title>
<style nonce="{nonce}">{_STYLE}</style>
</head>
<body>
<main>
<h1>{escape(app.title)} does not answer right now</h1>
<p>Nothing is wrong with your device. If you just sent something, it may not have been saved:
look before you send it again. Try again in a minute; the other apps keep working.</p>
{again}
<p class="id">Request {escape(request_id)}</p>
</main>
<nav aria-label="Other apps"><h2>Other apps</h2><ul>{links}</ul></nav>
</body>
</html>
"""
    headers = {"content-type": HTML, "content-security-policy": content_security_policy(nonce)}
    return Response(markup, Unavailable.status, headers | {"retry-after": "60"})


def finished(response: Response, request_id: str, own_ms: float, set_cookie: str | None) -> Response:
    """Add what every answer of the router's own carries."""
    marks = {"x-request-id": request_id, "x-ganger-router-time": f"{own_ms:.0f}ms"}
    cookies = response.cookies + ((set_cookie,) if set_cookie else ())
    headers = {**STAFF_HEADERS, "content-security-policy": NO_CONTENT_POLICY, **response.headers, **marks}
    return Response(response.body, response.status, headers, cookies)


def _envelope(error: AppError, request_id: str, now: datetime) -> Response:
    return json_response(error_envelope(error, request_id, now), error.status)
