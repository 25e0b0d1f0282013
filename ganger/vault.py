"""Secrets at rest: sealed with a key that the database does not hold."""

from collections.abc import Callable
from typing import Protocol


class Vault(Protocol):
    """Seals and opens secrets; `ganger.vault_edge` does it with the runtime's WebCrypto."""

    async def seal(self, plain: bytes, owner: str) -> str:
        """The secret as it may be stored, bound to its owner."""
        ...

    async def open(self, sealed: str, owner: str) -> bytes:
        """The secret again.

        Raises:
            VaultClosed: it was not sealed for this owner with a key that is still there.
        """
        ...


Opening = Callable[[], Vault]  # its keys are known only while a request runs


class VaultClosed(Exception):
    """A sealed secret cannot be opened: its key is gone, or it was altered or moved to another row."""
