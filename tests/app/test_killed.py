"""A real server process, killed in the middle of posting: nothing is lost, nothing is doubled."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

pytestmark = pytest.mark.server


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def server(folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """`calmdesk serve` on a folder, answering."""
    env = {
        **{name: value for name, value in os.environ.items() if not name.startswith("CALMDESK_")},
        "CALMDESK_DATA_DIR": str(folder), "CALMDESK_PORT": str(port), "CALMDESK_MODEL": "false",
    }  # fmt: skip
    process = subprocess.Popen([sys.executable, "-m", "calmdesk", "serve"], env=env, stdout=subprocess.PIPE)
    try:
        for _ in range(300):
            try:
                if httpx.get(f"http://127.0.0.1:{port}/health", timeout=2).status_code == 200:
                    break
            except httpx.HTTPError:
                time.sleep(0.1)
        else:
            raise AssertionError("the server does not answer")
        yield process
    finally:
        process.kill()
        process.wait(10)
        if process.stdout:
            process.stdout.close()


def post(base: str, token: str, number: int) -> bool:
    try:
        answer = httpx.post(
            f"{base}/widget/messages", json={"text": f"message {number}", "key": f"key-{number:08d}"},
            headers={"authorization": f"Bearer {token}"}, timeout=5,
        )  # fmt: skip
    except httpx.HTTPError:
        return False
    return answer.status_code == 200


def said(base: str, token: str) -> list[str]:
    answer = httpx.get(f"{base}/widget/messages", headers={"authorization": f"Bearer {token}"}, timeout=10)
    return [entry["text"] for entry in answer.json()["entries"] if entry["kind"] == "message"]


def test_a_server_killed_while_posting_loses_and_doubles_nothing(tmp_path: Path) -> None:
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    accepted: list[int] = []
    with server(tmp_path, port) as process:
        token = httpx.post(f"{base}/widget/hello", json={}, timeout=10).json()["token"]

        def write() -> None:
            for number in range(60):
                if not post(base, token, number):
                    return
                accepted.append(number)

        writer = threading.Thread(target=write)
        writer.start()
        while len(accepted) < 12:
            time.sleep(0.005)
        process.send_signal(signal.SIGKILL)
        writer.join(20)
    assert 12 <= len(accepted) < 60
    with server(tmp_path, port):
        before = said(base, token)
        assert before[: len(accepted)] == [f"message {number}" for number in accepted]
        for number in range(len(accepted) + 3):  # the browser sends again what it is not sure of
            assert post(base, token, number)
        after = said(base, token)
    assert after == [f"message {number}" for number in range(len(accepted) + 3)]


def test_the_first_start_prints_a_one_time_link_that_makes_the_administrator(tmp_path: Path) -> None:
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    with server(tmp_path, port) as process:
        assert process.stdout is not None
        printed = b""
        while b"/welcome/" not in printed:
            printed += process.stdout.readline()
        link = next(word for word in printed.decode().split() if "/welcome/" in word)
        with httpx.Client(base_url=base, timeout=10) as browser:
            browser.get(link)
            fields = {
                "name": "Ann",
                "email": "ann@example.org",
                "password": "a long enough password",
                "lang": "en",
            }
            headers = {"x-csrftoken": browser.cookies["calmdesk_form"]}
            assert browser.post(link, data=fields, headers=headers).headers["location"] == "/"
            assert browser.get("/team").status_code == 200
        with httpx.Client(base_url=base, timeout=10) as stranger:
            assert stranger.get(link).status_code == 404


def test_a_taken_port_is_said_in_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        env = {**os.environ, "CALMDESK_DATA_DIR": str(tmp_path), "CALMDESK_PORT": str(port)}
        done = subprocess.run(
            [sys.executable, "-m", "calmdesk", "serve"],
            env=env,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 2
    assert "Nothing was started" in done.stderr
    assert "Traceback" not in done.stderr
