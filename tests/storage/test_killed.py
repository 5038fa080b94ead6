"""A process killed in the middle of a post leaves all of it or nothing, and nothing it had confirmed is lost."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from calmdesk.desk.conversation import fold
from calmdesk.desk.events import MessagePosted, PromiseMade
from calmdesk.desk.people import Viewer
from calmdesk.desk.ports import PromiseFilter, Topic
from calmdesk.storage import Storage
from tests.fakes import Cast, begin

from .poster import post

CAST = Cast()
SYSTEM = Viewer.system()
ROOT = Path(__file__).parents[2]


def _poster(storage: Storage, *how: str) -> subprocess.Popen[str]:
    url = storage.engines.url.render_as_string(hide_password=False)
    return subprocess.Popen(
        [sys.executable, "-m", "tests.storage.poster", url, *how], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )


def _kill(process: subprocess.Popen[str]) -> list[str]:
    """Ends it as a power cut would; gives what it had still said."""
    process.kill()
    said, _ = process.communicate(timeout=30)
    return said.split()


def _whole(storage: Storage) -> int:
    """How many posts there are, each of them whole."""
    with storage.readers()() as work:
        state = work.conversations.get("k", SYSTEM)
        events = [entry.event for entry in work.conversations.timeline("k", SYSTEM, limit=100_000)]
        promises = {promise.id for promise in work.promises.listing(SYSTEM, PromiseFilter(), limit=100_000)}
        shipped = {
            row.key
            for topic in (Topic.LIVE, Topic.MAIL)
            for row in work.outbox.after(0, topic=topic, limit=10**6)
        }
    assert fold(events) == state
    numbers = [event.message_id[1:] for event in events if isinstance(event, MessagePosted)]
    assert numbers == [str(number) for number in range(len(numbers))]
    assert [event.promise_id for event in events if isinstance(event, PromiseMade)] == [
        f"p{n}" for n in numbers
    ]
    assert promises == {f"p{n}" for n in numbers}
    assert shipped == {f"{topic}:{n}" for topic in (Topic.LIVE, Topic.MAIL) for n in numbers}
    return len(numbers)


def test_killed_between_the_statements_and_the_commit(real: Storage) -> None:
    begin(real.units(), CAST.dana, "k")
    process = _poster(real, "middle")
    assert process.stdout is not None
    while process.stdout.readline().strip() != "middle":
        assert process.poll() is None
    _kill(process)
    assert _whole(real) == 2


@pytest.mark.parametrize("seed", range(2))
def test_killed_at_any_time(real: Storage, seed: int) -> None:
    begin(real.units(), CAST.dana, "k")
    process = _poster(real)
    assert process.stdout is not None
    for _ in range(5):
        process.stdout.readline()
    time.sleep(random.Random(seed).uniform(0, 0.3))
    said = _kill(process)
    confirmed = int(said[-1]) + 1 if said else 5
    # One more may have been committed without a chance to say so.
    assert _whole(real) in (confirmed, confirmed + 1)
    # Whoever takes over finds nothing locked.
    post(real.units(), _whole(real), stop=False)
    assert _whole(real) > confirmed
