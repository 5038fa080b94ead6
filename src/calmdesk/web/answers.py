"""How pages and errors are answered: whole pages, fragments, JSON, each with the reader's language."""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import quote

from litestar import MediaType, Request, Response
from litestar.exceptions import HTTPException, TooManyRequestsException
from litestar.response import Redirect
from litestar.status_codes import HTTP_200_OK, HTTP_303_SEE_OTHER, HTTP_500_INTERNAL_SERVER_ERROR
from litestar.template.base import csrf_token

from calmdesk.desk.errors import DeskError, NotFound, NotSignedIn, TooMany
from calmdesk.desk.people import Person
from calmdesk.desk.vocabulary import Lang
from calmdesk.web.context import Web, web_of
from calmdesk.web.guard import language_asked, signed_in

log = logging.getLogger(__name__)
WebRequest = Request[Any, Any, Any]


def page(
    request: WebRequest,
    template: str,
    *,
    person: Person | None = None,
    lang: Lang | None = None,
    status: int = HTTP_200_OK,
    **context: object,
) -> Response[str]:
    """A whole page. `person` gives its language, its menu and its desk."""
    web = web_of(request.app.state)
    spoken = lang or (person.lang if person else language_asked(request))
    zone, desk_name = "UTC", ""
    if person is not None:
        with web.services.readers() as work:
            desk = work.people.desk(person.desk_id)
        zone, desk_name = desk.zone, desk.name
    html = web.renderer.render(
        template, lang=spoken, zone=zone, now=web.services.clock(), person=person, desk_name=desk_name,
        csrf=csrf_of(request), path=request.url.path, demo=web.demo, address=web.address, **context,
    )  # fmt: skip
    return Response(html, media_type=MediaType.HTML, status_code=status)


def csrf_of(request: WebRequest) -> str:
    """The token that forms send back (the framework's double submit)."""
    return csrf_token({"request": request})


def fragment(html: str, status: int = HTTP_200_OK) -> Response[str]:
    """A piece of a page."""
    return Response(html, media_type=MediaType.HTML, status_code=status)


def see(path: str) -> Redirect:
    """Sends the browser to a page of this desk after a form."""
    return Redirect(path, status_code=HTTP_303_SEE_OTHER)


def wants_json(request: WebRequest) -> bool:
    """Whether the asker is a script rather than a person's browser."""
    accept = request.headers.get("accept", "")
    return (
        request.headers.get("hx-request") == "true"
        or request.url.path.startswith(("/widget/", "/api/"))
        or ("application/json" in accept and "text/html" not in accept)
    )


def error_words(web: Web, error: DeskError, lang: Lang) -> str:
    """What happened, what is safe and what to do, in the reader's language."""
    texts = web.renderer.texts[lang]
    for key in (f"errors.{error.code}_{error.fields.get('what', '')}", f"errors.{error.code}"):
        if texts.has(key):
            return texts(key)
    return error.message


def desk_error(request: WebRequest, error: DeskError) -> Response[Any]:
    """A normal refusal: JSON for scripts, the sign-in page for strangers, a page for people."""
    web = web_of(request.app.state)
    lang, person = language_asked(request), None
    try:
        person = signed_in(request)
        lang = person.lang
    except Exception:  # the language of an error must not raise another one
        person = None
    words = error_words(web, error, lang)
    if wants_json(request):
        return Response(
            {"error": {"code": error.code, "message": words}},
            media_type=MediaType.JSON,
            status_code=error.status,
        )
    if isinstance(error, NotSignedIn):
        return see(f"/sign-in?next={quote(request.url.path)}")
    return page(
        request,
        "pages/error.html",
        person=person,
        lang=lang,
        status=error.status,
        words=words,
        code=error.code,
    )


def http_error(request: WebRequest, error: HTTPException) -> Response[Any]:
    """The framework's own refusals (no such page, bad form, too many requests) in the same clothes."""
    if isinstance(error, TooManyRequestsException):
        return desk_error(request, TooMany())
    if error.status_code == 404:
        return desk_error(request, NotFound())
    plain = DeskError()
    plain.code, plain.status = {
        400: "bad_request", 403: "stale_form", 405: "bad_request", 413: "too_large",
    }.get(error.status_code, "desk_error"), error.status_code  # fmt: skip
    return desk_error(request, plain)


def crash(request: WebRequest, error: Exception) -> Response[Any]:
    """A fault of ours: logged without any message text, answered without details."""
    log.error("fault in %s %s: %s", request.method, request.url.path, type(error).__name__, exc_info=error)
    plain = DeskError()
    plain.code, plain.status = "fault", HTTP_500_INTERNAL_SERVER_ERROR
    try:
        return desk_error(request, plain)
    except Exception:  # the error page itself may be what is broken
        return Response("Calmdesk made a mistake. Nothing was changed; please try again.", status_code=500,
                        media_type=MediaType.TEXT)  # fmt: skip
