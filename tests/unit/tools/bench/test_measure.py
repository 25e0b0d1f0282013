"""Measuring against a server that is not a worker."""

import os
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.unit.tools.bench.factories import make_series
from tools.bench.measure import BenchProblem, cpu_seconds, figures, measure


class Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.server.paths[self.path] += 1
        self.send_response(404 if self.path == "/missing" else 200)
        self.send_header("content-length", "0")
        self.end_headers()

    def do_POST(self):
        self.server.bodies.append(self.rfile.read(int(self.headers["content-length"])))
        self.do_GET()

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def server():
    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as running:
        running.daemon_threads = True
        running.paths, running.bodies = Counter(), []
        running.origin = f"http://127.0.0.1:{running.server_port}"
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def test_figures_are_medians_and_shares_per_request():
    found = figures([[0.001, 0.002, 0.003], [0.004, 0.005]], cpu_s=0.010)
    assert (found.p50_ms, found.cpu_ms) == pytest.approx((3.0, 2.0))
    assert (found.low_ms, found.high_ms) == pytest.approx((2.0, 4.5))
    assert 4.0 < found.p95_ms < found.p99_ms <= 5.0


def test_every_series_has_as_many_requests_in_every_turn_and_one_to_warm_up(server):
    series = [make_series(path, origin=server.origin, path=path) for path in ("/a", "/b")]
    measured = measure(series, os.getpid(), rounds=2, requests=5)
    assert server.paths == {"/a": 15, "/b": 15}
    assert all(each.p95_ms >= each.p50_ms > 0 for each in measured.values())


def test_a_body_is_posted(server):
    measure([make_series(origin=server.origin, body=b"{}")], os.getpid(), rounds=1, requests=2)
    assert server.bodies == [b"{}"] * 4


def test_another_status_stops_the_measurement(server):
    with pytest.raises(BenchProblem, match="answered 404 in place of 200"):
        measure([make_series(origin=server.origin, path="/missing")], os.getpid(), rounds=1, requests=2)


def test_headers_are_asked_for_in_every_turn(server):
    asked = []
    series = make_series(origin=server.origin, headers=lambda: asked.append(1) or {})
    measure([series], os.getpid(), rounds=3, requests=2)
    assert len(asked) == 4


def test_cpu_time_never_runs_back():
    before = cpu_seconds(os.getpid())
    assert sum(range(100_000)) > 0
    assert cpu_seconds(os.getpid()) >= before > 0
