"""The demo shop: a stranger's web page with the chat on it, to be the customer. And the demo's own controls."""

from __future__ import annotations

from litestar import Response, Router, get, post
from litestar.response import Redirect

from calmdesk.desk.errors import NotFound
from calmdesk.web.answers import WebRequest, page, see
from calmdesk.web.context import web_of
from calmdesk.web.guard import signed_in


@get("/shop", sync_to_thread=True)
def show_shop(request: WebRequest) -> Response[str]:
    """The shop's page; only in a demo. Raises NotFound."""
    web = web_of(request.app.state)
    if web.demo is None:
        raise NotFound
    with web.services.readers() as work:
        desk = work.people.desks()[0]
    return page(request, "pages/shop.html", desk_id=desk.id)


@post("/demo/pause", sync_to_thread=True)
def pause(request: WebRequest) -> Redirect:
    """Pauses the demo's script or lets it go on."""
    signed_in(request)
    web = web_of(request.app.state)
    if web.demo is None:
        raise NotFound
    web.demo.toggle()
    return see("/")


router = Router("/", route_handlers=[show_shop, pause])
