"""What a person recognises a browser by, from what it says of itself."""

# The first that fits holds: Edge and Opera also say Chrome, and Chrome also says Safari.
_BROWSERS = (
    *(("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox")),
    *(("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari")),
)
_SYSTEMS = (
    *(("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows")),
    *(("CrOS", "ChromeOS"), ("Mac OS X", "Mac"), ("Linux", "Linux")),
)


def browser_family(user_agent: str) -> str:
    """Such as `Chrome on Windows`; only our own words, so that nothing typed elsewhere is kept."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "Other browser")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), None)
    return f"{browser} on {system}" if system else browser
