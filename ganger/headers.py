"""The security headers of every answer. Standard library only."""

from collections.abc import Mapping

_EVERYWHERE = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "strict-transport-security": "max-age=31536000; includeSubDomains",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}

STAFF_HEADERS: Mapping[str, str] = {
    **_EVERYWHERE,
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cache-control": "no-store",
}

# No address of a patient goes to another site, nor into an index. The policy goes no further for the sake of
# forms: a browser without Sec-Fetch-Site (before 2023) proves by Origin where one comes from, which is `null`
# under `no-referrer` (Fetch, "append a request Origin header").
PATIENT_HEADERS: Mapping[str, str] = {
    **_EVERYWHERE,
    "referrer-policy": "same-origin",
    "x-robots-tag": "noindex",
    "permissions-policy": "microphone=(), geolocation=()",
    "cache-control": "no-store",
}


# The policy of every answer that is no page: whatever a browser makes of it, nothing in it runs or loads.
NO_CONTENT_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"


def content_security_policy(nonce: str) -> str:
    """The policy of a page: only its own scripts and styles, in no frame, posting only to itself."""
    return (
        f"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; "
        "img-src 'self' data:; connect-src 'self'; font-src 'self'; manifest-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )
