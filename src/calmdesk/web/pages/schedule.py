"""What is planned for later: the list, planning from a conversation, taking back."""

from __future__ import annotations

from typing import Annotated

from litestar import Response, Router, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, FromQuery
from litestar.response import Redirect

from calmdesk.actions.schedule import Schedule, cancel_scheduled, schedule, scheduled
from calmdesk.desk.errors import BadInput
from calmdesk.desk.people import Viewer
from calmdesk.desk.schedule import ScheduleKind
from calmdesk.web.answers import WebRequest, page, see
from calmdesk.web.context import web_of
from calmdesk.web.guard import signed_in
from calmdesk.web.pages.promises import local_time

Form = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]


@get("/schedule", sync_to_thread=True)
def show_schedule(request: WebRequest, c: FromQuery[str] = "") -> Response[str]:
    """What waits at the desk, or for one conversation, with a form to plan more for that one."""
    person = signed_in(request)
    web = web_of(request.app.state)
    viewer = Viewer.staff(person)
    rows = scheduled(viewer, web.services, c or None)
    with web.services.readers() as work:
        if c:
            work.conversations.line(c, viewer)
        names = {one.id: one.name for one in work.people.staff(viewer)}
    return page(request, "pages/schedule.html", person=person, rows=rows, names=names, conversation_id=c)


@post("/schedule", sync_to_thread=True)
def plan(request: WebRequest, data: Form) -> Redirect:
    """Plans a reminder or a message. Raises what schedule raises."""
    person = signed_in(request)
    web = web_of(request.app.state)
    with web.services.readers() as work:
        zone = work.people.desk(person.desk_id).zone
    at = local_time(data.get("at", ""), zone)
    if at is None or data.get("kind") not in (ScheduleKind.REMIND, ScheduleKind.MESSAGE):
        raise BadInput(what="due")
    conversation_id = data.get("conversation", "")
    schedule(
        Schedule(
            Viewer.staff(person), conversation_id, ScheduleKind(data["kind"]), at, data.get("text", ""),
            data.get("key") or None, data.get("unless_answered") == "1",
        ),
        web.services,
    )  # fmt: skip
    return see(f"/schedule?c={conversation_id}")


@post("/schedule/{row_id:int}/cancel", sync_to_thread=True)
def take_back(request: WebRequest, row_id: FromPath[int], data: Form) -> Redirect:
    """Takes something back. Raises what cancel_scheduled raises."""
    person = signed_in(request)
    cancel_scheduled(Viewer.staff(person), row_id, web_of(request.app.state).services)
    return see(f"/schedule?c={data['conversation']}" if data.get("conversation") else "/schedule")


router = Router("/", route_handlers=[show_schedule, plan, take_back])
