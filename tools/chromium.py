"""Debian's Chromium, as the tests, the pictures and the benchmark start it."""

import shutil

# The shell is Chromium without its windows, which nobody sees here: pages cost half as much with it.
PROGRAM = shutil.which("chromium-headless-shell") or "/usr/bin/chromium"
# As root there is no sandbox; without the rest Chromium looks for hosts that are not there.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Without these each window makes pages for its address bar, which nobody sees and which cost a second.
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup,PreloadTopChromeWebUI",
)
