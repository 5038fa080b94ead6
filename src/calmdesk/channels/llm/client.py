"""The client for chat completions as OpenAI's API defines them; most local servers speak the same protocol.

In: a short instruction and words. Out: the model's words, or ModelAway for anything else: no connection, time-out,
an error status, a body that is not JSON or lacks the answer. One request, no retry: whoever asked has the coach's own
words in front of them already.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit, urlunsplit

import httpx
from pydantic import SecretStr

#: The largest answer that is read, in bytes.
LARGEST = 64_000
_PATH = "/chat/completions"


class ModelAway(Exception):
    """The model gave no usable answer. Carries a short reason for the log, never words of a conversation."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the model is. `key` may be empty for a local server."""

    url: str
    key: SecretStr = field(default_factory=lambda: SecretStr(""))
    timeout: float = 8.0


def completions_url(base: str) -> str:
    """The address to post to, from a base with or without `/v1`, or from the full address itself.

    Raises ValueError when it is no http(s) address.
    """
    parts = urlsplit(base.strip())
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ValueError("an address that begins with http:// or https:// is needed")
    path = parts.path.rstrip("/")
    if not path.endswith(_PATH):
        path = (path or "/v1") + _PATH
    return urlunsplit((parts.scheme, parts.netloc, path, parts.query, ""))


class ChatClient:
    """Asks one endpoint. Safe to share between threads."""

    def __init__(self, endpoint: Endpoint) -> None:
        """Raises ValueError for an address that cannot be used. Nothing is sent yet."""
        self._url = completions_url(endpoint.url)
        self._timeout = endpoint.timeout
        key = endpoint.key.get_secret_value()
        self._headers = {"authorization": f"Bearer {key}"} if key else {}

    def complete(self, model: str, system: str, words: str) -> str:
        """The model's answer, stripped. Raises ModelAway."""
        asked = {
            "model": model,
            "messages": [{"role": "system", "content": system}, {"role": "user", "content": words}],
            "temperature": 0.7,
            "max_tokens": 400,
            "stream": False,
        }
        # Whole-request limit: httpx's own limit counts each read, and a server may trickle.
        limit = httpx.Timeout(self._timeout)
        try:
            with (
                httpx.Client(timeout=limit, follow_redirects=False, trust_env=False) as client,
                client.stream("POST", self._url, json=asked, headers=self._headers) as answer,
            ):
                if answer.status_code != httpx.codes.OK:
                    raise ModelAway(f"status {answer.status_code}")
                body = _read(answer, self._timeout)
        except httpx.HTTPError as fault:
            raise ModelAway(type(fault).__name__) from None
        return _content(body)


def _read(answer: httpx.Response, seconds: float) -> bytes:
    ends = time.monotonic() + seconds
    body = b""
    for piece in answer.iter_bytes():
        body += piece
        if len(body) > LARGEST:
            raise ModelAway("answer too long")
        if time.monotonic() > ends:
            raise ModelAway("too slow")
    return body


def _content(body: bytes) -> str:
    try:
        said = json.loads(body)
        words = said["choices"][0]["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError):
        raise ModelAway("not a chat completion") from None
    if not isinstance(words, str) or not words.strip():
        raise ModelAway("empty answer")
    return words.strip()
