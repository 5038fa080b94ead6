"""What every page works with, kept in the application's state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from litestar.datastructures import State

from calmdesk.actions.rephrase import Phraser
from calmdesk.actions.services import Services
from calmdesk.web.hub import Hub
from calmdesk.web.render import Renderer
from calmdesk.web.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Web:
    """The joined parts of the web room. `demo` is what the demo's own controls act on, if this is a demo."""

    services: Services
    renderer: Renderer
    tokens: Tokens
    hub: Hub
    address: str
    widget_origins: tuple[str, ...] = ()
    demo: Demo | None = None
    phraser: Phraser | None = None
    stream_life: timedelta = timedelta(minutes=15)


class Demo:
    """The controls of the demo: a scripted customer and agent that can be paused."""

    def __init__(self) -> None:
        self.paused = False
        self.accounts: tuple[tuple[str, str, str], ...] = ()

    def toggle(self) -> bool:
        """Pauses or goes on; whether it is paused now."""
        self.paused = not self.paused
        return self.paused


def web_of(state: State) -> Web:
    """The Web parts of an application."""
    web = state["web"]
    if not isinstance(web, Web):
        raise TypeError("the application was not built by calmdesk.web.app")
    return web
