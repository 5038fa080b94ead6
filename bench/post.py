"""What posting the n-th message of a conversation costs; it must not grow with n. Embedded SQLite, rules and model."""

from __future__ import annotations

import time

from bench.figures import AGENT_LINES, CUSTOMER_LINES, bench_conversation, bench_desk, bench_parts, percentile
from calmdesk.actions.post_message import PostMessage, post_message
from calmdesk.desk.conversation import fold
from calmdesk.desk.people import Viewer

MARKS = (1, 100, 1_000, 5_000)
AROUND = 40


def main() -> None:
    """Posts 5,040 messages into one conversation and prints the cost around each mark."""
    parts = bench_parts(keeper=False)
    desk, people = bench_desk(parts)
    customer, conversation = bench_conversation(parts, desk)
    times: list[float] = []
    for n in range(max(MARKS) + AROUND):
        by_customer = n % 2 == 0
        viewer = Viewer.visitor(customer) if by_customer else Viewer.staff(people[0])
        text = (
            CUSTOMER_LINES[n // 2 % len(CUSTOMER_LINES)]
            if by_customer
            else AGENT_LINES[n // 2 % len(AGENT_LINES)]
        )
        start = time.perf_counter()
        post_message(PostMessage(viewer, conversation.id, text), parts.services)
        times.append(1000 * (time.perf_counter() - start))
    first = percentile(times[: 2 * AROUND], 0.5)
    for mark in MARKS:
        near = times[max(0, mark - AROUND) : mark + AROUND]
        median = percentile(near, 0.5)
        print(f"message {mark:>5}: median around it {median:6.2f} ms, {median / first:4.2f} times the first")
    with parts.services.readers() as work:
        stored = work.conversations.get(conversation.id, Viewer.system())
        entries = work.conversations.timeline(conversation.id, Viewer.system(), limit=1_000_000)
    same = fold(entry.event for entry in entries) == stored
    print(f"stored state equals the fold of all {len(entries)} entries from scratch: {same}")
    parts.storage.close()
