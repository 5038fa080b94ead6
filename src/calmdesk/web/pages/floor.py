"""The supervisor's floor: hot conversations, threats, promises at risk, who carries what."""

from __future__ import annotations

from dataclasses import dataclass

from litestar import Response, Router, get

from calmdesk.desk.errors import NotAllowed
from calmdesk.desk.people import Act, Person, Viewer, may
from calmdesk.desk.ports import InboxFilter, PromiseFilter
from calmdesk.desk.promise import OPEN_STATES
from calmdesk.web.answers import WebRequest, page
from calmdesk.web.context import web_of
from calmdesk.web.guard import signed_in
from calmdesk.web.pages.inbox import eyes_of
from calmdesk.web.panels import Panels, inbox_lines, promise_views


@dataclass(frozen=True, slots=True)
class Load:
    """What one colleague carries now: open conversations, how many are hot, abusive turns taken (not a score)."""

    person: Person
    open: int
    hot: int
    abusive: int


@get("/floor", sync_to_thread=True)
def show_floor(request: WebRequest) -> Response[str]:
    """The whole page. Raises NotAllowed for agents."""
    person = signed_in(request)
    web = web_of(request.app.state)
    viewer = Viewer.staff(person)
    if not may(viewer, Act.SUPERVISE):
        raise NotAllowed
    now = web.services.clock()
    with web.services.readers() as work:
        hot = inbox_lines(work, viewer, InboxFilter(hot=True), limit=50)
        everything = inbox_lines(work, viewer, InboxFilter(), limit=500)
        overdue = promise_views(
            work, viewer,
            work.promises.listing(viewer, PromiseFilter(states=tuple(sorted(OPEN_STATES)), overdue_at=now)), web,
        )  # fmt: skip
        soon = promise_views(
            work, viewer, work.promises.listing(viewer, PromiseFilter(states=tuple(sorted(OPEN_STATES)))), web
        )
        staff = work.people.staff(viewer)
        poisoned = work.outbox.poisoned(viewer)
    alarms = [line for line in everything if line.safety]
    loads = [
        Load(
            one, sum(line.owner == one.id for line in everything), sum(line.owner == one.id for line in hot),
            sum(line.owner == one.id and line.rung is not None for line in everything),
        )
        for one in staff if one.active
    ]  # fmt: skip
    only_hot = [line for line in hot if not line.safety]
    panels = Panels(web, eyes_of(web, person))
    return page(
        request, "pages/floor.html", person=person, hot=panels.lines(only_hot), alarms=panels.lines(alarms),
        overdue=[panels.promise(view) for view in overdue],
        soon=[panels.promise(view) for view in soon if view.soon and not view.overdue], loads=loads,
        unowned=sum(line.owner is None for line in everything), poisoned=len(poisoned), last_id=web.hub.last,
    )  # fmt: skip


router = Router("/", route_handlers=[show_floor])
