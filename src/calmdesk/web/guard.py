"""Who is asking: the session of somebody who signed in, or a customer's token. Checked anew on every request."""

from __future__ import annotations

from typing import Any

from litestar.connection import ASGIConnection, Request

from calmdesk.desk.errors import NotFound, NotSignedIn
from calmdesk.desk.people import Customer, Person, Viewer
from calmdesk.desk.vocabulary import Lang
from calmdesk.web.context import web_of

Asking = ASGIConnection[Any, Any, Any, Any]
WebRequest = Request[Any, Any, Any]


def remember(request: WebRequest, person: Person) -> None:
    """Starts a session for somebody who has just proved who they are."""
    request.set_session({"person": person.id, "desk": person.desk_id, "epoch": person.session_epoch})


def forget(request: WebRequest) -> None:
    """Ends the session."""
    request.clear_session()


def signed_in(connection: Asking) -> Person:
    """The person behind a session. Raises NotSignedIn also for one whose role or password changed meanwhile."""
    session = connection.session or {}
    person_id, desk_id = session.get("person"), session.get("desk")
    if not isinstance(person_id, str) or not isinstance(desk_id, str):
        raise NotSignedIn
    web = web_of(connection.app.state)
    try:
        with web.services.readers() as work:
            person = work.people.person(person_id, Viewer.system(desk_id))
    except NotFound:
        raise NotSignedIn from None
    if not person.active or person.session_epoch != session.get("epoch"):
        raise NotSignedIn
    return person


def visiting(connection: Asking) -> Customer:
    """The customer behind a `Authorization: Bearer …` token. Raises NotSignedIn."""
    kind, _, token = connection.headers.get("authorization", "").partition(" ")
    if kind.lower() != "bearer":
        raise NotSignedIn
    return customer_of_token(connection, token.strip())


def customer_of_token(connection: Asking, token: str) -> Customer:
    """The customer behind a token. Raises NotSignedIn for a wrong, old or foreign one."""
    web = web_of(connection.app.state)
    taken = web.tokens.take(token)
    if taken is None:
        raise NotSignedIn
    desk_id, customer_id = taken
    try:
        with web.services.readers() as work:
            return work.people.customer(customer_id, Viewer.system(desk_id))
    except NotFound:
        raise NotSignedIn from None


def language_asked(connection: Asking) -> Lang:
    """The language of somebody unknown: a `lang` in the address, else the browser's first that is spoken here."""
    asked = connection.query_params.get("lang", "")
    if asked in tuple(Lang):
        return Lang(asked)
    for part in connection.headers.get("accept-language", "").split(","):
        code = part.split(";")[0].strip().lower()[:2]
        if code in tuple(Lang):
            return Lang(code)
    return Lang.EN
