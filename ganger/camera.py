"""The pages that may use the camera."""

from dataclasses import replace

from ganger.http import Response

_HEADERS = {"permissions-policy": "camera=(self), microphone=(), geolocation=()"}


def with_camera(page: Response) -> Response:
    """The page, allowed to use the camera."""
    return replace(page, headers=page.headers | _HEADERS)
