"""The vault on the runtime's WebCrypto: AES-256-GCM, with the owner as associated data.

A sealed text is `<key id>.<nonce>.<ciphertext>`, both base64url. The nonce is 96 random bits (NIST SP
800-38D, 8.2.2), far below the number of seals at which two might be alike.
"""

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

import js
from pyodide.ffi import JsException, to_js

from ganger.edge import environment
from ganger.tokens import KeyRing
from ganger.vault import Opening, VaultClosed

_NONCE_BYTES = 12


class WebCryptoVault:
    """Seals with the ring's newest key and opens with any."""

    def __init__(self, ring: KeyRing) -> None:
        self._ring = ring

    async def seal(self, plain: bytes, owner: str) -> str:
        """See `Vault`."""
        key_id = next(iter(self._ring.keys))
        nonce = secrets.token_bytes(_NONCE_BYTES)
        key = await _imported(self._ring.keys[key_id], "encrypt")
        sealed = await js.crypto.subtle.encrypt(_algorithm(nonce, owner), key, to_js(plain))
        return f"{key_id}.{_text(nonce)}.{_text(sealed.to_bytes())}"

    async def open(self, sealed: str, owner: str) -> bytes:
        """See `Vault`."""
        key_id, _, rest = sealed.partition(".")
        nonce, _, ciphertext = rest.partition(".")
        secret = self._ring.keys.get(key_id)
        if secret is None:
            raise VaultClosed("The key that sealed this is no longer there.")
        key = await _imported(secret, "decrypt")
        try:
            opened = await js.crypto.subtle.decrypt(
                _algorithm(_raw(nonce), owner), key, to_js(_raw(ciphertext))
            )
        except JsException as error:
            raise VaultClosed("What is stored was altered, or sealed for somebody else.") from error
        plain: bytes = opened.to_bytes()
        return plain


def vault_of(secret: str) -> Opening:
    """The way to the vault whose keys are the ring in that secret of the worker."""

    def opening() -> WebCryptoVault:
        return WebCryptoVault(KeyRing.parse(getattr(environment(), secret)))

    return opening


def _algorithm(nonce: bytes, owner: str) -> Any:
    facts = [["name", "AES-GCM"], ["iv", to_js(nonce)], ["additionalData", to_js(owner.encode())]]
    return js.Object.fromEntries(to_js(facts))


async def _imported(secret: bytes, use: str) -> Any:
    return await js.crypto.subtle.importKey("raw", to_js(secret), "AES-GCM", False, to_js([use]))


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def _raw(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
