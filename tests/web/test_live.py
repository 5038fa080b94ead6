"""What the stream pushes equals what a fresh page shows, byte for byte; the hub loses nothing silently."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from calmdesk.desk.people import Viewer
from calmdesk.desk.ports import Audience, OutboxRow, Topic
from calmdesk.web.hub import QUEUE, Change, Hub, Subscriber
from calmdesk.web.pages.inbox import eyes_of
from calmdesk.web.pages.live import _told, meant_for
from tests.web.conftest import House


def pushed(house: House, conversation_id: str) -> dict[str, list[str]]:
    """All fragments that Bob's open page would have been sent, by event."""
    bob = house.cast.bob
    eyes = eyes_of(house.web, bob)
    with house.cast.parts.services.readers() as work:
        rows = work.outbox.after(0)

    async def collect() -> dict[str, list[str]]:
        told: dict[str, list[str]] = {}
        for row in rows:
            for event, data in await _told(house.web, Change(row), bob, eyes, conversation_id):
                told.setdefault(event, []).append(data)
        return told

    return asyncio.run(collect())


def test_what_is_pushed_stands_in_a_fresh_page(house: House) -> None:
    cast = house.cast
    conversation = cast.conversation(text="Three weeks late!! Are you people completely useless?")
    cast.answers(
        cast.bob, conversation, "Three weeks is far too long, I'm sorry. I'll call you by 5 pm today."
    )
    cast.says(cast.dana, conversation, "ok, thank you")
    told = pushed(house, conversation.id)
    page = house.browser(cast.bob).get(f"/c/{conversation.id}").text
    for event in ("line", "head", "coach"):
        assert told[event][-1].strip() in page, event
    assert len(told["entry"]) == cast.state(conversation).seq
    for fragment in told["entry"]:
        assert fragment.strip() in page


def test_rows_reach_only_those_they_are_meant_for(house: House) -> None:
    cast = house.cast
    row = OutboxRow(Topic.LIVE, "alert", cast.desk.id, "k", cast.clock(), conversation_id="c")
    whispered = replace(row, audience=Audience.PERSON, person_id=cast.bob.id)
    alarm = replace(row, audience=Audience.SUPERVISORS)
    assert [meant_for(row, p) for p in (cast.alice, cast.bob, cast.charlie)] == [True, True, False]
    assert [meant_for(whispered, p) for p in (cast.alice, cast.bob, cast.charlie)] == [False, True, False]
    assert [meant_for(alarm, p) for p in (cast.alice, cast.bob, cast.charlie)] == [True, False, False]


def test_a_slow_page_is_told_to_reload_and_keeps_the_newest(house: House) -> None:
    async def flood() -> tuple[bool, int]:
        subscriber = Subscriber()
        row = OutboxRow(Topic.LIVE, "entry", "d", "k", house.cast.clock())
        for number in range(QUEUE + 5):
            subscriber.offer(Change(replace(row, id=number)))
        left = 0
        while (change := await subscriber.next(0.01)) is not None:
            left, newest = left + 1, change.row.id
        assert newest == QUEUE + 4
        return subscriber.missed, left

    missed, left = asyncio.run(flood())
    assert missed
    assert left == 5


def test_the_hub_hands_out_each_row_once_and_in_order(house: House) -> None:
    cast = house.cast

    async def listen() -> list[int]:
        hub = Hub(cast.parts.services.readers)
        got: list[int] = []
        async with hub.running(), hub.subscribed() as subscriber:
            conversation = await asyncio.to_thread(cast.conversation, None, "Where is it?")
            hub.wake()
            for _ in range(3):
                await asyncio.to_thread(cast.says, cast.dana, conversation, "And now?")
                hub.wake()
                hub.wake()
            while (change := await subscriber.next(1.2)) is not None:
                got.append(change.row.id)
        return got

    got = asyncio.run(listen())
    with cast.parts.services.readers() as work:
        assert got == [row.id for row in work.outbox.after(0)]
    assert got == sorted(set(got))


def test_the_customers_stream_has_only_public_entries(house: House) -> None:
    cast = house.cast
    conversation = cast.conversation(text="Hello?")
    house.browser(cast.bob).post(f"/c/{conversation.id}/notes", {"text": "between us"})
    with cast.parts.services.readers() as work:
        entries = work.conversations.timeline(conversation.id, Viewer.visitor(cast.dana))
    assert {entry.event.kind for entry in entries} == {"message"}
