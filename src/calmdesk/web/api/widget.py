"""The chat's API: a customer's browser, from any origin, with a signed token and never a cookie.

`POST /widget/hello` gives a token (or renews one), `POST /widget/messages` sends, `GET /widget/messages` reads what
was said, `GET /widget/stream` streams what comes, `POST /widget/survey` answers the question afterwards. A message's
`key` is made by the browser and makes sending it again harmless.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from typing import Any

from litestar import Router, get, post
from litestar.middleware.rate_limit import RateLimitConfig
from litestar.params import FromQuery, JSONBody
from litestar.response import ServerSentEvent, ServerSentEventMessage
from litestar.status_codes import HTTP_200_OK
from pydantic import BaseModel, ConfigDict, Field

from calmdesk.actions.close_conversation import AnswerSurvey, answer_survey
from calmdesk.actions.open_conversation import (
    OpenConversation,
    WelcomeCustomer,
    open_conversation,
    welcome_customer,
)
from calmdesk.actions.post_message import PostMessage, post_message
from calmdesk.desk.errors import NotFound, NotSignedIn
from calmdesk.desk.events import Event, MessagePosted, SurveyAnswered
from calmdesk.desk.people import Customer, Viewer
from calmdesk.desk.ports import Audience, Entry
from calmdesk.desk.vocabulary import Channel, Lang, Role
from calmdesk.web.answers import WebRequest
from calmdesk.web.context import Web, web_of
from calmdesk.web.guard import customer_of_token, language_asked, visiting

HEARTBEAT = 15.0
#: A customer writes in bursts; a flood is something else.
POSTS = RateLimitConfig(rate_limit=("minute", 1200), store="posts")
HELLOS = RateLimitConfig(rate_limit=("minute", 600), store="hellos")


class Hello(BaseModel):
    """A browser introduces itself. `desk` is needed by a new one only."""

    model_config = ConfigDict(extra="forbid")
    desk: str = Field(default="", max_length=64)
    token: str = Field(default="", max_length=500)
    name: str = Field(default="", max_length=200)
    email: str = Field(default="", max_length=254)
    lang: str = Field(default="", max_length=20)


class Message(BaseModel):
    """What a customer writes."""

    model_config = ConfigDict(extra="forbid")
    text: str = Field(max_length=80_000)
    key: str = Field(min_length=8, max_length=64)


class Answer(BaseModel):
    """How it went."""

    model_config = ConfigDict(extra="forbid")
    score: int
    comment: str = Field(default="", max_length=8_000)


@post("/hello", sync_to_thread=True, status_code=HTTP_200_OK, middleware=[HELLOS.middleware])
def hello(request: WebRequest, data: JSONBody[Hello]) -> dict[str, Any]:
    """A token for this browser: the old one renewed where it is good, else one for a new customer."""
    web = web_of(request.app.state)
    lang = Lang(data.lang[:2]) if data.lang[:2] in tuple(Lang) else language_asked(request)
    try:
        customer = customer_of_token(request, data.token)
        if data.desk and customer.desk_id != data.desk:
            raise NotSignedIn
    except NotSignedIn:
        customer = welcome_customer(
            WelcomeCustomer(_desk_of(web, data.desk), lang, data.name, data.email), web.services
        )
    with web.services.readers() as work:
        desk = work.people.desk(customer.desk_id)
    texts = web.renderer.texts[lang]
    return {
        "token": web.tokens.give(customer.desk_id, customer.id),
        "desk": desk.name,
        "lang": lang.value,
        "name": customer.name,
        "promises": f"{web.address}/my/{web.tokens.give(customer.desk_id, customer.id)}",
        "words": {key.removeprefix("widget."): texts(key) for key in texts.keys if key.startswith("widget.")},
    }


def _desk_of(web: Web, desk_id: str) -> str:
    """The desk that a widget names; without a name, the only one there is. Raises NotFound."""
    with web.services.readers() as work:
        desks = work.people.desks()
    if not desk_id and len(desks) == 1:
        return desks[0].id
    if any(desk.id == desk_id for desk in desks):
        return desk_id
    raise NotFound


@post("/messages", sync_to_thread=True, status_code=HTTP_200_OK, middleware=[POSTS.middleware])
def send(request: WebRequest, data: JSONBody[Message]) -> dict[str, Any]:
    """Sends a message into the customer's conversation, opening one when there is none."""
    web = web_of(request.app.state)
    customer = visiting(request)
    viewer = Viewer.visitor(customer)
    conversation_id = _current(web, customer)
    if conversation_id is None:
        opened = open_conversation(
            OpenConversation(viewer, customer.id, Channel.CHAT, customer.lang), web.services
        )
        conversation_id = opened.id
    posted = post_message(PostMessage(viewer, conversation_id, data.text, key=data.key), web.services)
    web.hub.wake()
    return {
        "message_id": posted.message.message_id,
        "repeated": posted.repeated,
        "at": posted.message.at.isoformat(),
    }


def _current(web: Web, customer: Customer) -> str | None:
    with web.services.readers() as work:
        lines = work.conversations.of_customer(customer.id, Viewer.visitor(customer), limit=1)
    return lines[0].conversation_id if lines else None


@get("/messages", sync_to_thread=True)
def read(request: WebRequest, after: FromQuery[int] = -1) -> dict[str, Any]:
    """What was said so far, newest 200; only what the customer may see."""
    web = web_of(request.app.state)
    customer = visiting(request)
    conversation_id = _current(web, customer)
    if conversation_id is None:
        return {"entries": [], "promises": []}
    with web.services.readers() as work:
        entries = work.conversations.timeline(conversation_id, Viewer.visitor(customer), after_seq=after)
        line = work.conversations.line(conversation_id, Viewer.visitor(customer))
    return {"entries": [public(entry) for entry in entries], "status": line.status.value}


def public(entry: Entry) -> dict[str, Any]:
    """An entry as the customer sees it: no readings, no ids of people."""
    event: Event = entry.event
    shown: dict[str, Any] = {"seq": entry.seq, "kind": event.kind, "at": event.at.isoformat()}
    if isinstance(event, MessagePosted):
        mine = event.role is Role.CUSTOMER
        shown |= {"id": event.message_id, "text": event.text, "mine": mine, "role": event.role.value,
                  "name": "" if mine else event.author_name}  # fmt: skip
    if isinstance(event, SurveyAnswered):
        shown["score"] = event.score
    return shown


@get("/stream")
async def stream(request: WebRequest, after: FromQuery[int] = -1) -> ServerSentEvent:
    """Streams what comes. Read with fetch, so that the token stays in a header and out of logs."""
    customer = await asyncio.to_thread(visiting, request)
    return ServerSentEvent(_events(web_of(request.app.state), customer, after))


async def _events(web: Web, customer: Customer, after: int) -> AsyncIterator[ServerSentEventMessage]:
    viewer = Viewer.visitor(customer)
    ends = time.monotonic() + web.stream_life.total_seconds()
    seen = after
    async with web.hub.subscribed() as subscriber:
        yield ServerSentEventMessage(event="hello", data="")
        current = await asyncio.to_thread(_current, web, customer)
        fresh = current is not None
        while not web.hub.closing and time.monotonic() < ends:
            if fresh and current is not None:
                for entry in await asyncio.to_thread(_newer, web, current, viewer, seen):
                    seen = max(seen, entry.seq)
                    yield ServerSentEventMessage(
                        event="entry", data=json.dumps(public(entry), ensure_ascii=False)
                    )
            change = await subscriber.next(HEARTBEAT)
            if change is None:
                yield ServerSentEventMessage(comment="still here")
                fresh = False
                continue
            row = change.row
            if current is None and row.desk_id == customer.desk_id:
                current = await asyncio.to_thread(_current, web, customer)
            fresh = current is not None and (
                subscriber.missed or (row.conversation_id == current and row.audience is Audience.CUSTOMER)
            )
            subscriber.missed = False


def _newer(web: Web, conversation_id: str, viewer: Viewer, seen: int) -> list[Entry]:
    with web.services.readers() as work:
        return work.conversations.timeline(conversation_id, viewer, after_seq=seen)


@post("/survey", sync_to_thread=True, status_code=HTTP_200_OK)
def survey(request: WebRequest, data: JSONBody[Answer]) -> dict[str, Any]:
    """Stores the customer's answer."""
    web = web_of(request.app.state)
    customer = visiting(request)
    conversation_id = _current(web, customer)
    if conversation_id is None:
        raise NotFound
    answered = answer_survey(
        AnswerSurvey(Viewer.visitor(customer), conversation_id, data.score, data.comment), web.services
    )
    web.hub.wake()
    return {"score": answered.score}


router = Router(
    "/widget", route_handlers=[hello, send, read, stream, survey], opt={"exclude_from_csrf": True}
)
