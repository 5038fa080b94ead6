"""Builds the web application from its parts."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from litestar import Litestar, MediaType, Response, get
from litestar.config.cors import CORSConfig
from litestar.config.csrf import CSRFConfig
from litestar.datastructures import CacheControlHeader, State
from litestar.exceptions import HTTPException
from litestar.middleware.session.client_side import CookieBackendConfig
from litestar.static_files import create_static_files_router
from litestar.status_codes import HTTP_503_SERVICE_UNAVAILABLE

from calmdesk.desk.errors import DeskError, StorageAway
from calmdesk.web.answers import crash, desk_error, http_error
from calmdesk.web.api import schedule as schedule_api
from calmdesk.web.api import widget
from calmdesk.web.context import Web
from calmdesk.web.pages import (
    calendar,
    conversation,
    draft,
    export,
    floor,
    inbox,
    live,
    my,
    promises,
    record,
    rephrase,
    schedule,
    shop,
    sign_in,
    team,
)

STATIC = Path(__file__).parent / "static"
#: The largest body of a request, in bytes: a long message in any script, with room to spare.
LARGEST = 400_000


@get("/health", sync_to_thread=True, opt={"skip_session": True})
def health(state: State) -> Response[dict[str, str]]:
    """Whether the desk answers and its database does."""
    web: Web = state["web"]
    try:
        with web.services.readers() as work:
            work.people.desks()
    except StorageAway:
        return Response({"status": "database away"}, status_code=HTTP_503_SERVICE_UNAVAILABLE)
    return Response({"status": "ok"})


@get("/favicon.ico", sync_to_thread=False, opt={"skip_session": True})
def favicon() -> Response[bytes]:
    """The icon, for browsers that ask for it by its old name."""
    return Response((STATIC / "icon.svg").read_bytes(), media_type="image/svg+xml")


def make_app(
    web: Web,
    secret: bytes,
    *,
    secure: bool = False,
    debug: bool = False,
    begin: Sequence[Callable[[], None]] = (),
) -> Litestar:
    """The application. `secret` keys sessions and forms; `secure` marks cookies for HTTPS only; each of `begin` is
    called when it has started, and must not block."""

    @asynccontextmanager
    async def lifespan(_: Litestar) -> AsyncIterator[None]:
        async with web.hub.running():
            for start in begin:
                start()
            yield

    session = CookieBackendConfig(
        secret=hashlib.sha256(b"session" + secret).digest(), key="calmdesk", secure=secure, samesite="lax",
        max_age=14 * 24 * 3600,
    )  # fmt: skip
    pages = [
        sign_in, inbox, conversation, draft, live, promises, record, export, rephrase, floor, team, shop,
        calendar, my, schedule, schedule_api,
    ]  # fmt: skip
    statics = create_static_files_router(
        path="/static", directories=[STATIC], opt={"skip_session": True},
        cache_control=CacheControlHeader(max_age=3600, public=True),
    )  # fmt: skip
    return Litestar(
        route_handlers=[health, favicon, statics, widget.router, *(module.router for module in pages)],
        middleware=[session.middleware],
        csrf_config=CSRFConfig(
            secret=hashlib.sha256(b"forms" + secret).hexdigest(), cookie_name="calmdesk_form", cookie_secure=secure,
        ),
        cors_config=CORSConfig(
            allow_origins=list(web.widget_origins) or ["*"], allow_methods=["GET", "POST"],
            allow_headers=["authorization", "content-type"], allow_credentials=False,
        ),
        exception_handlers={DeskError: desk_error, HTTPException: http_error, Exception: crash},
        after_request=guard_headers,
        lifespan=[lifespan],
        state=State({"web": web}),
        request_max_body_size=LARGEST,
        openapi_config=None,
        logging_config=None,
        debug=debug,
    )  # fmt: skip


def guard_headers(response: Response[Any]) -> Response[Any]:
    """Headers that keep pages from being framed, sniffed or fed foreign scripts."""
    response.headers.setdefault("x-content-type-options", "nosniff")
    response.headers.setdefault("referrer-policy", "same-origin")
    # A static file arrives here as the server's own response, which knows no media type of that name.
    if getattr(response, "media_type", None) in (MediaType.HTML, "text/html"):
        response.headers.setdefault("x-frame-options", "DENY")
        response.headers.setdefault("cache-control", "no-store")
        response.headers.setdefault(
            "content-security-policy",
            "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; object-src 'none'; "
            "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
        )
    return response
