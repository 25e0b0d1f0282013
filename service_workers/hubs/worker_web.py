"""The way to providers: httpx on the runtime's own fetch (decision 0012)."""

from typing import Any

import httpx
import js
from pyodide.ffi import JsException, to_js

from service_workers.hubs.domain.web import Answer, NoAnswer, Outgoing

# The runtime writes these itself.
_OWN = frozenset({"host", "connection", "content-length", "accept-encoding"})


class FetchTransport(httpx.AsyncBaseTransport):
    """Carries httpx's requests with the runtime's fetch, which keeps connections and TLS to itself."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request; a redirect is an answer, for none of our secrets follows one."""
        limit_ms = int(request.extensions["timeout"]["read"] * 1000)
        options: dict[str, Any] = {
            "method": request.method,
            "headers": [[name, value] for name, value in request.headers.items() if name not in _OWN],
            "redirect": "manual",
            "signal": js.AbortSignal.timeout(limit_ms),
        }
        if request.content:
            options["body"] = to_js(request.content)
        try:
            answer = await js.fetch(str(request.url), to_js(options, dict_converter=js.Object.fromEntries))
            content = (await answer.arrayBuffer()).to_bytes()
        except JsException as error:
            raise httpx.TransportError("There is no answer.") from error
        headers = js.Object.fromEntries(answer.headers).to_py()
        # The runtime has decoded the body already.
        headers.pop("content-encoding", None)
        return httpx.Response(answer.status, headers=headers, content=content)


class HttpxWeb:
    """See `Web`."""

    async def send(self, outgoing: Outgoing, timeout_s: float) -> Answer:
        """See `Web`."""
        headers = {"accept": outgoing.accept}
        if outgoing.bearer:
            headers["authorization"] = f"Bearer {outgoing.bearer}"
        if outgoing.idempotency_key:
            headers["idempotency-key"] = outgoing.idempotency_key
        auth = (outgoing.user, outgoing.password) if outgoing.user else None
        try:
            async with httpx.AsyncClient(transport=FetchTransport(), timeout=timeout_s) as client:
                answer = await client.request(
                    outgoing.method,
                    outgoing.url,
                    params=outgoing.query or None,
                    data=outgoing.form,
                    headers=headers,
                    auth=auth,
                )
        except httpx.HTTPError as error:
            raise NoAnswer from error
        return Answer(answer.status_code, answer.content, dict(answer.headers.items()))
