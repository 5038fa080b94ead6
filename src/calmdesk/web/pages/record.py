"""The STAR record of a conversation: drafted from the timeline, edited, signed off."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Response, Router, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.response import Redirect

from calmdesk.actions.close_conversation import DraftRecord, SaveRecord, draft_record, save_record
from calmdesk.desk.errors import BadInput
from calmdesk.desk.events import MessagePosted
from calmdesk.desk.people import Viewer
from calmdesk.desk.record import Part, RecordLine
from calmdesk.web.answers import WebRequest, page, see
from calmdesk.web.context import web_of
from calmdesk.web.guard import signed_in

Form = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.URL_ENCODED)]


@get("/c/{conversation_id:str}/record", sync_to_thread=True)
def show_record(request: WebRequest, conversation_id: FromPath[str]) -> Response[str]:
    """The record: the stored one or a fresh draft. Raises NotFound."""
    person = signed_in(request)
    web = web_of(request.app.state)
    viewer = Viewer.staff(person)
    record = draft_record(DraftRecord(viewer, conversation_id, person.lang), web.services)
    with web.services.readers() as work:
        conversation = work.conversations.get(conversation_id, viewer)
        entries = work.conversations.timeline(conversation_id, viewer, limit=2000)
        survey = work.records.survey_of(conversation_id, viewer)
        names = {colleague.id: colleague.name for colleague in work.people.staff(viewer)}
    cited = {
        entry.event.message_id: (entry.seq, entry.event)
        for entry in entries
        if isinstance(entry.event, MessagePosted)
    }
    return page(
        request, "pages/record.html", person=person, record=record, conversation=conversation, cited=cited,
        survey=survey, names=names, parts=list(Part),
    )  # fmt: skip


@post("/c/{conversation_id:str}/record", sync_to_thread=True)
def store_record(request: WebRequest, conversation_id: FromPath[str], data: Form) -> Redirect:
    """Stores the edited record, signed when `sign` is set. Raises what save_record raises."""
    person = signed_in(request)
    web = web_of(request.app.state)
    parts, texts, cites = (_many(data.get(name)) for name in ("part", "text", "cites"))
    if not len(parts) == len(texts) == len(cites):
        raise BadInput(what="lines")
    try:
        lines = tuple(
            RecordLine(Part(part), text, tuple(one for one in cited.split(",") if one))
            for part, text, cited in zip(parts, texts, cites, strict=True)
        )
        version = int(str(data.get("version", "-1")))
    except ValueError:
        raise BadInput(what="lines") from None
    save_record(
        SaveRecord(
            Viewer.staff(person), conversation_id, lines, version, sign=data.get("sign") == "1",
            verified=data.get("verified") == "1",
        ),
        web.services,
    )  # fmt: skip
    web.hub.wake()
    return see(f"/c/{conversation_id}/record")


def _many(value: object) -> list[str]:
    if value is None:
        return []
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


router = Router("/", route_handlers=[show_record, store_record])
