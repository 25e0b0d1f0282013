"""Patient Handouts Management: not in service."""

from ganger.not_in_service_edge import NotInService

__all__ = ["Default"]


class Default(NotInService):
    """Tells whoever comes that the app is not in service."""
