"""A desk served on a port of this machine, and somebody else's website with the chat on it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import uvicorn

from calmdesk.app.serve import application, make_keeper, make_web
from calmdesk.web.context import Demo, Web
from calmdesk.worker.keeper import Keeper
from tests.cast import Cast

PATIENCE = 10.0


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Served:
    """The application of a cast's desk behind uvicorn; it can be stopped and started again on the same port."""

    cast: Cast
    port: int
    web: Web = field(init=False)
    _server: uvicorn.Server | None = None
    _thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """The desk's own address."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Listens; returns once it does."""
        self.web = make_web(self.cast.parts, Demo())
        config = uvicorn.Config(
            application(self.cast.parts, self.web), host="127.0.0.1", port=self.port, log_level="critical",
            access_log=False, timeout_graceful_shutdown=0, lifespan="on",
        )  # fmt: skip
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        until = time.monotonic() + PATIENCE
        while not self._server.started:
            assert time.monotonic() < until, "the desk did not start"
            time.sleep(0.01)

    def stop(self) -> None:
        """Stops listening, open streams and all."""
        if self._server is not None and self._thread is not None:
            self._server.should_exit = True
            self._thread.join(PATIENCE)
            assert not self._thread.is_alive(), "the desk did not stop"
        self._server = None

    @property
    def keeper(self) -> Keeper:
        """A keeper whose rounds a test runs by hand."""
        return make_keeper(self.cast.parts, self.web)


@contextmanager
def website(head: str) -> Iterator[str]:
    """Somebody else's plain page on another port; gives its address."""
    body = (
        '<!doctype html><html lang="en"><head><title>A shop</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"></head>'
        f"<body><main><h1>A shop</h1><p>Chairs and lamps.</p></main>{head}</body></html>"
    ).encode()

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(PATIENCE)
