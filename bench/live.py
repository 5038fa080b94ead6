"""From a customer's message to the agent's page: 50 live streams open, 20 messages a second, one server process.

The clock starts when the message is sent and, for the second figure, when the server has accepted it (its answer is
in); it stops when the first and when the last agent's stream has carried the new row. Server and clients share this
machine's cores.
"""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field

import httpx

from bench.figures import CUSTOMER_LINES, PASSWORD, bench_desk, bench_parts, line

STREAMS = 50
#: Agents who sign in; each has several pages open (sign-ins are limited to 20 a minute from one address).
AGENTS = 16
RATE = 20.0
SECONDS = 20.0
WARM_UP = 3.0


@dataclass
class Seen:
    """When each marked message was sent, accepted and seen on agents' streams."""

    sent: dict[str, float] = field(default_factory=dict)
    accepted: dict[str, float] = field(default_factory=dict)
    pages: dict[str, list[float]] = field(default_factory=dict)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def _sign_in(base: str, agent: int) -> httpx.Cookies:
    """The session of an agent."""
    async with httpx.AsyncClient(base_url=base, timeout=60) as client:
        await client.get("/sign-in")
        answer = await client.post(
            "/sign-in",
            data={"email": f"agent{agent}@example.org", "password": PASSWORD},
            headers={"x-csrftoken": client.cookies["calmdesk_form"]},
        )
        if answer.status_code != 303:
            raise RuntimeError(f"agent {agent} could not sign in: {answer.status_code}")
        return client.cookies


async def _watch(base: str, session: httpx.Cookies, seen: Seen, open_id: str) -> None:
    """One open page: its stream, noting when each mark appears."""
    async with (
        httpx.AsyncClient(base_url=base, timeout=None, cookies=session) as client,
        client.stream("GET", f"/live?c={open_id}") as stream,
    ):
        seen.pages.setdefault("ready", []).append(time.perf_counter())
        async for text in stream.aiter_lines():
            at = text.find("mark-")
            if at >= 0:
                pages = seen.pages.setdefault(text[at : at + 11], [])
                if len(pages) < STREAMS:
                    pages.append(time.perf_counter())


async def _write(
    base: str, desk: str, seen: Seen, number: int, client: httpx.AsyncClient, tokens: list[str]
) -> None:
    mark = f"mark-{number:06d}"
    text = f"{mark} {CUSTOMER_LINES[number % len(CUSTOMER_LINES)]}"
    token = tokens[number % len(tokens)]
    seen.sent[mark] = time.perf_counter()
    answer = await client.post(
        "/widget/messages",
        json={"text": text, "key": f"bench-{mark}"},
        headers={"authorization": f"Bearer {token}"},
    )
    if answer.status_code == 200:
        seen.accepted[mark] = time.perf_counter()


async def _measure(base: str, desk: str) -> Seen:
    seen = Seen()
    async with httpx.AsyncClient(base_url=base, timeout=60) as client:
        tokens = []
        for _ in range(40):
            hello = await client.post("/widget/hello", json={"desk": desk})
            tokens.append(hello.json()["token"])
        sessions = [await _sign_in(base, n) for n in range(AGENTS)]
        watchers = [asyncio.create_task(_watch(base, sessions[n % AGENTS], seen, "")) for n in range(STREAMS)]
        while len(seen.pages.get("ready", [])) < STREAMS:
            await asyncio.sleep(0.1)
            for task in watchers:
                if task.done():
                    task.result()
        start = time.perf_counter()
        writes = []
        for number in range(int((WARM_UP + SECONDS) * RATE)):
            await asyncio.sleep(max(0.0, start + number / RATE - time.perf_counter()))
            writes.append(asyncio.create_task(_write(base, desk, seen, number, client, tokens)))
        await asyncio.gather(*writes)
        await asyncio.sleep(3)
        for task in watchers:
            task.cancel()
    return seen


def main() -> None:
    """Starts a server process, drives it, prints the figures."""
    parts = bench_parts()
    desk, _ = bench_desk(parts, AGENTS)
    parts.storage.close()
    port = _free_port()
    env = {**os.environ, "CALMDESK_DATA_DIR": str(parts.settings.data_dir), "CALMDESK_PORT": str(port),
           "CALMDESK_LOG_LEVEL": "error"}  # fmt: skip
    server = subprocess.Popen([sys.executable, "-m", "calmdesk", "serve"], env=env, stdout=subprocess.DEVNULL)
    base = f"http://127.0.0.1:{port}"
    try:
        for _ in range(200):
            try:
                if httpx.get(f"{base}/health", timeout=1).status_code == 200:
                    break
            except httpx.HTTPError:
                time.sleep(0.1)
        seen = asyncio.run(_measure(base, desk.id))
    finally:
        server.terminate()
        server.wait(20)
    warm = [mark for mark in seen.sent if int(mark[5:]) >= WARM_UP * RATE]
    whole = [mark for mark in warm if mark in seen.accepted and len(seen.pages.get(mark, [])) == STREAMS]
    print(f"{STREAMS} streams, {RATE:.0f} messages a second for {SECONDS:.0f} s: {len(whole)} of {len(warm)} messages "
          f"accepted and on every page")  # fmt: skip
    if not whole:
        return
    print(line("sent to accepted", [1000 * (seen.accepted[m] - seen.sent[m]) for m in whole]))
    print(
        line(
            "accepted to the first page",
            [max(0.0, 1000 * (seen.pages[m][0] - seen.accepted[m])) for m in whole],
        )
    )
    print(
        line(
            "accepted to any page",
            [max(0.0, 1000 * (at - seen.accepted[m])) for m in whole for at in seen.pages[m]],
        )
    )
    print(line("sent to the last of all pages", [1000 * (seen.pages[m][-1] - seen.sent[m]) for m in whole]))
