"""The inbox: who waits, how hot, since when."""

from __future__ import annotations

from litestar import Response, Router, get

from calmdesk.desk.people import Person, Viewer
from calmdesk.desk.ports import InboxFilter, InboxOrder
from calmdesk.desk.vocabulary import Channel, Status
from calmdesk.web.answers import WebRequest, page
from calmdesk.web.context import Web, web_of
from calmdesk.web.guard import signed_in
from calmdesk.web.panels import Panels, inbox_lines
from calmdesk.web.views import Eyes


def filter_of(request: WebRequest, person: Person) -> InboxFilter:
    """The inbox's filter from the address; values that mean nothing are passed over."""
    asked = request.query_params
    whose = asked.get("whose", "")
    return InboxFilter(
        status={"closed": Status.CLOSED, "all": None}.get(asked.get("status", ""), Status.OPEN),
        owner=person.id if whose == "mine" else whose if whose in ("none", "bot") else None,
        channel=next((c for c in Channel if c.value == asked.get("channel")), None),
        hot=asked.get("hot") == "1",
        text=asked.get("q", "")[:100],
        order=next((o for o in InboxOrder if o.value == asked.get("order")), InboxOrder.HOTTEST),
    )


def eyes_of(web: Web, person: Person) -> Eyes:
    """How this person sees things: their language, the desk's zone, whether insults are masked."""
    with web.services.readers() as work:
        return Eyes.of(person, work.people.desk(person.desk_id).zone)


@get("/", sync_to_thread=True)
def show_inbox(request: WebRequest) -> Response[str]:
    """The whole page."""
    person = signed_in(request)
    web = web_of(request.app.state)
    last_id = web.hub.last
    which = filter_of(request, person)
    with web.services.readers() as work:
        lines = inbox_lines(work, Viewer.staff(person), which)
    panels = Panels(web, eyes_of(web, person))
    return page(
        request, "pages/inbox.html", person=person, lines=panels.lines(lines), which=which, last_id=last_id,
        chosen=dict(request.query_params.items()),
    )  # fmt: skip


router = Router("/", route_handlers=[show_inbox])
