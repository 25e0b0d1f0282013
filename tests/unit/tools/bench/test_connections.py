"""Load against a server that is not a worker."""

import os
import threading
from itertools import islice
from socketserver import StreamRequestHandler, ThreadingTCPServer

import pytest

from ganger.ratelimit import LIMITS, Tier
from tools.bench.connections import _requests, load_row
from tools.bench.house import House

WHOLE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"
REFUSED = b"HTTP/1.1 429 Too Many Requests\r\nContent-Length: 0\r\n\r\n"


class Answers(StreamRequestHandler):
    def handle(self):
        while self.rfile.readline() and self.server.answer is not None:
            while self.rfile.readline().strip():
                pass
            self.wfile.write(self.server.answer)


@pytest.fixture
def serve():
    """Start a server that answers every request so; None ends the connection."""
    with ThreadingTCPServer(("127.0.0.1", 0), Answers) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()

        def answering(answer):
            server.answer = answer
            return House(None, {"router": f"http://127.0.0.1:{server.server_address[1]}"}, os.getpid())

        yield answering
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("answer", [WHOLE, CHUNKED])
def test_requests_of_all_connections_are_counted_without_an_error(serve, answer):
    number, answered, rate, p50, p99, _, errors = load_row(serve(answer), "/", 5, seconds=0.05)
    assert (number, errors) == (5, 0)
    assert answered >= 5
    assert rate > 0
    assert 0 < p50 <= p99


@pytest.mark.parametrize("answer", [REFUSED, None])
def test_a_refusal_and_an_end_are_errors(serve, answer):
    _, answered, *_, errors = load_row(serve(answer), "/", 2, seconds=0)
    assert (answered, errors) == (0, 2)


def test_nobody_asks_more_often_than_a_person_may():
    requests = list(islice(_requests("http://127.0.0.1", "/"), LIMITS[Tier.READ].requests + 1))
    assert requests[0] == requests[-2] != requests[-1]
