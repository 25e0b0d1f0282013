"""Addresses of the patient site."""

SITE = "https://handouts.gangerdermatology.com"


def address_of_code(code: str) -> str:
    """What a printed QR code holds."""
    return f"{SITE}/qr/{code}"


def address_of_link(token: str) -> str:
    """What a message brings."""
    return f"{SITE}/view/{token}"
