"""How the identity provider is configured. Pure.

Any OpenID provider that signs with RS256 and takes its client's secret by HTTP Basic will do; the values in
wrangler/auth.jsonc are Google's.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self
from urllib.parse import urlsplit

_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class DomainRule(StrEnum):
    """How an ID token shows that a person belongs to the practice."""

    HOSTED_DOMAIN = "hd"  # Google's own claim: the Workspace domain of the account
    EMAIL = "email"  # the domain of the verified e-mail address, for providers without such a claim


@dataclass(frozen=True, slots=True)
class Settings:
    """One provider, and what we are to it. `name` stands on the button."""

    name: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    domain: str
    domain_rule: DomainRule

    @classmethod
    def read(cls, variables: Mapping[str, str]) -> Self | None:
        """The settings of the variables `OIDC_…`; None as long as no client id or secret is set.

        Raises:
            ValueError: the domain or its rule is missing or wrong, or the issuer is no safe address.
        """
        client_id, secret = variables.get("OIDC_CLIENT_ID", ""), variables.get("OIDC_CLIENT_SECRET", "")
        if not client_id or not secret:
            return None
        issuer, domain = variables.get("OIDC_ISSUER", ""), variables.get("OIDC_DOMAIN", "").lower()
        if not domain or not is_safe_url(issuer, issuer):
            raise ValueError("OIDC_ISSUER needs an https address, and OIDC_DOMAIN the practice's domain.")
        rule = DomainRule(variables.get("OIDC_DOMAIN_RULE", ""))
        return cls(variables.get("OIDC_NAME", ""), issuer, client_id, secret, domain, rule)


def is_safe_url(url: str, issuer: str) -> bool:
    """Whether an address of the issuer's may be used: https, or plain http if the issuer is on loopback."""
    try:
        parts, home = urlsplit(url), urlsplit(issuer)
    except ValueError:
        return False
    if not parts.hostname or parts.username is not None or parts.fragment:
        return False
    is_local = home.scheme == "http" and home.hostname in _LOOPBACK and parts.hostname in _LOOPBACK
    return parts.scheme == "https" or (parts.scheme == "http" and is_local)
