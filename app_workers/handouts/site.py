"""Addresses of the patient site, whose origin each environment has for itself."""


def address_of_code(site: str, code: str) -> str:
    """What a printed QR code holds."""
    return f"{site}/qr/{code}"


def address_of_link(site: str, token: str) -> str:
    """What a message brings."""
    return f"{site}/view/{token}"
