"""Keys, tokens and settings of the tests. The RSA here is the textbook's, so that no library is needed."""

import json
import random
from base64 import urlsafe_b64encode
from functools import cache
from hashlib import sha256

from ganger.tokens import KeyRing
from service_workers.auth.oidc.documents import SigningKey
from service_workers.auth.oidc.id_token import decoded
from service_workers.auth.oidc.settings import DomainRule, Settings

NOW = 1_795_000_000.0
NONCE = "nonce-of-the-attempt"
RING = KeyRing.parse("new:" + "bmV3a2V5".ljust(43, "A") + " old:" + "b2xka2V5".ljust(43, "B"))
_E = 65_537
# ASN.1 of "SHA-256", as it stands before the digest (RFC 8017, 9.2, note 1).
_SHA256 = bytes.fromhex("3031300d060960864801650304020105000420")

# How far after a chance number of 1,024 bits the next prime lies; so no key stands here.
_PRIMES_AFTER = {"one": (1246, 36), "two": (172, 338)}


def make_settings(**changes) -> Settings:
    facts = {
        "name": "Test Provider",
        "issuer": "https://id.example.test",
        "client_id": "ganger-tests",
        "client_secret": "plainly fictional",
        "domain": "example.test",
        "domain_rule": DomainRule.HOSTED_DOMAIN,
    }
    return Settings(**facts | changes)


def make_claims(**changes) -> dict[str, object]:
    """Claims that everything is right with; None takes one out."""
    claims = {
        "iss": "https://id.example.test",
        "aud": "ganger-tests",
        "sub": "pat",
        "exp": int(NOW) + 3600,
        "iat": int(NOW) - 1,
        "nonce": NONCE,
        "hd": "example.test",
        "email": "pat.example@example.test",
        "email_verified": True,
        "name": "Pat Example",
    } | changes
    return {name: value for name, value in claims.items() if value is not None}


def make_token(claims=None, header=None, key="one") -> str:
    """A token signed by a key of the tests."""
    head = {"alg": "RS256", "kid": key} | (header or {})
    text = ".".join(encoded(json.dumps(part).encode()) for part in (head, claims or make_claims()))
    return f"{text}.{encoded(signed(text.encode(), key))}"


def encoded(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


@cache
def _modulus_and_secret(name: str) -> tuple[int, int]:
    chance = random.Random(name)  # noqa: S311 - the same keys in every run
    p, q = (chance.getrandbits(1024) | 1 << 1023 | 1 << 1022 | 1 for _ in range(2))
    p, q = p + _PRIMES_AFTER[name][0], q + _PRIMES_AFTER[name][1]
    return p * q, pow(_E, -1, (p - 1) * (q - 1))


def public_key(name: str) -> SigningKey:
    modulus, _ = _modulus_and_secret(name)
    return SigningKey(encoded(modulus.to_bytes(256)), encoded(_E.to_bytes(3)))


def key_entry(name: str, **changes) -> dict[str, object]:
    """The key as a provider publishes it."""
    key = public_key(name)
    return {"kty": "RSA", "kid": name, "use": "sig", "alg": "RS256", "n": key.n, "e": key.e} | changes


def signed(text: bytes, name: str) -> bytes:
    modulus, secret = _modulus_and_secret(name)
    return pow(int.from_bytes(_padded(text)), secret, modulus).to_bytes(256)


def is_signed(key: SigningKey, text: bytes, signature: bytes) -> bool:
    """What WebCrypto does in the worker."""
    modulus, exponent = int.from_bytes(decoded(key.n)), int.from_bytes(decoded(key.e))
    value = int.from_bytes(signature)
    is_whole = len(signature) == 256 and value < modulus
    return is_whole and pow(value, exponent, modulus).to_bytes(256) == _padded(text)


def _padded(text: bytes) -> bytes:
    digest = _SHA256 + sha256(text).digest()
    return b"\x00\x01" + b"\xff" * (253 - len(digest)) + b"\x00" + digest
