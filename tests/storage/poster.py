"""A process that posts messages until it is killed: `python -m tests.storage.poster URL [middle]`.

Each post is a message with a promise, its ledger row and two outbox rows, in one transaction; after the commit its
number is printed. With `middle` it stops after the statements of the third post and before its commit.
"""

from __future__ import annotations

import itertools
import sys
import time

from calmdesk.desk.events import PromiseMade
from calmdesk.desk.people import Viewer
from calmdesk.desk.ports import OutboxRow, Topic, UnitsOfWork
from calmdesk.desk.promise import Promise, PromiseTransition
from calmdesk.desk.vocabulary import PromiseKind, PromiseState
from calmdesk.storage import open_storage

from ..fakes import CLOCK, Cast, agent_says

BOB = Cast().bob


def post(units: UnitsOfWork, number: int, *, stop: bool) -> None:
    """Posts message number so and so to conversation `k`."""
    message = agent_says(BOB, "I'll call you by five", f"m{number}", minute=number)
    promised = PromiseMade(
        at=CLOCK, by="bob", promise_id=f"p{number}", message_id=message.message_id, promise=PromiseKind.CALLBACK,
        quote="by five", due=CLOCK, owner="bob",
    )  # fmt: skip
    promise = Promise(
        f"p{number}", "shop", "k", message.message_id, "bob", PromiseKind.CALLBACK, "by five", CLOCK,
        PromiseState.MADE, CLOCK,
    )  # fmt: skip
    with units() as work:
        state = work.conversations.get("k", Viewer.system(), for_update=True)
        work.conversations.append(state, [message, promised], client_key=f"key{number}")
        work.promises.add(promise, PromiseTransition(promise.id, CLOCK, None, PromiseState.MADE, "bob"))
        for topic in (Topic.LIVE, Topic.MAIL):
            work.outbox.add(OutboxRow(topic, "message", "shop", f"{topic}:{number}", CLOCK))
        if stop:
            work.outbox.bounds()
            print("middle", flush=True)
            time.sleep(60)
        work.commit()


def main(url: str, *how: str) -> None:
    """Posts for ever."""
    units = open_storage(url).units()
    with units() as work:
        first = work.conversations.get("k", Viewer.system()).turn_count
    for number in itertools.count(first):
        post(units, number, stop="middle" in how and number == first + 2)
        print(number, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
