"""The showcase's pages on the real runtime."""

import json
import re
from html import unescape

import pytest
from websockets.sync.client import connect

from app_workers.showcase.domain.catalogue import MANIFESTS
from app_workers.showcase.domain.patterns import PATTERNS
from ganger.identity import Location
from ganger.session import COOKIE
from tests.platform.auth.factories import session_of
from tests.platform.security.test_headers import Markup, nonce_of
from tests.unit.ui.factories import ids_of

pytestmark = pytest.mark.runtime

SANDBOXED = re.compile(r'<iframe class="\S+" title="[^"]*" height="\d+" sandbox="allow-same-origin" srcdoc="')
PATHS = (
    "/",
    "/tokens",
    "/tokens?fg=%23000000&bg=%23ffffff",
    "/patterns",
    "/reviews",
    "/c/button/review",
    "/c/data-table/play",
    *(f"/c/{slug}" for slug in MANIFESTS),
    *(f"/patterns/{slug}" for slug in PATTERNS),
)
LIVE = "/showcase/patterns/live"


def show(platform, path, person="usr_sam"):
    return platform.get(f"/showcase{path}", person)


def main_of(page):
    assert page.status_code == 200, page.text
    return page.text.partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_whole_and_holds_nothing_that_its_policy_forbids(platform, path):
    page = show(platform, path)
    assert page.status_code == 200
    assert page.text.count("<h1") == 1
    assert len(ids_of(page.text)) == len(set(ids_of(page.text)))
    markup = Markup(nonce_of(page))
    markup.feed(page.text)
    assert set(markup.found) <= {"iframe"}
    # Whatever is framed runs no script, and is no address that somebody else could frame.
    assert page.text.count("<iframe") == len(SANDBOXED.findall(page.text))
    assert page.headers["x-frame-options"] == "DENY"
    assert "frame-src" not in page.headers["content-security-policy"]


def test_every_example_stands_on_its_page_beside_its_call(platform):
    main = main_of(show(platform, "/c/button"))
    assert '<button class="btn btn-destructive btn-lg" type="button"><span>Save</span></button>' in main
    assert unescape(main).count("{{ ui.button(") == len(MANIFESTS["button"].examples)
    assert "/showcase/c/button/play?label=Save&amp;variant=primary&amp;size=sm" in main


def test_staff_browse_but_are_not_offered_to_review(platform):
    main = main_of(show(platform, "/c/button", "usr_pat"))
    assert "Record review" not in main
    assert "Record review" in main_of(show(platform, "/c/button"))


def test_a_search_without_a_match_says_what_to_do(platform):
    main = main_of(show(platform, "/?search=nothing+like+it"))
    assert "No component matches" in main and "0 of 29 components" in main


def test_a_theme_is_forced_and_kept_in_the_navigation(platform):
    page = show(platform, "/?theme=dark").text
    assert '<html lang="en" data-theme="dark">' in page
    assert 'href="/showcase/tokens?theme=dark"' in page
    assert show(platform, "/?theme=sepia").status_code == 400


def test_a_width_shows_the_page_in_a_frame_of_that_width(platform):
    page = show(platform, "/c/badge?width=320&theme=light")
    (frame,) = re.findall(r'<iframe[^>]* width="320"[^>]* srcdoc="([^"]*)"', page.text)
    inner = unescape(frame)
    assert inner.startswith("<!doctype html>") and '<base target="_top">' in inner
    assert 'data-theme="light"' in inner and "<h1>Badge</h1>" in inner
    assert f'nonce="{nonce_of(page)}"' in inner
    assert page.headers["x-frame-options"] == "DENY"


def test_the_playground_shows_result_call_and_html_of_its_address(platform):
    main = main_of(show(platform, "/c/button/play?label=%3Cb%3Ex&variant=outline&loading=on"))
    assert "{{ ui.button(&#34;&lt;b&gt;x&#34;, variant=&#34;outline&#34;, loading=true) }}" in main
    assert 'value="&lt;b&gt;x"' in main
    assert "&lt;button class=&#34;btn btn-outline" in main


def test_the_playground_says_what_is_wrong_at_the_field(platform):
    page = show(platform, "/c/button/play?label=Save&icon_left=rocket")
    assert page.status_code == 422
    assert "icon.name must be one of" in page.text
    page = show(platform, "/c/card/play?title=Stock&attrs=%7B")
    assert (page.status_code, 'id="play-attrs-error"' in page.text) == (422, True)
    assert show(platform, "/c/app-layout/play").status_code == 404


def test_a_contrast_is_checked_without_script(platform):
    assert "5.17 to 1" in main_of(show(platform, "/tokens?fg=%232563eb&bg=%23ffffff"))
    wrong = show(platform, "/tokens?fg=blue&bg=%23ffffff")
    assert wrong.status_code == 422 and 'id="contrast-fg-error"' in wrong.text


def test_patterns_work_without_script(platform):
    wrong = platform.post("/showcase/patterns/form", "usr_pat", data={"name": "Pat"})
    assert wrong.status_code == 400 and 'href="#pattern-email"' in wrong.text
    assert 'value="Pat"' in wrong.text
    right = {"name": "Pat", "email": "pat@example.test", "reason": "To try it"}
    for path, form in (("form", right), ("flash", {}), ("confirm", {"confirm_text": "Wixom"})):
        sent = platform.post(f"/showcase/patterns/{path}", "usr_pat", data=form)
        assert sent.status_code == 303
        assert "flash" in sent.headers["set-cookie"]
    assert "<dialog" in main_of(show(platform, "/patterns/confirm?open=delete"))
    assert platform.post("/showcase/patterns/table", "usr_pat", data={}).status_code == 405
    assert show(platform, "/patterns/nothing").status_code == 404


def test_the_live_pattern_without_script_leads_to_a_page_that_says_it(platform):
    sent = platform.post(LIVE, "usr_pat", data={"kind": "progress", "value": "40"})
    assert sent.headers["location"] == "/showcase/patterns/live?progress=60"
    assert 'aria-valuenow="60"' in main_of(show(platform, "/patterns/live?progress=60"))
    assert platform.post(LIVE, "usr_pat", data={"kind": "x"}).status_code == 400


def topic_of(platform, person):
    return f"showcase.demo.{session_of(platform.sign_in(person)).person.session_id}"


def test_the_topic_of_a_session_is_heard_by_it_alone(platform):
    topic = topic_of(platform, "usr_wes")
    assert platform.get(f"/showcase/live/{topic}", "usr_wes").status_code == 204
    assert platform.get(f"/showcase/live/{topic}", "usr_pat").status_code == 404
    url = f"{platform.url.replace('http', 'ws', 1)}/showcase/live/{topic}"
    headers = {"cookie": f"{COOKIE}={platform.sign_in('usr_wes')}"}
    with connect(url, origin=platform.url, additional_headers=headers, close_timeout=1) as socket:
        assert json.loads(socket.recv(timeout=10))["type"] == "welcome"
        form, program = {"kind": "toast", "value": "success"}, {"accept": "application/json"}
        assert platform.post(LIVE, "usr_wes", headers=program, data=form).status_code == 204
        heard = json.loads(socket.recv(timeout=10))
        assert (heard["key"], heard["values"]) == ("demo.toast", {"value": "success"})


def test_the_fictional_person_of_a_layout_is_shown_instead_of_the_viewer(platform):
    state = platform.get("/showcase/api/v1/components/app-layout", "usr_wes").json()["examples"][0]
    assert Location("loc_example", "Plymouth").name in state["html"]
    assert "Wes Sample" not in state["html"]
