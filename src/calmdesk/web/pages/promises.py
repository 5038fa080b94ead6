"""The list of promises: what is owed, when, by whom; kept, broken, renegotiated or released with a note."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from litestar import Response, Router, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, FromQuery
from litestar.response import Redirect

from calmdesk.actions.move_promise import HandPromise, MovePromise, hand_promise, move_promise
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

#: The days that the kept-rate looks back.
RATE_DAYS = 90


@dataclass(frozen=True, slots=True)
class KeptRate:
    """How many promises were kept in time: kept by their due time / (kept + broken or past due without being kept).

    Those whose time was moved in agreement, or which the customer released, count on neither side.
    """

    kept: int
    settled: int
    released: int
    moved: int
    days: int

    @property
    def percent(self) -> int:
        """The rate, rounded down: one missed of a thousand is not 100."""
        return 100 * self.kept // self.settled if self.settled else 0


@get("/promises", sync_to_thread=True)
def show_promises(
    request: WebRequest, whose: FromQuery[str] = "mine", which: FromQuery[str] = "open"
) -> Response[str]:
    """My promises or the desk's, open ones or all."""
    person = signed_in(request)
    web = web_of(request.app.state)
    viewer = Viewer.staff(person)
    now = web.services.clock()
    with web.services.readers() as work:
        zone = zone_of(work.people.desk(person.desk_id).zone)
        wanted = PromiseFilter(
            owner=None if whose == "desk" else person.id,
            states=() if which == "all" else tuple(sorted(OPEN_STATES)),
            overdue_at=_until(which, now, zone),
        )
        views = promise_views(work, viewer, work.promises.listing(viewer, wanted), web)
        rate = work.promises.kept(viewer, now - timedelta(days=RATE_DAYS), owner=wanted.owner)
    panels = Panels(web, eyes_of(web, person))
    return page(
        request, "pages/promises.html", person=person, rows=[panels.promise(view) for view in views],
        whose=whose, which=which, last_id=web.hub.last, rate=KeptRate(*rate, days=RATE_DAYS),
        overdue=sum(view.overdue for view in views),
    )  # fmt: skip


def _until(which: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The instant before which a listed promise is due, on the desk's own calendar."""
    if which == "overdue":
        return now
    midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    days = {"today": 1, "week": 7 - midnight.weekday()}.get(which)
    return None if days is None else midnight + timedelta(days=days)


@get("/promises/{promise_id:str}", sync_to_thread=True)
def show_promise(request: WebRequest, promise_id: FromPath[str]) -> Response[str]:
    """One promise with its history and what can be done with it. Raises NotFound."""
    person = signed_in(request)
    web = web_of(request.app.state)
    viewer = Viewer.staff(person)
    with web.services.readers() as work:
        promise = work.promises.get(promise_id, viewer)
        view = promise_views(work, viewer, [promise], web, drafts=True)[0]
        history = work.promises.history(promise_id, viewer)
        staff = work.people.staff(viewer)
    names = {colleague.id: colleague.name for colleague in staff}
    return page(
        request, "pages/promise.html", person=person, view=view, history=history, names=names, staff=staff
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
    due = local_time(data.get("due", ""), zone)
    moved = move_promise(
        MovePromise(
            Viewer.staff(person), promise_id, to, data.get("note", ""), due, data.get("proof") or None
        ),
        web.services,
    )
    web.hub.wake()
    return see(f"/c/{moved.conversation_id}" if data.get("back") == "conversation" else "/promises")


@post("/promises/{promise_id:str}/owner", sync_to_thread=True)
def hand(request: WebRequest, promise_id: FromPath[str], data: Form) -> Redirect:
    """Hands a promise to a colleague or to the team. Raises what hand_promise raises."""
    person = signed_in(request)
    web = web_of(request.app.state)
    hand_promise(HandPromise(Viewer.staff(person), promise_id, data.get("owner") or None), web.services)
    web.hub.wake()
    return see(f"/promises/{promise_id}")


def local_time(text: str, zone: str) -> datetime | None:
    """The instant that a form's date and time mean in the desk's zone."""
    if not text:
        return None
    try:
        return datetime.fromisoformat(text).replace(tzinfo=zone_of(zone))
    except ValueError:
        raise BadInput(what="due") from None


router = Router("/", route_handlers=[show_promises, show_promise, settle, hand])
