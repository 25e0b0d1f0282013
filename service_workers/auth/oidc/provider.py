"""Talking to the identity provider: its documents, kept for a while, and its answer to a code."""

import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar
from urllib.parse import quote, urlencode

from service_workers.auth.errors import ProviderUnavailable, SignInExpired
from service_workers.auth.oidc.attempt import Attempt
from service_workers.auth.oidc.documents import (
    DocumentRefused,
    Endpoints,
    SigningKey,
    discovery_url,
    endpoints,
    fresh_for_s,
    signing_keys,
)
from service_workers.auth.oidc.id_token import Identity, Reason, TokenRefused, check_claims, parse_token
from service_workers.auth.oidc.settings import DomainRule, Settings

LOOK_AGAIN_AFTER_S = 60  # an unknown key id makes us fetch the keys anew at most so often
_MAX_LENGTH = 262_144

T = TypeVar("T")


class Unreachable(Exception):
    """No answer came, or not in time."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered."""

    status: int
    cache_control: str | None
    text: str


class Web(Protocol):
    """What the runtime does for us: requests, and the check of a signature."""

    async def get(self, url: str) -> Answer:
        """GET an address, within the time limit; raises Unreachable."""
        ...

    async def post_form(self, url: str, form: str, authorization: str) -> Answer:
        """POST a form, within the time limit; raises Unreachable."""
        ...

    async def is_signed(self, key: SigningKey, signed: bytes, signature: bytes) -> bool:
        """Whether RSASSA-PKCS1-v1_5 with SHA-256 holds; False for a key that cannot be read."""
        ...


@dataclass(frozen=True, slots=True)
class _Kept(Generic[T]):
    """Something fetched; `fresh_until` is in seconds since the epoch."""

    value: T
    fresh_until: float


class Provider:
    """One provider, as one isolate knows it. The documents are kept in memory, for an hour at most."""

    def __init__(self, settings: Settings, web: Web) -> None:
        self.settings = settings
        self._web = web
        self._endpoints: _Kept[Endpoints] | None = None
        self._keys: _Kept[Mapping[str, SigningKey]] | None = None
        self._looked_again_at = 0.0

    async def authorization_url(self, attempt: Attempt, redirect_uri: str, now: float) -> str:
        """Where the browser goes to sign in.

        Raises:
            ProviderUnavailable: the provider does not say where.
        """
        asked = {
            "response_type": "code",
            "client_id": self.settings.client_id,
            "redirect_uri": redirect_uri,
            "scope": "openid email profile",
            "state": attempt.state,
            "nonce": attempt.nonce,
            "code_challenge": attempt.challenge,
            "code_challenge_method": "S256",
            # Workstations are shared: nobody is signed in unasked as the person before.
            "prompt": "select_account",
        }
        if self.settings.domain_rule is DomainRule.HOSTED_DOMAIN:
            asked["hd"] = self.settings.domain  # so that Google offers the practice's accounts alone
        address = (await self.endpoints(now)).authorization
        return f"{address}{'&' if '?' in address else '?'}{urlencode(asked, quote_via=quote)}"

    async def endpoints(self, now: float) -> Endpoints:
        """Where the provider answers.

        Raises:
            ProviderUnavailable: it does not say so now.
        """
        kept = self._endpoints
        if kept is None or now >= kept.fresh_until:
            url = discovery_url(self.settings.issuer)
            document, fresh_s = await self._document(url, "discovery")
            try:
                found = endpoints(document, self.settings.issuer)
            except DocumentRefused as error:
                raise ProviderUnavailable(str(error), part="discovery") from error
            kept = self._endpoints = _Kept(found, now + fresh_s)
        return kept.value

    async def identity(self, code: str, attempt: Attempt, redirect_uri: str, now: float) -> Identity:
        """Exchange the code of an attempt for the identity of who signed in.

        Raises:
            SignInExpired: the provider does not take the code: used, too old, or made for another attempt.
            TokenRefused: the token that it gave does not hold.
            ProviderUnavailable: it does not answer as it should.
        """
        token = parse_token(await self._id_token(code, attempt, redirect_uri, now))
        key = await self._key(token.key_id, now)
        if key is None:
            raise TokenRefused(Reason.KEY)
        if not await self._web.is_signed(key, token.signed, token.signature):
            raise TokenRefused(Reason.SIGNATURE)
        return check_claims(token.claims, self.settings, attempt.nonce, now)

    async def _id_token(self, code: str, attempt: Attempt, redirect_uri: str, now: float) -> str:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect_uri,
            "code_verifier": attempt.verifier,
        }
        url = (await self.endpoints(now)).token
        try:
            answer = await self._web.post_form(url, urlencode(form), _basic(self.settings))
        except Unreachable as error:
            raise ProviderUnavailable("The token endpoint does not answer.", part="token") from error
        body = _json(answer, "token")
        if answer.status == 400 and body.get("error") == "invalid_grant":
            raise SignInExpired("The provider no longer takes this sign-in.")
        token = body.get("id_token")
        if answer.status != 200 or not isinstance(token, str):
            raise ProviderUnavailable("The token endpoint gave no token.", part="token", status=answer.status)
        return token

    async def _key(self, key_id: str, now: float) -> SigningKey | None:
        kept = self._keys
        if kept is None or now >= kept.fresh_until:
            kept = await self._fetched_keys(now)
        elif key_id not in kept.value and now >= self._looked_again_at + LOOK_AGAIN_AFTER_S:
            # There may be a new key; but tokens that somebody made up must not make us ask on and on.
            self._looked_again_at = now
            kept = await self._fetched_keys(now)
        return kept.value.get(key_id)

    async def _fetched_keys(self, now: float) -> _Kept[Mapping[str, SigningKey]]:
        document, fresh_s = await self._document((await self.endpoints(now)).keys, "keys")
        try:
            self._keys = _Kept(signing_keys(document), now + fresh_s)
        except DocumentRefused as error:
            raise ProviderUnavailable(str(error), part="keys") from error
        return self._keys

    async def _document(self, url: str, part: str) -> tuple[object, int]:
        try:
            answer = await self._web.get(url)
        except Unreachable as error:
            raise ProviderUnavailable("The provider does not answer.", part=part) from error
        if answer.status != 200:
            raise ProviderUnavailable("It answers with an error.", part=part, status=answer.status)
        return _json(answer, part), fresh_for_s(answer.cache_control)


def _json(answer: Answer, part: str) -> dict[str, object]:
    try:
        value = json.loads(answer.text) if len(answer.text) <= _MAX_LENGTH else None
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise ProviderUnavailable("It sent no JSON object.", part=part, status=answer.status)
    return value


def _basic(settings: Settings) -> str:
    """Client id and secret as RFC 6749, 2.3.1 wants them: form-encoded before they are put together."""
    pair = f"{quote(settings.client_id, safe='')}:{quote(settings.client_secret, safe='')}"
    return f"Basic {b64encode(pair.encode()).decode()}"
