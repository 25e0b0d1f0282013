"""The identity provider as the runtime reaches it: requests with a time limit, and WebCrypto."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import js
from pyodide.ffi import JsException, to_js

from ganger.catalogue import STAFF_HOST
from ganger.edge import environment
from ganger.http import FORM, Request
from service_workers.auth.oidc.documents import SigningKey
from service_workers.auth.oidc.flow import Flow
from service_workers.auth.oidc.provider import Answer, Provider, Unreachable
from service_workers.auth.oidc.routes import FindFlow
from service_workers.auth.oidc.settings import Settings
from service_workers.auth.signing import Signing

ANSWER_WITHIN_MS = 5_000
_ALGORITHM = {"name": "RSASSA-PKCS1-v1_5", "hash": "SHA-256"}
_VARIABLES = tuple(
    f"OIDC_{name}" for name in ("NAME", "ISSUER", "CLIENT_ID", "CLIENT_SECRET", "DOMAIN", "DOMAIN_RULE")
)


class RuntimeWeb:
    """What the runtime does for the provider."""

    async def get(self, url: str) -> Answer:
        return await _answer(url, {"method": "GET", "headers": {"accept": "application/json"}})

    async def post_form(self, url: str, form: str, authorization: str) -> Answer:
        headers = {"accept": "application/json", "content-type": FORM, "authorization": authorization}
        return await _answer(url, {"method": "POST", "headers": headers, "body": form})

    async def is_signed(self, key: SigningKey, signed: bytes, signature: bytes) -> bool:
        jwk = _object({"kty": "RSA", "n": key.n, "e": key.e})
        subtle = js.crypto.subtle
        try:
            imported = await subtle.importKey("jwk", jwk, _object(_ALGORITHM), False, to_js(["verify"]))
            holds = await subtle.verify(_ALGORITHM["name"], imported, to_js(signature), to_js(signed))
        except JsException:
            return False
        return bool(holds)


def published_origin(_: Request) -> str:
    """Where the browser reaches us, whatever a request says of it."""
    return f"https://{STAFF_HOST}"


def flow_finder(signing: Signing, origin: Callable[[Request], str]) -> FindFlow:
    """The way to the flow with the provider that is configured, if one is."""

    def find_flow() -> Flow | None:
        bindings = environment()
        settings = Settings.read({name: getattr(bindings, name, "") for name in _VARIABLES})
        return Flow(_provider(settings), signing(), origin) if settings else None

    return find_flow


@lru_cache(maxsize=1)
def _provider(settings: Settings) -> Provider:
    """One for the isolate, so that the provider's documents are fetched once in a while."""
    return Provider(settings, RuntimeWeb())


async def _answer(url: str, options: dict[str, Any]) -> Answer:
    # A redirect could lead anywhere, with the client's secret; no endpoint of a provider redirects us.
    limits = {"redirect": "manual", "signal": js.AbortSignal.timeout(ANSWER_WITHIN_MS)}
    try:
        answer = await js.fetch(url, _object(options | limits))
        text = await answer.text()
    except JsException as error:
        raise Unreachable from error
    return Answer(answer.status, answer.headers.get("cache-control"), text)


def _object(values: dict[str, Any]) -> Any:
    # A Map, or a Python object in place of an options object, would end the whole isolate.
    return to_js(values, dict_converter=js.Object.fromEntries)
