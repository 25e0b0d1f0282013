"""Where an answer may send the browser when the request says where: only ever to our own host."""

HOME = "/"
_MAX_LENGTH = 2000


def own_path(asked: str | None) -> str:
    """Return the path (with its query) that was asked for if it is surely on our host, else `/`.

    A browser reads `//host` and `/\\host` as another host, and drops tabs and line breaks before it
    looks, so anything but printable ASCII is refused too.
    """
    if asked is None or not asked.startswith("/") or len(asked) > _MAX_LENGTH:
        return HOME
    is_plain = all("!" <= character <= "~" for character in asked)
    return asked if is_plain and "//" not in asked and "\\" not in asked else HOME
