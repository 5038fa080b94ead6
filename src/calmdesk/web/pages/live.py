"""The live stream of an agent's page: server-sent events with ready fragments; the event's id is the outbox's.

A page opens one stream. `line` carries an inbox line, `entry` a row of the open conversation, `coach` its panel,
`head` its head, `badge` a change of promises, `notice` a reminder, alert or whisper; `reload` asks the page to load
itself anew because something was missed. The person is checked on connecting and every `RECHECK` seconds; no
database session stays open.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator

from litestar import Router, get
from litestar.params import FromPath, FromQuery
from litestar.response import ServerSentEvent, ServerSentEventMessage

from calmdesk.desk.errors import DeskError, NotFound
from calmdesk.desk.people import Act, Person, Viewer, may
from calmdesk.desk.ports import Audience, OutboxRow
from calmdesk.web.answers import WebRequest
from calmdesk.web.context import Web, web_of
from calmdesk.web.guard import signed_in
from calmdesk.web.hub import Change, Subscriber
from calmdesk.web.pages.inbox import eyes_of
from calmdesk.web.panels import Panels, coach_data
from calmdesk.web.views import Eyes

RECHECK = 30.0
HEARTBEAT = 15.0


@get("/live")
async def stream(request: WebRequest, c: FromQuery[str] = "", after: FromQuery[int] = -1) -> ServerSentEvent:
    """The stream; `c` is the open conversation, `after` the newest event that the page was rendered with."""
    person = await asyncio.to_thread(signed_in, request)
    web = web_of(request.app.state)
    eyes = await asyncio.to_thread(eyes_of, web, person)
    if c:
        await asyncio.to_thread(_may_see, web, Viewer.staff(person), c)
    seen = request.headers.get("last-event-id", "")
    since = int(seen) if seen.isdigit() else after
    return ServerSentEvent(_events(request, web, person, eyes, c, since), retry_duration=1500)


def _may_see(web: Web, viewer: Viewer, conversation_id: FromPath[str]) -> None:
    with web.services.readers() as work:
        work.conversations.line(conversation_id, viewer)


async def _events(
    request: WebRequest, web: Web, person: Person, eyes: Eyes, open_id: str, since: int
) -> AsyncIterator[ServerSentEventMessage]:
    ends = time.monotonic() + web.stream_life.total_seconds()
    checked = time.monotonic()
    async with web.hub.subscribed() as subscriber:
        yield ServerSentEventMessage(event="hello", data="", id=web.hub.last)
        if since >= 0 and await web.hub.gap(since):
            yield ServerSentEventMessage(event="reload", data="", id=web.hub.last)
        while not web.hub.closing and time.monotonic() < ends:
            change = await subscriber.next(HEARTBEAT)
            if time.monotonic() - checked > RECHECK:
                checked = time.monotonic()
                if not await _still_welcome(request):
                    return
            if change is None:
                yield ServerSentEventMessage(comment="still here")
                continue
            if _missed(subscriber):
                yield ServerSentEventMessage(event="reload", data="", id=change.row.id)
                continue
            for event, data in await _told(web, change, person, eyes, open_id):
                yield ServerSentEventMessage(event=event, data=data, id=change.row.id)


async def _still_welcome(request: WebRequest) -> bool:
    try:
        await asyncio.to_thread(signed_in, request)
    except DeskError:
        return False
    return True


def _missed(subscriber: Subscriber) -> bool:
    missed, subscriber.missed = subscriber.missed, False
    return missed


def meant_for(row: OutboxRow, person: Person) -> bool:
    """Whether this person may learn of the row."""
    if row.desk_id != person.desk_id:
        return False
    match row.audience:
        case Audience.SUPERVISORS:
            return may(Viewer.staff(person), Act.SUPERVISE)
        case Audience.PERSON:
            return row.person_id == person.id
        case _:
            return True


async def _told(web: Web, change: Change, person: Person, eyes: Eyes, open_id: str) -> list[tuple[str, str]]:
    row = change.row
    if not meant_for(row, person) or row.conversation_id is None:
        return []
    if row.kind == "entry":
        panels = Panels(web, eyes)
        told = [("line", await change.once(("line", eyes), lambda: asyncio.to_thread(_line, panels, row)))]
        if row.conversation_id == open_id:
            told.append(
                ("entry", await change.once(("entry", eyes), lambda: asyncio.to_thread(_entry, panels, row)))
            )
            told.append(
                ("coach", await change.once(("coach", eyes), lambda: asyncio.to_thread(_coach, panels, row)))
            )
            told.append(
                ("head", await change.once(("head", eyes), lambda: asyncio.to_thread(_head, panels, row)))
            )
        return [(event, data) for event, data in told if data]
    if row.kind == "promise":
        return [("badge", json.dumps({"promise": row.payload.get("promise_id")}))]
    return [("notice", json.dumps(_notice(web, row, person), ensure_ascii=False))]


def _system(row: OutboxRow) -> Viewer:
    return Viewer.system(row.desk_id)


def _line(panels: Panels, row: OutboxRow) -> str:
    try:
        with panels.web.services.readers() as work:
            line = work.conversations.line(row.conversation_id or "", _system(row))
    except NotFound:
        return ""
    return panels.line(line)


def _entry(panels: Panels, row: OutboxRow) -> str:
    seq = row.payload.get("seq")
    try:
        with panels.web.services.readers() as work:
            entry = work.conversations.entry(row.conversation_id or "", int(str(seq)), _system(row))
    except (NotFound, ValueError):
        return ""
    return panels.entry(entry)


def _coach(panels: Panels, row: OutboxRow) -> str:
    try:
        with panels.web.services.readers() as work:
            data = coach_data(work, row.conversation_id or "", _system(row), panels.web)
    except NotFound:
        return ""
    return panels.coach(*data)


def _head(panels: Panels, row: OutboxRow) -> str:
    system = _system(row)
    try:
        with panels.web.services.readers() as work:
            return panels.head(
                work.conversations.get(row.conversation_id or "", system), work.people.staff(system)
            )
    except NotFound:
        return ""


def _notice(web: Web, row: OutboxRow, person: Person) -> dict[str, object]:
    texts = web.renderer.texts[person.lang]
    reason = str(row.payload.get("reason", ""))
    key = f"notice.{row.kind}_{reason}" if reason else f"notice.{row.kind}"
    return {
        "kind": row.kind,
        "urgent": row.kind == "alert",
        "words": texts(key) if texts.has(key) else texts("notice.other"),
        "where": f"/c/{row.conversation_id}",
    }


router = Router("/", route_handlers=[stream])
