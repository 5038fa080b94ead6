"""The draft's check while the agent types: findings with their words, promises with their times, what is missing."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Router, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.status_codes import HTTP_200_OK

from calmdesk.actions.services import office_of
from calmdesk.actions.words import LONGEST
from calmdesk.coach.advice import DraftAdvice
from calmdesk.desk.errors import TooLarge
from calmdesk.desk.people import Viewer
from calmdesk.desk.vocabulary import Lang, Role
from calmdesk.web.answers import WebRequest
from calmdesk.web.context import Web, web_of
from calmdesk.web.guard import signed_in
from calmdesk.web.render import Times, zone_of

Form = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]


@post("/c/{conversation_id:str}/draft", sync_to_thread=True, status_code=HTTP_200_OK)
def check(request: WebRequest, conversation_id: FromPath[str], data: Form) -> dict[str, Any]:
    """Lints a draft. Nothing is stored. Raises NotFound, TooLarge."""
    person = signed_in(request)
    web = web_of(request.app.state)
    text = data.get("text", "")
    if len(text) > LONGEST:
        raise TooLarge(what="draft", longest=LONGEST)
    now = web.services.clock()
    with web.services.readers() as work:
        conversation = work.conversations.get(conversation_id, Viewer.staff(person))
        desk = work.people.desk(person.desk_id)
    reading = web.services.reader.read(
        text,
        role=Role.AGENT,
        channel=conversation.channel,
        so_far=conversation,
        now=now,
        office=office_of(desk),
    )
    advice = web.services.coach.check_draft(text, reading, conversation, lang=person.lang)
    return draft_json(advice, web, person.lang, Times(person.lang, zone_of(desk.zone), now))


def draft_json(advice: DraftAdvice, web: Web, lang: Lang, times: Times) -> dict[str, Any]:
    """What the composer shows of a draft's check, with words for people.

    Offsets count characters (code points) of the text as sent; the composer maps them to its own units.
    """
    texts = web.renderer.texts[lang]
    return {
        "grave": advice.grave,
        "findings": [
            {
                "rule": found.finding.rule.value, "name": found.name, "start": found.finding.start,
                "end": found.finding.end, "because": found.finding.because, "source": found.finding.source,
                "gravity": found.gravity.value, "replacements": list(found.replacements),
                "suggest": list(found.finding.suggest),
            }
            for found in advice.findings
        ],
        "promises": [
            {
                "kind": promise.kind.value, "name": texts(f"promise.kind.{promise.kind.value}"),
                "quote": promise.quote, "start": promise.start, "end": promise.end,
                "due": None if promise.due is None else promise.due.isoformat(),
                "when": texts("promise.no_time") if promise.due is None else times.day(promise.due),
            }
            for promise in advice.promises
        ],
        "missing": [{"id": miss.id, "text": miss.text, "because": miss.because} for miss in advice.missing],
    }  # fmt: skip


router = Router("/", route_handlers=[check])
