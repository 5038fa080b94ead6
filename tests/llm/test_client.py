"""The client of a language model against a stand-in that speaks the real protocol, with its faults."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from pydantic import SecretStr

from calmdesk.channels.llm import ChatClient, Endpoint, ModelAway, completions_url

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


@dataclass
class StandIn:
    """What the server answers, and what it was asked."""

    answer: str = "All right."
    status: int = 200
    raw: bytes | None = None
    delay: float = 0.0
    trickle: bool = False
    asked: list[dict[str, Any]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    url: str = ""


def completion(words: str) -> bytes:
    """A body as a server of the protocol sends it."""
    return json.dumps(
        {
            "id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": "small",
            "choices": [
                {"index": 0, "message": {"role": "assistant", "content": words}, "finish_reason": "stop"}
            ],
            "usage": {"prompt_tokens": 9, "completion_tokens": 3, "total_tokens": 12},
        }
    ).encode()  # fmt: skip


@pytest.fixture
def server() -> Iterator[StandIn]:
    state = StandIn()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            state.asked.append(json.loads(body))
            state.paths.append(self.path)
            state.keys.append(self.headers.get("authorization", ""))
            time.sleep(state.delay)
            sent = state.raw if state.raw is not None else completion(state.answer)
            try:
                self.send_response(state.status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(sent)))
                self.end_headers()
                for at in range(0, len(sent), 1) if state.trickle else (0,):
                    self.wfile.write(sent[at : at + 1] if state.trickle else sent)
                    self.wfile.flush()
                    time.sleep(0.05 if state.trickle else 0)
            except OSError:
                pass  # the client hung up, as it should

        def log_message(self, *_: object) -> None:
            pass

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    state.url = f"http://127.0.0.1:{running.server_port}"
    yield state
    running.shutdown()
    running.server_close()


@pytest.mark.parametrize("tail", ["", "/", "/v1", "/v1/", "/v1/chat/completions"])
def test_every_form_of_the_address_reaches_the_same_place(server: StandIn, tail: str) -> None:
    client = ChatClient(Endpoint(server.url + tail, SecretStr("k-1")))
    assert client.complete("small", "be kind", "hello") == "All right."
    assert server.paths == ["/v1/chat/completions"]
    assert server.keys == ["Bearer k-1"]
    assert server.asked[0]["model"] == "small"
    assert [m["role"] for m in server.asked[0]["messages"]] == ["system", "user"]


def test_a_path_of_its_own_is_kept() -> None:
    assert completions_url("https://models.example.org/openai/v1") == (
        "https://models.example.org/openai/v1/chat/completions"
    )


@pytest.mark.parametrize("bad", ["", "models.example.org", "ftp://example.org", "file:///etc/passwd"])
def test_an_address_that_cannot_be_used_is_refused(bad: str) -> None:
    with pytest.raises(ValueError, match="http"):
        ChatClient(Endpoint(bad))


@pytest.mark.parametrize("status", [302, 400, 401, 404, 429, 500, 503])
def test_an_error_status_is_no_answer(server: StandIn, status: int) -> None:
    server.status = status
    with pytest.raises(ModelAway, match=str(status)):
        ChatClient(Endpoint(server.url)).complete("m", "s", "w")
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"<html>gateway</html>", b"[]", b"{}", b'{"choices": []}', b'{"choices": [{}]}', b"\xff\xfe",
        b'{"choices": [{"message": {"content": null}}]}', b'{"choices": [{"message": {"content": "  "}}]}',
        b'{"choices": [{"message": {"content": ["a"]}}]}', b'"' + b"x" * 100_000 + b'"',
    ],
)  # fmt: skip
def test_rubbish_is_no_answer(server: StandIn, raw: bytes) -> None:
    server.raw = raw
    with pytest.raises(ModelAway):
        ChatClient(Endpoint(server.url)).complete("m", "s", "w")


@pytest.mark.parametrize("how", ["delay", "trickle"])
def test_a_slow_server_is_given_up(server: StandIn, how: str) -> None:
    if how == "delay":
        server.delay = 1.5
    else:
        server.trickle = True
    began = time.monotonic()
    with pytest.raises(ModelAway):
        ChatClient(Endpoint(server.url, timeout=0.3)).complete("m", "s", "w")
    assert time.monotonic() - began < 1.4


def test_nobody_there_is_no_answer() -> None:
    with pytest.raises(ModelAway):
        ChatClient(Endpoint("http://127.0.0.1:9", timeout=1)).complete("m", "s", "w")
