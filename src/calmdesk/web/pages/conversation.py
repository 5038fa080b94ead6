"""One conversation: the inbox beside it, the timeline with the composer, the coach."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Response, Router, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, FromQuery
from litestar.response import Redirect
from litestar.status_codes import HTTP_200_OK

from calmdesk.actions.change_owner import ChangeOwner, WriteNote, change_owner, write_note
from calmdesk.actions.close_conversation import CloseConversation, close_conversation, reopen_conversation
from calmdesk.actions.post_message import PostMessage, post_message
from calmdesk.desk.people import Viewer
from calmdesk.web.answers import WebRequest, fragment, page, see
from calmdesk.web.context import web_of
from calmdesk.web.guard import signed_in
from calmdesk.web.pages.inbox import eyes_of, filter_of
from calmdesk.web.panels import Panels, coach_data, inbox_lines

Form = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]
PAGE = 100


@get("/c/{conversation_id:str}", sync_to_thread=True)
def show_conversation(request: WebRequest, conversation_id: FromPath[str]) -> Response[str]:
    """The whole page. Raises NotFound."""
    person = signed_in(request)
    web = web_of(request.app.state)
    last_id = web.hub.last
    viewer = Viewer.staff(person)
    with web.services.readers() as work:
        conversation, promises, earlier = coach_data(work, conversation_id, viewer, web)
        entries = work.conversations.timeline(conversation_id, viewer, limit=PAGE)
        staff = work.people.staff(viewer)
        lines = inbox_lines(work, viewer, filter_of(request, person), limit=50)
    panels = Panels(web, eyes_of(web, person))
    return page(
        request, "pages/conversation.html", person=person, conversation=conversation, last_id=last_id,
        lines=panels.lines(lines), entries=[panels.entry(entry) for entry in entries],
        head=panels.head(conversation, staff), coach=panels.coach(conversation, promises, earlier),
        older=entries[0].seq if entries and entries[0].seq > 0 else None, seen_seq=conversation.seq - 1,
    )  # fmt: skip


@get("/c/{conversation_id:str}/entries", sync_to_thread=True)
def show_older(request: WebRequest, conversation_id: FromPath[str], before: FromQuery[int]) -> Response[str]:
    """The entries before a number, for scrolling back. Raises NotFound."""
    person = signed_in(request)
    web = web_of(request.app.state)
    with web.services.readers() as work:
        entries = work.conversations.timeline(
            conversation_id, Viewer.staff(person), before_seq=before, limit=PAGE
        )
    panels = Panels(web, eyes_of(web, person))
    older = entries[0].seq if entries and entries[0].seq > 0 else None
    html = web.renderer.render(
        "parts/older.html", lang=person.lang, now=web.services.clock(), older=older,
        conversation_id=conversation_id, entries=[panels.entry(entry) for entry in entries],
    )  # fmt: skip
    return fragment(html)


@get("/c/{conversation_id:str}/coach", sync_to_thread=True)
def show_coach(request: WebRequest, conversation_id: FromPath[str]) -> Response[str]:
    """The coach's panel alone. Raises NotFound."""
    person = signed_in(request)
    web = web_of(request.app.state)
    with web.services.readers() as work:
        data = coach_data(work, conversation_id, Viewer.staff(person), web)
    return fragment(Panels(web, eyes_of(web, person)).coach(*data))


@post("/c/{conversation_id:str}/messages", sync_to_thread=True, status_code=HTTP_200_OK)
def send_message(request: WebRequest, conversation_id: FromPath[str], data: Form) -> dict[str, Any]:
    """Sends the agent's message. Raises what post_message raises; JSON, since the composer keeps the draft."""
    person = signed_in(request)
    web = web_of(request.app.state)
    seen = data.get("seen", "")
    posted = post_message(
        PostMessage(
            viewer=Viewer.staff(person), conversation_id=conversation_id, text=data.get("text", ""),
            key=data.get("key") or None, seen_seq=int(seen) if seen.isdigit() else None,
            opening_id=data.get("opening", "")[:80] or None,
        ),
        web.services,
    )  # fmt: skip
    web.hub.wake()
    return {
        "message_id": posted.message.message_id,
        "promises": list(posted.promise_ids),
        "repeated": posted.repeated,
        "seen": posted.conversation.seq - 1,
    }


@post("/c/{conversation_id:str}/owner", sync_to_thread=True)
def hand_over(request: WebRequest, conversation_id: FromPath[str], data: Form) -> Redirect:
    """Takes the conversation over, hands it to a colleague, or lets it go."""
    person = signed_in(request)
    web = web_of(request.app.state)
    owner = data.get("owner", "")
    wanted = {"me": person.id, "": None}.get(owner, owner)
    change_owner(ChangeOwner(Viewer.staff(person), conversation_id, wanted), web.services)
    web.hub.wake()
    return see(f"/c/{conversation_id}")


@post("/c/{conversation_id:str}/notes", sync_to_thread=True)
def leave_note(request: WebRequest, conversation_id: FromPath[str], data: Form) -> Redirect:
    """Writes a note for colleagues, or a whisper to one of them."""
    person = signed_in(request)
    web = web_of(request.app.state)
    write_note(
        WriteNote(Viewer.staff(person), conversation_id, data.get("text", ""), data.get("to") or None),
        web.services,
    )
    web.hub.wake()
    return see(f"/c/{conversation_id}")


@post("/c/{conversation_id:str}/close", sync_to_thread=True)
def close(request: WebRequest, conversation_id: FromPath[str], data: Form) -> Redirect:
    """Closes the conversation and asks the customer how it went."""
    person = signed_in(request)
    web = web_of(request.app.state)
    close_conversation(
        CloseConversation(Viewer.staff(person), conversation_id, ask=data.get("ask", "1") == "1"),
        web.services,
    )
    web.hub.wake()
    return see(f"/c/{conversation_id}")


@post("/c/{conversation_id:str}/reopen", sync_to_thread=True)
def reopen(request: WebRequest, conversation_id: FromPath[str]) -> Redirect:
    """Opens the conversation again."""
    person = signed_in(request)
    web = web_of(request.app.state)
    reopen_conversation(Viewer.staff(person), conversation_id, web.services)
    web.hub.wake()
    return see(f"/c/{conversation_id}")


router = Router(
    "/",
    route_handlers=[
        show_conversation, show_older, show_coach, send_message, hand_over, leave_note, close, reopen,
    ],
)  # fmt: skip
