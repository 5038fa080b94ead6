"""A real browser before a real desk. Every page is watched: an error in its console fails the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from calmdesk.desk.people import Person
from tests.cast import PASSWORD, Cast, FixedClock, make_cast
from tests.ensure_browser import find_browser
from tests.pages.desk import Served, free_port, website

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
HERE = Path(__file__).parent
expect.set_options(timeout=6000)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks the tests of this folder and puts them together at the end, so that one browser serves them all."""
    ours = [item for item in items if HERE in item.path.parents]
    for item in ours:
        item.add_marker("page")
        item.add_marker(pytest.mark.allow_hosts(["127.0.0.1", "::1", "localhost"]))
    items[:] = [item for item in items if item not in ours] + ours


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium for all page tests."""
    found = find_browser()
    if found is None:
        pytest.fail("There is no browser for the page tests: run `make browser` first.")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=found, headless=True, args=list(FLAGS))
        yield launched
        launched.close()


@pytest.fixture
def cast(tmp_path: Path, clock: FixedClock) -> Iterator[Cast]:
    """The cast of all tests; links name the port that the desk is served on."""
    made = make_cast(tmp_path, clock, port=free_port())
    yield made
    made.parts.storage.close()


@pytest.fixture
def desk(cast: Cast) -> Iterator[Served]:
    """The cast's desk, served."""
    served = Served(cast, cast.parts.settings.port)
    served.start()
    yield served
    served.stop()


class Windows:
    """Opens browser windows, each person in one of their own, and keeps an eye on all of them."""

    def __init__(self, browser: Browser, desk: Served) -> None:
        self._browser, self._desk = browser, desk
        self._contexts: list[BrowserContext] = []
        self.complaints: list[str] = []
        #: Set by tests that take the line down on purpose: then the browser itself logs failed requests.
        self.line_may_fail = False

    def context(self, **options: Any) -> BrowserContext:
        """A browser with cookies of its own, whose clock stands where the desk's does."""
        made = self._browser.new_context(
            **{"viewport": {"width": 1440, "height": 900}, "locale": "en-GB", **options}
        )
        made.clock.set_fixed_time(self._desk.cast.clock.now)
        made.on("weberror", lambda error: self.complaints.append(str(error.error)))
        made.on("console", self._heard)
        self._contexts.append(made)
        return made

    def _heard(self, message: Any) -> None:
        network = "Failed to load resource" in message.text or "net::ERR" in message.text
        if message.type == "error" and not (network and self.line_may_fail):
            self.complaints.append(f"{message.text} ({message.location.get('url', '')})")

    def stranger(self, **options: Any) -> Page:
        """A window of nobody in particular."""
        return self.context(**options).new_page()

    def of(self, person: Person, path: str = "/", **options: Any) -> Page:
        """A window in which somebody has signed in through the form, at a page of the desk."""
        page = self.stranger(**options)
        page.goto(f"{self._desk.url}/sign-in?next={path}")
        page.fill("#email", person.email)
        page.fill("#password", PASSWORD)
        page.press("#password", "Enter")
        page.wait_for_url(f"{self._desk.url}{path}")
        return page

    def close(self) -> None:
        """Closes all of them."""
        for context in self._contexts:
            context.close()


@pytest.fixture
def windows(browser: Browser, desk: Served) -> Iterator[Windows]:
    """Browser windows before the cast's desk."""
    made = Windows(browser, desk)
    yield made
    made.close()
    assert made.complaints == []


@pytest.fixture
def shop(desk: Served) -> Iterator[str]:
    """The address of somebody else's website that has the desk's chat by one script tag."""
    tag = f'<script src="{desk.url}/static/widget.js" data-desk="{desk.cast.desk.id}" async></script>'
    with website(tag) as address:
        yield address


@pytest.fixture
def talk(desk: Served) -> Callable[..., str]:
    """Lets customers say things: gives the conversation's id."""
    cast = desk.cast

    def say(*texts: str, customer: Any = None) -> str:
        conversation = cast.conversation(customer or cast.dana)
        for text in texts:
            cast.clock.forward(seconds=40)
            cast.says(customer or cast.dana, conversation, text)
        desk.web.hub.wake()
        return str(conversation.id)

    return say
