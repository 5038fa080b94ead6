"""A person's open promises as a calendar feed, by an address that holds a signed token."""

from __future__ import annotations

from litestar import Response, Router, get
from litestar.params import FromPath

from calmdesk.desk.errors import NotFound
from calmdesk.desk.people import Person, Viewer
from calmdesk.desk.ports import PromiseFilter
from calmdesk.desk.promise import OPEN_STATES
from calmdesk.web.answers import WebRequest, page
from calmdesk.web.context import Web, web_of
from calmdesk.web.guard import signed_in
from calmdesk.web.ics import Appointment, calendar_of


def feed_address(web: Web, person: Person) -> str:
    """The secret address of somebody's feed; it changes with their password or role."""
    return (
        f"{web.address}/calendar/{web.tokens.give_feed(person.desk_id, person.id, person.session_epoch)}.ics"
    )


@get("/calendar", sync_to_thread=True)
def show_calendar(request: WebRequest) -> Response[str]:
    """The page that tells the address."""
    person = signed_in(request)
    web = web_of(request.app.state)
    return page(request, "pages/calendar.html", person=person, feed=feed_address(web, person))


@get("/calendar/{token:str}", sync_to_thread=True, opt={"skip_session": True})
def feed(request: WebRequest, token: FromPath[str]) -> Response[str]:
    """The feed. Raises NotFound for a wrong or outdated address and for somebody who left."""
    web = web_of(request.app.state)
    taken = web.tokens.take_feed(token.removesuffix(".ics"))
    if taken is None:
        raise NotFound
    desk_id, person_id, epoch = taken
    with web.services.readers() as work:
        person = work.people.person(person_id, Viewer.system(desk_id))
        if not person.active or person.session_epoch != epoch:
            raise NotFound
        wanted = PromiseFilter(owner=person.id, states=tuple(sorted(OPEN_STATES)))
        promises = work.promises.listing(Viewer.staff(person), wanted, limit=1000)
    texts = web.renderer.texts[person.lang]
    entries = [
        Appointment(
            uid=f"{one.id}@calmdesk", at=one.due, changed=one.made_at,
            summary=f"{texts('promise.kind.' + one.kind.value)}: {one.quote}",
            url=f"{web.address}/promises/{one.id}", version=one.version,
        )
        for one in promises if one.due is not None
    ]  # fmt: skip
    return Response(
        calendar_of(texts("promise.title"), entries), media_type="text/calendar; charset=utf-8",
        headers={"cache-control": "private, max-age=300", "referrer-policy": "no-referrer"},
    )  # fmt: skip


router = Router("/", route_handlers=[show_calendar, feed])
