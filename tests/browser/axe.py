"""What axe finds on a page."""

from collections.abc import Sequence

from playwright.sync_api import Page

from tools.paths import NODE_MODULES

PROGRAM = NODE_MODULES / "axe-core" / "axe.min.js"
# What passes is not told of, nor where on the page a thing is. Frames show pages that are checked themselves.
# Of what a page loads, axe waits for sounds and films; the style sheets serve a rule that is off.
_OPTIONS = {
    "resultTypes": ["violations"],
    "selectors": False,
    "iframes": False,
    "preload": {"assets": ["media"]},
}


def violations(page: Page, rules: Sequence[str] = ()) -> list[object]:
    """What is wrong by all of axe's rules, or by these (ids or tags); each with some of the elements.

    A page that is looked at often gets PROGRAM as its context's init script, which costs less than here.
    """
    # The policy of our pages forbids foreign scripts; evaluating one is the debugger's right.
    if not page.evaluate("'axe' in window"):
        page.evaluate(PROGRAM.read_text())
    options = _OPTIONS | ({"runOnly": list(rules)} if rules else {})
    found = page.evaluate("async (options) => (await axe.run(options)).violations", options)
    return [(each["id"], [node["html"] for node in each["nodes"]][:3]) for each in found]
