"""The customer's own page: what was promised to them and where it stands. Whoever holds the link is the customer."""

from __future__ import annotations

from litestar import Response, Router, get
from litestar.params import FromPath

from calmdesk.desk.errors import NotFound, NotSignedIn
from calmdesk.desk.people import Viewer
from calmdesk.desk.ports import PromiseFilter
from calmdesk.web.answers import WebRequest
from calmdesk.web.context import web_of
from calmdesk.web.guard import customer_of_token


@get("/my/{token:str}", sync_to_thread=True, opt={"skip_session": True})
def show_mine(request: WebRequest, token: FromPath[str]) -> Response[str]:
    """The page. Raises NotFound for a wrong or old link: nobody can sign in here."""
    web = web_of(request.app.state)
    try:
        customer = customer_of_token(request, token)
    except NotSignedIn:
        raise NotFound from None
    with web.services.readers() as work:
        promises = work.promises.listing(Viewer.visitor(customer), PromiseFilter(), limit=200)
        desk = work.people.desk(customer.desk_id)
    html = web.renderer.render(
        "pages/my.html",
        lang=customer.lang,
        zone=desk.zone,
        now=web.services.clock(),
        promises=promises,
        desk=desk,
    )
    return Response(
        html, media_type="text/html; charset=utf-8",
        headers={
            "referrer-policy": "no-referrer", "cache-control": "no-store", "x-frame-options": "DENY",
            "content-security-policy": "default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none'",
        },
    )  # fmt: skip


router = Router("/", route_handlers=[show_mine])
