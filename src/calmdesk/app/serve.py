"""Serves a desk: the web application, the keeper and, in a demo, the show, in one process."""

from __future__ import annotations

import gc
import logging
import socket
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import uvicorn
from litestar import Litestar
from rich.console import Console

from calmdesk.actions.manage_people import Invite, invite
from calmdesk.app.build import EngineOnItsWay, Parts, build, build_phraser, first_desk
from calmdesk.app.demo import PEOPLE, Player, prepare
from calmdesk.app.settings import PortTaken, Settings
from calmdesk.desk.people import Viewer
from calmdesk.desk.ports import OutboxRow, Topic
from calmdesk.desk.vocabulary import Channel, PersonRole
from calmdesk.web.app import make_app
from calmdesk.web.context import Demo, Web
from calmdesk.web.hub import Hub
from calmdesk.web.render import Renderer
from calmdesk.web.tokens import Tokens
from calmdesk.worker.keeper import Keeper

#: Seconds that open streams get to end when the desk is stopped.
GRACE = 3


def make_web(parts: Parts, demo: Demo | None = None) -> Web:
    """The web room's parts for a desk."""
    return Web(
        services=parts.services, renderer=Renderer(), tokens=Tokens(parts.secret), hub=Hub(parts.services.readers),
        address=parts.settings.address, widget_origins=parts.settings.widget_origins, demo=demo,
        phraser=build_phraser(parts.settings),
    )  # fmt: skip


def application(parts: Parts, web: Web, begin: Sequence[Callable[[], None]] = ()) -> Litestar:
    """The ASGI application of a desk; `begin` is called once it has started."""
    return make_app(web, parts.secret, secure=parts.settings.secure_cookies, begin=begin)


def make_keeper(parts: Parts, web: Web | None = None) -> Keeper:
    """The keeper of a desk. Chat messages are read by the customer's page itself: their rows are only finished."""
    return Keeper(
        parts.services, name=f"{socket.gethostname()}-{parts.services.new_id()[:8]}",
        senders={Topic.CHANNEL: _deliver}, after_round=web.hub.wake if web else None,
    )  # fmt: skip


def _deliver(row: OutboxRow) -> None:
    if row.kind not in tuple(Channel):
        raise ValueError(f"no channel named {row.kind}")


def serve(settings: Settings) -> None:
    """Serves a real desk until it is stopped. The first start prints the administrator's one-time link."""
    _refuse_taken_port(settings)
    parts = build(settings)
    console = Console()
    desk = first_desk(parts)
    if not _has_administrator(parts, desk.id):
        token = invite(Invite(Viewer.system(desk.id), desk.id, PersonRole.ADMINISTRATOR), parts.services)
        console.print("Make the administrator of this desk with this link. It works once, for seven days:")
        console.print(f"  {settings.address}/welcome/{token}", style="bold", soft_wrap=True)
    console.print(f"Calmdesk answers on [bold]{settings.address}[/bold]. Stop it with Ctrl+C.")
    _run(parts, make_web(parts), settings)


def serve_demo(settings: Settings, *, pace: float = 1.0) -> None:
    """Serves the demo desk, printing its address and accounts, and plays the scenes."""
    _refuse_taken_port(settings)
    parts = build(settings)
    demo = Demo()
    desk = prepare(parts, demo)
    web = make_web(parts, demo)
    console = Console()
    console.print(f"\nThe demo desk answers on [bold]{settings.address}[/bold] (this machine only).\n")
    for role, name, email, password, _ in PEOPLE:
        console.print(f"  {role.value:<14} {email:<20} [bold]{password}[/bold]   {name}", highlight=False)
    console.print(f"\nBe the customer: {settings.address}/shop   Stop with Ctrl+C.\n", highlight=False)
    player = Player(parts, demo, desk, web.hub.wake, pace=pace)
    show = threading.Thread(target=player.run, daemon=True, name="demo")
    try:
        _run(parts, web, settings, begin=[show.start])
    finally:
        player.stop()


def _run(parts: Parts, web: Web, settings: Settings, begin: Sequence[Callable[[], None]] = ()) -> None:
    """Serves until stopped. What is heavy begins once the desk answers: the engine, the keeper, the show."""
    logging.basicConfig(
        level=settings.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    keeper = make_keeper(parts, web)
    begins = [wake_collector, *begin]
    if isinstance(parts.services.engine, EngineOnItsWay):
        begins.append(parts.services.engine.begin)
    if settings.keeper:
        begins.append(threading.Thread(target=keeper.run, daemon=True, name="keeper").start)
    try:
        uvicorn.run(
            application(parts, web, begins), host=settings.host, port=settings.port, log_level=settings.log_level,
            access_log=False, timeout_graceful_shutdown=GRACE, server_header=False,
        )  # fmt: skip
    finally:
        keeper.stop()
        parts.storage.close()


def wake_collector() -> None:
    """Lets memory be collected from now on; what was loaded until now stays and need not be looked at again."""
    gc.freeze()
    gc.enable()


def _has_administrator(parts: Parts, desk_id: str) -> bool:
    with parts.services.readers() as work:
        staff = work.people.staff(Viewer.system(desk_id))
    return any(person.role is PersonRole.ADMINISTRATOR and person.active for person in staff)


def _refuse_taken_port(settings: Settings) -> None:
    """Fails early and clearly. Raises PortTaken."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as fault:
            raise PortTaken(
                f"Calmdesk cannot listen on {settings.host}:{settings.port} ({fault.strerror}). Nothing was started. "
                f"Choose another port, for example: CALMDESK_PORT={settings.port + 1}"
            ) from None


def data_dir_of_demo(settings: Settings) -> Path:
    """Where the demo keeps its data: beside a real desk's, never in it."""
    return settings.data_dir / "demo"
