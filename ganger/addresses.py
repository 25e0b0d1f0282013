"""Network addresses: from where administration is allowed, and by which key a caller's requests count.

The only address believed is the one that Cloudflare writes into `cf-connecting-ip`; what a client writes
into X-Forwarded-For is its own claim. Standard library only.
"""

from dataclasses import dataclass
from functools import lru_cache
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

HEADER = "cf-connecting-ip"
VARIABLE = "ADMIN_ADDRESSES"  # of a worker: its allow-list
# One customer of a provider has a whole /64, and so as many addresses as they like.
_ONE_CALLER_V6 = 64


@dataclass(frozen=True, slots=True)
class AllowList:
    """The networks from which administration is allowed. An empty list allows none."""

    networks: tuple[IPv4Network | IPv6Network, ...]

    @classmethod
    @lru_cache(maxsize=4)
    def parse(cls, text: str) -> "AllowList":
        """Read addresses and CIDR blocks, separated by spaces or commas.

        Raises:
            ValueError: an entry is neither, or sets bits outside its block.
        """
        return cls(tuple(ip_network(entry) for entry in text.replace(",", " ").split()))

    def allows(self, address: str | None) -> bool:
        """Whether a request from this address may administer; one without a readable address may not."""
        found = _read(address)
        return found is not None and any(found in network for network in self.networks)


def administrators(text: str) -> AllowList:
    """The allow-list of a worker's variable; nobody when it is empty or cannot be read."""
    return AllowList.parse(text) if is_readable(text) else AllowList(())


def is_readable(text: str) -> bool:
    """Whether the text is an allow-list."""
    try:
        AllowList.parse(text)
    except ValueError:
        return False
    return True


def caller_key(address: str | None) -> str:
    """What stands for the caller at this address when requests are counted.

    All whose address cannot be read count as one.
    """
    found = _read(address)
    if found is None:
        return "unknown"
    if isinstance(found, IPv6Address):
        return str(IPv6Network((found, _ONE_CALLER_V6), strict=False))
    return str(found)


def _read(address: str | None) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address((address or "").strip())
    except ValueError:
        return None
    # An IPv4 caller that comes through IPv6 (::ffff:192.0.2.1) is the same caller.
    return (found.ipv4_mapped or found) if isinstance(found, IPv6Address) else found
