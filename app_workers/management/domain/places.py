"""Coming back to a page after another location was chosen."""

from urllib.parse import parse_qsl, urlencode

from ganger.redirects import own_path

_PLACE = "location_id"


def page_to_return_to(asked: str | None) -> str:
    """The path that was asked for, if it is ours, without the location that its query may name.

    A page that names a location shows that one, whatever the person has chosen since.
    """
    path, _, query = own_path(asked).partition("?")
    kept = [(name, value) for name, value in parse_qsl(query, keep_blank_values=True) if name != _PLACE]
    return f"{path}?{urlencode(kept)}" if kept else path
