"""Joining a live topic."""

import asyncio
from http import HTTPStatus

from jinja2 import DictLoader

from ganger.app import Application
from ganger.context import Services
from ganger.headers import STAFF_HEADERS
from ganger.http import Response
from ganger.live import join
from ganger.live_rules import Seen
from ganger.pages import Pages
from ganger.permissions import SIGNED_IN
from ganger.routing import Route
from tests.unit.ganger.factories import NOW, make_person, make_request, make_worker, respond

UPGRADE = {"upgrade": "WebSocket", "sec-fetch-site": "same-origin"}


class FakeLive:
    def __init__(self):
        self.asked = []

    async def connect(self, topic, person, seen):
        self.asked.append((topic, person.id, seen))
        return Response(status=HTTPStatus.SWITCHING_PROTOCOLS, upgrade=self)

    def publish(self, topic, change):
        raise AssertionError


async def get_live(ctx):
    return await join(ctx, ctx.params["topic"])


ROUTES = [Route("GET", "/live/{topic}", get_live, SIGNED_IN)]


def asked(live, headers, query=""):
    request = make_request(path="/inventory/live/stock", headers=headers, query_string=query)
    application = Application(make_worker(), ROUTES, Pages(DictLoader({}), (), {}), STAFF_HEADERS)
    services = Services(lambda: NOW, live=live)
    return asyncio.run(application.respond(request, "req_1", make_person(), services))


def test_a_websocket_is_handed_to_the_topic_with_the_person():
    live = FakeLive()
    answer = asked(live, UPGRADE, "sequence=7")
    assert (answer.status, answer.upgrade) == (101, live)
    assert live.asked == [("stock", "usr_pat", Seen(sequence=7))]


def test_a_browser_that_asks_first_is_told_that_it_may_come():
    live = FakeLive()
    assert asked(live, {"accept": "application/json"}, "page_ms=1").status == 204
    assert live.asked == []


def test_a_sequence_is_a_whole_number():
    assert asked(FakeLive(), UPGRADE, "sequence=-1").status == 400
    assert asked(FakeLive(), UPGRADE, "sequence=x").status == 400
    assert asked(FakeLive(), UPGRADE, f"page_ms={2**53}").status == 400


def test_a_worker_without_topics_says_that_they_are_away():
    request = make_request(path="/inventory/live/stock", headers=UPGRADE)
    assert respond(ROUTES, request, make_person()).status == 503
