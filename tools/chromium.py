"""Debian's Chromium, as the tests, the pictures and the benchmark start it.

`WHOLE` is the browser that people have. `PROGRAM` may be its shell, which has no windows: pages cost half as
much with it.
"""

import shutil

WHOLE = "/usr/bin/chromium"
PROGRAM = shutil.which("chromium-headless-shell") or WHOLE
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
