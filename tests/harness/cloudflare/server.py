"""The account over HTTP on loopback."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from tests.harness.cloudflare.account import Account
from tests.harness.cloudflare.api import Api, Refusal

TOKEN = "test-token"
ACCOUNT_ID = "0123456789abcdef0123456789abcdef"

_ROOT = f"/client/v4/accounts/{ACCOUNT_ID}"
# Static files come with the token of their upload session in place of the account's.
_UPLOADS = "/workers/assets/upload"
_UPLOAD_TOKEN = "upload-token"


@contextmanager
def served(account: Account) -> Iterator[dict[str, str]]:
    """Serve the account; yields the variables that lead wrangler to it.

    Raises:
        AssertionError: at the end, if something was asked that no operation answers.
    """
    server = _Server(Api(account))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield {
            "CLOUDFLARE_API_BASE_URL": f"http://127.0.0.1:{server.server_port}/client/v4",
            "CLOUDFLARE_API_TOKEN": TOKEN,
            "CLOUDFLARE_ACCOUNT_ID": ACCOUNT_ID,
        }
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    assert server.api.unknown == []


class _Server(ThreadingHTTPServer):
    def __init__(self, api: Api) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.api = api


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def handle_one(self) -> None:
        path = urlsplit(self.path).path.removeprefix(_ROOT)
        content_type = self.headers.get("content-type", "")
        body = self._body()
        try:
            self._authorize(path)
            result = self.server.api.answer(self.command, path, content_type, body)
        except Refusal as refusal:
            self._say(refusal.status, None, [{"code": refusal.code, "message": str(refusal)}])
        else:
            self._say(HTTPStatus.CREATED if path == _UPLOADS else HTTPStatus.OK, result, [])

    do_GET = do_PATCH = do_POST = do_PUT = handle_one  # noqa: N815 - the base's names for them

    def _authorize(self, path: str) -> None:
        token = _UPLOAD_TOKEN if path == _UPLOADS else TOKEN
        if self.headers.get("authorization") != f"Bearer {token}":
            raise Refusal(HTTPStatus.UNAUTHORIZED, 10000, "Authentication error")

    def _body(self) -> bytes:
        if self.headers.get("transfer-encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("content-length", 0)))
        chunks = []
        while size := int(self.rfile.readline(), 16):
            chunks.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(chunks)

    def _say(self, status: HTTPStatus, result: Any, errors: list[dict[str, Any]]) -> None:
        answer = {"success": not errors, "errors": errors, "messages": [], "result": result}
        content = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""
