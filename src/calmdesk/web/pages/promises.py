"""The list of promises: what is owed, when, by whom; kept, broken, renegotiated or released with a note."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from litestar import Response, Router, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, FromQuery
from litestar.response import Redirect

from calmdesk.actions.move_promise import MovePromise, move_promise
from calmdesk.desk.errors import BadInput
from calmdesk.desk.people import Viewer
from calmdesk.desk.ports import PromiseFilter
from calmdesk.desk.promise import OPEN_STATES
from calmdesk.desk.vocabulary import PromiseState
from calmdesk.web.answers import WebRequest, page, see
from calmdesk.web.context import web_of
from calmdesk.web.guard import signed_in
from calmdesk.web.pages.inbox import eyes_of
from calmdesk.web.panels import Panels, promise_views
from calmdesk.web.render import zone_of

Form = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]


@get("/promises", sync_to_thread=True)
def show_promises(
    request: WebRequest, whose: FromQuery[str] = "mine", which: FromQuery[str] = "open"
) -> Response[str]:
    """My promises or the desk's, open ones or all."""
    person = signed_in(request)
    web = web_of(request.app.state)
    viewer = Viewer.staff(person)
    now = web.services.clock()
    wanted = PromiseFilter(
        owner=None if whose == "desk" else person.id,
        states=tuple(sorted(OPEN_STATES)) if which in ("open", "overdue") else (),
        overdue_at=now if which == "overdue" else None,
    )
    with web.services.readers() as work:
        views = promise_views(work, viewer, work.promises.listing(viewer, wanted), web)
    panels = Panels(web, eyes_of(web, person))
    return page(
        request, "pages/promises.html", person=person, rows=[panels.promise(view) for view in views],
        whose=whose, which=which, last_id=web.hub.last,
        overdue=sum(view.overdue for view in views),
    )  # fmt: skip


@get("/promises/{promise_id:str}", sync_to_thread=True)
def show_promise(request: WebRequest, promise_id: FromPath[str]) -> Response[str]:
    """One promise with its history and what can be done with it. Raises NotFound."""
    person = signed_in(request)
    web = web_of(request.app.state)
    viewer = Viewer.staff(person)
    with web.services.readers() as work:
        promise = work.promises.get(promise_id, viewer)
        view = promise_views(work, viewer, [promise], web)[0]
        history = work.promises.history(promise_id, viewer)
        names = {colleague.id: colleague.name for colleague in work.people.staff(viewer)}
    return page(
        request, "pages/promise.html", person=person, view=view, history=history, names=names, words=""
    )


@post("/promises/{promise_id:str}", sync_to_thread=True)
def settle(request: WebRequest, promise_id: FromPath[str], data: Form) -> Redirect:
    """Moves a promise. Raises what move_promise raises."""
    person = signed_in(request)
    web = web_of(request.app.state)
    try:
        to = PromiseState(data.get("to", ""))
    except ValueError:
        raise BadInput(what="state") from None
    with web.services.readers() as work:
        zone = work.people.desk(person.desk_id).zone
    due = _local_time(data.get("due", ""), zone)
    moved = move_promise(
        MovePromise(Viewer.staff(person), promise_id, to, data.get("note", ""), due), web.services
    )
    web.hub.wake()
    return see(f"/c/{moved.conversation_id}" if data.get("back") == "conversation" else "/promises")


def _local_time(text: str, zone: str) -> datetime | None:
    """The instant that a form's date and time mean in the desk's zone."""
    if not text:
        return None
    try:
        return datetime.fromisoformat(text).replace(tzinfo=zone_of(zone))
    except ValueError:
        raise BadInput(what="due") from None


router = Router("/", route_handlers=[show_promises, show_promise, settle])
