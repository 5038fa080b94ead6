"""Signing in and out, and the one-time link that makes a person."""

from __future__ import annotations

from typing import Annotated

from litestar import Response, Router, get, post
from litestar.enums import RequestEncodingType
from litestar.middleware.rate_limit import RateLimitConfig
from litestar.params import Body, FromPath, FromQuery
from litestar.response import Redirect

from calmdesk.actions.manage_people import (
    AcceptInvite,
    InviteUsed,
    WrongPassword,
    accept_invite,
    hash_token,
    sign_in,
)
from calmdesk.desk.errors import BadInput, Conflict, DeskError
from calmdesk.desk.vocabulary import Lang
from calmdesk.web.answers import WebRequest, error_words, page, see
from calmdesk.web.context import web_of
from calmdesk.web.guard import forget, language_asked, remember

Form = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]

#: Guessing passwords is slowed down: so many tries a minute from one address.
TRIES = RateLimitConfig(rate_limit=("minute", 20), store="tries")


@get("/sign-in", sync_to_thread=True)
def show_sign_in(request: WebRequest, next: FromQuery[str] = "/") -> Response[str]:
    """The form."""
    return page(request, "pages/sign_in.html", next=_inside(next), words="", email="")


@post("/sign-in", sync_to_thread=True, middleware=[TRIES.middleware])
def do_sign_in(request: WebRequest, data: Form) -> Response[str] | Redirect:
    """Checks address and password; a wrong one shows the form again, with what was typed but the password."""
    web = web_of(request.app.state)
    email, wanted = data.get("email", ""), _inside(data.get("next", "/"))
    try:
        person = sign_in(email, data.get("password", ""), web.services)
    except WrongPassword as error:
        words = error_words(web, error, language_asked(request))
        return page(request, "pages/sign_in.html", next=wanted, words=words, email=email, status=401)
    remember(request, person)
    return see(wanted)


@post("/sign-out", sync_to_thread=True)
def do_sign_out(request: WebRequest) -> Redirect:
    """Ends the session."""
    forget(request)
    return see("/sign-in")


@get("/welcome/{token:str}", sync_to_thread=True)
def show_welcome(request: WebRequest, token: FromPath[str]) -> Response[str]:
    """The form behind a one-time link. Raises InviteUsed."""
    web = web_of(request.app.state)
    with web.services.readers() as work:
        if work.people.peek_invite(hash_token(token), web.services.clock()) is None:
            raise InviteUsed
    return page(request, "pages/welcome.html", token=token, words="", name="", email="")


@post("/welcome/{token:str}", sync_to_thread=True, middleware=[TRIES.middleware])
def do_welcome(request: WebRequest, token: FromPath[str], data: Form) -> Response[str] | Redirect:
    """Makes the person and signs them in."""
    web = web_of(request.app.state)
    lang = language_asked(request)
    name, email = data.get("name", ""), data.get("email", "")
    try:
        person = accept_invite(
            AcceptInvite(token, name, email, data.get("password", ""), Lang(data.get("lang", lang.value))),
            web.services,
        )
    except (BadInput, Conflict) as error:
        words = error_words(web, error, lang)
        return page(request, "pages/welcome.html", token=token, words=words, name=name, email=email,
                    status=error.status)  # fmt: skip
    except ValueError as error:
        raise DeskError from error
    remember(request, person)
    return see("/")


def _inside(path: str) -> str:
    """A path of this desk: never another site's."""
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) and "\n" not in path else "/"


router = Router("/", route_handlers=[show_sign_in, do_sign_in, do_sign_out, show_welcome, do_welcome])
