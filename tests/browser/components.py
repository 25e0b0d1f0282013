"""Pages of components for Chromium, without a platform behind them."""

from collections.abc import Sequence
from http import HTTPStatus

from jinja2 import Template
from playwright.sync_api import Page, Route

from ganger.headers import content_security_policy
from ganger.ui.manifest import Component
from tests.browser.axe import violations
from tests.unit.ui.factories import UI, environment, make_context

ORIGIN = "http://localhost"
_SHELL = (
    '{% extends "ui/app.html" %}{% import "ui/components.html" as ui %}'
    "{% block html_attributes %} data-theme={{ theme }}{% endblock %}{% block content %}"
)
_TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
_BY_COLOUR = ("color-contrast", "link-in-text-block")
_LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]


def catalogue_page(component: Component) -> str:
    """Template text of a page with every example of a component."""
    title = "" if component.slug == "page-header" else f"<h1>{component.title}</h1>"
    return title + "".join(f"<h2>{each.title}</h2><div>{each.call}</div>" for each in component.examples)


def show(page: Page, content: str, theme: str = "light", path: str = "/page", **context: object) -> Page:
    """Open a page with this content under the policy that the platform's pages have."""
    source = _SHELL + content + "{% endblock %}"
    return show_template(page, environment.from_string(source), path, theme=theme, **context)


def show_template(page: Page, template: Template, path: str = "/page", **context: object) -> Page:
    """Open a page made of a template; links lead to pages that are empty."""
    facts = make_context(page_title="Components") | context
    markup = template.render(facts)

    def answer(route: Route) -> None:
        asked = route.request.url.removeprefix(ORIGIN)
        if asked.startswith("/assets/"):
            file = UI / "static" / asked.removeprefix("/assets/")
            if not file.exists():
                return route.fulfill(status=HTTPStatus.NOT_FOUND)
            return route.fulfill(path=file, content_type=_TYPES[file.suffix[1:]])
        headers = {"content-security-policy": content_security_policy("n0nce"), "content-type": "text/html"}
        body = markup if asked == path else "<!doctype html><title>Elsewhere</title><h1>Elsewhere</h1>"
        return route.fulfill(body=body, headers=headers)

    page.route("**/*", answer)
    page.goto(ORIGIN + path)
    page.wait_for_load_state("networkidle")
    return page


def assert_conforms(page: Page, rules: Sequence[str] = _LEVELS) -> None:
    """Fail with what axe finds against WCAG 2.1 A and AA, or against these of its rules.

    Its advice on whole pages is left out: a catalogue shows the same landmark several times.
    """
    found = violations(page, rules)
    assert not found, found


def assert_conforms_in_the_dark(page: Page) -> None:
    """Fail with what axe finds once the theme is dark, by which only colours differ."""
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    assert_conforms(page, rules=_BY_COLOUR)
