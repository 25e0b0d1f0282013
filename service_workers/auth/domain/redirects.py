"""Where to go after signing in."""

from ganger.redirects import HOME, own_path

_OWN_PAGES = "/auth/"  # going back to the sign-in page would go round in circles
_ACCOUNT_PAGES = ("/auth/sessions", "/auth/second-factor")


def local_path(asked: str | None) -> str:
    """Return the path (with its query) that was asked for if signing in may lead there, else `/`."""
    path = own_path(asked)
    is_own = path.lower().startswith(_OWN_PAGES)
    return HOME if is_own and path not in _ACCOUNT_PAGES else path
