"""The team and the desk's settings, and what each person sets for themselves."""

from __future__ import annotations

from typing import Annotated

from litestar import Response, Router, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.response import Redirect

from calmdesk.actions.manage_people import (
    ChangeDesk,
    ChangePerson,
    Invite,
    change_desk,
    change_person,
    invite,
)
from calmdesk.desk.errors import BadInput, NotAllowed
from calmdesk.desk.people import Act, Viewer, may
from calmdesk.desk.vocabulary import Lang, PersonRole
from calmdesk.web.answers import WebRequest, page, see
from calmdesk.web.context import web_of
from calmdesk.web.guard import remember, signed_in

Form = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]


@get("/me", sync_to_thread=True)
def show_me(request: WebRequest) -> Response[str]:
    """Language, masking, password."""
    return page(request, "pages/me.html", person=signed_in(request), saved="saved" in request.query_params)


@post("/me", sync_to_thread=True)
def change_me(request: WebRequest, data: Form) -> Redirect:
    """Stores one's own settings."""
    person = signed_in(request)
    web = web_of(request.app.state)
    changed = change_person(
        ChangePerson(
            Viewer.staff(person), person.id, name=data.get("name"), lang=_lang(data.get("lang")),
            masks=data.get("masks") == "1", password=data.get("password") or None,
        ),
        web.services,
    )  # fmt: skip
    remember(request, changed)
    return see("/me?saved=1")


@get("/team", sync_to_thread=True)
def show_team(request: WebRequest) -> Response[str]:
    """Everybody at the desk, the desk's hours, invitations. Raises NotAllowed below administrator."""
    return _team(request, link="")


def _team(request: WebRequest, link: str) -> Response[str]:
    person = signed_in(request)
    web = web_of(request.app.state)
    viewer = Viewer.staff(person)
    if not may(viewer, Act.ADMINISTER):
        raise NotAllowed
    with web.services.readers() as work:
        staff, desk = work.people.staff(viewer), work.people.desk(person.desk_id)
    return page(
        request, "pages/team.html", person=person, staff=staff, desk=desk, link=link, roles=list(PersonRole)
    )


@post("/team/invite", sync_to_thread=True)
def do_invite(request: WebRequest, data: Form) -> Response[str]:
    """Makes an invitation and shows its link, once."""
    person = signed_in(request)
    web = web_of(request.app.state)
    token = invite(
        Invite(Viewer.staff(person), person.desk_id, _role(data.get("role")), data.get("email", "")),
        web.services,
    )
    return _team(request, link=f"{web.address}/welcome/{token}")


@post("/team/people/{person_id:str}", sync_to_thread=True)
def change_colleague(request: WebRequest, person_id: FromPath[str], data: Form) -> Redirect:
    """Changes a colleague's role, or ends or renews their access."""
    person = signed_in(request)
    web = web_of(request.app.state)
    active = {"1": True, "0": False}.get(data.get("active", ""))
    role = _role(data.get("role")) if data.get("role") else None
    change_person(ChangePerson(Viewer.staff(person), person_id, role=role, active=active), web.services)
    return see("/team")


@post("/team/desk", sync_to_thread=True)
def set_desk(request: WebRequest, data: Form) -> Redirect:
    """Stores the desk's name, zone, hours and holidays."""
    person = signed_in(request)
    web = web_of(request.app.state)
    holidays = tuple(
        day.strip() for day in data.get("holidays", "").replace(",", "\n").split("\n") if day.strip()
    )
    change_desk(
        ChangeDesk(
            Viewer.staff(person), person.desk_id, name=data.get("name"), zone=data.get("zone"),
            hours=data.get("hours"), holidays=holidays, lang=_lang(data.get("lang")),
        ),
        web.services,
    )  # fmt: skip
    return see("/team")


def _lang(text: str | None) -> Lang | None:
    return Lang(text) if text in tuple(Lang) else None


def _role(text: str | None) -> PersonRole:
    try:
        return PersonRole(text or "")
    except ValueError:
        raise BadInput(what="role") from None


router = Router("/", route_handlers=[show_me, change_me, show_team, do_invite, change_colleague, set_desk])
