"""In which language a page is written: as its reader chose, else as their browser asks."""

LANGUAGES = ("en", "es")
COOKIE = "__Host-ganger-language"
CHOSEN = "lang"  # the query parameter of the switch
_LASTS_S = 180 * 24 * 3600


def language_of(chosen: str | None, kept: str | None, accepted: str) -> str:
    """The language of a page.

    Args:
        chosen: from the switch.
        kept: what the switch left in the browser.
        accepted: the Accept-Language header (RFC 9110, 12.5.4).
    """
    for each in (chosen, kept):
        if each in LANGUAGES:
            return each
    weighed = sorted((_weighed(part) for part in accepted.split(",")[:20]), key=lambda each: -each[1])
    return next((name for name, weight in weighed if name in LANGUAGES and weight > 0), LANGUAGES[0])


def kept_language(language: str) -> str:
    """The Set-Cookie header that keeps a choice."""
    return f"{COOKIE}={language}; Max-Age={_LASTS_S}; Path=/; Secure; HttpOnly; SameSite=Lax"


def _weighed(part: str) -> tuple[str, float]:
    name, _, weight = part.partition(";q=")
    try:
        return name.strip().lower().partition("-")[0], float(weight or 1)
    except ValueError:
        return "", 0.0
