"""Where to go after signing in: only ever to a page of our own host."""

HOME = "/"
_OWN_PAGES = "/auth/"  # going back to the sign-in page would go round in circles
_ACCOUNT_PAGES = ("/auth/sessions", "/auth/second-factor")
_MAX_LENGTH = 2000


def local_path(asked: str | None) -> str:
    """Return the path (with its query) that was asked for if it is surely on our host, else `/`.

    A browser reads `//host` and `/\\host` as another host, and drops tabs and line breaks before it
    looks, so anything but printable ASCII is refused too.
    """
    if asked is None or not asked.startswith("/") or len(asked) > _MAX_LENGTH:
        return HOME
    is_plain = all("!" <= character <= "~" for character in asked)
    if not is_plain or "//" in asked or "\\" in asked:
        return HOME
    is_own = asked.lower().startswith(_OWN_PAGES)
    return HOME if is_own and asked not in _ACCOUNT_PAGES else asked
