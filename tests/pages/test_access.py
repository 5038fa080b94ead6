"""Everybody can use it: axe-core on every page in light and dark, the keyboard, no sideways scrolling on a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from calmdesk.actions.close_conversation import CloseConversation, close_conversation
from calmdesk.actions.manage_people import Invite, invite
from calmdesk.desk.people import Person, Viewer
from calmdesk.desk.ports import PromiseFilter
from calmdesk.desk.vocabulary import PersonRole
from tests.pages.conftest import Windows
from tests.pages.desk import Served
from tests.pages.test_agent import ANGRY, INSULT, THREAT

AXE = Path(__file__).with_name("vendor") / "axe.min.js"
GRAVE = ("serious", "critical")


@dataclass(frozen=True)
class Story:
    """A desk on a busy day: what the pages are looked at with."""

    desk: Served
    hot: str
    threat: str
    closed: str
    promise: str
    invitation: str

    def pages(self) -> Iterator[tuple[str, Person | None, str]]:
        """Every page with somebody who may see it."""
        cast = self.desk.cast
        yield "sign-in", None, "/sign-in"
        yield "welcome", None, f"/welcome/{self.invitation}"
        yield "inbox", cast.bob, "/"
        yield "inbox, filtered", cast.bob, "/?q=nobody&status=all"
        yield "conversation", cast.bob, f"/c/{self.hot}"
        yield "conversation with a threat", cast.alice, f"/c/{self.threat}"
        yield "closed conversation", cast.bob, f"/c/{self.closed}"
        yield "promises", cast.bob, "/promises"
        yield "promise", cast.bob, f"/promises/{self.promise}"
        yield "record", cast.bob, f"/c/{self.hot}/record"
        yield "floor", cast.alice, "/floor"
        yield "team", cast.ann, "/team"
        yield "me", cast.bob, "/me"
        yield "error", cast.bob, "/c/nothing-of-that-name"
        yield "shop", None, "/shop"


@pytest.fixture
def story(desk: Served, talk: Callable[..., str]) -> Story:
    """One angry conversation with a promise, one threat, one closed."""
    cast, services = desk.cast, desk.cast.parts.services
    known = lambda one: cast.state(type("Known", (), {"id": one})())  # noqa: E731
    hot = talk("My order FW-90210 has not come.")
    cast.answers(cast.bob, known(hot), "I'm sorry. I'll call you by 5 pm today.")
    cast.says(cast.dana, known(hot), f"{ANGRY} {INSULT}")
    threat = talk(THREAT, customer=cast.erin)
    closed = talk("All good now, thank you.", customer=cast.erin)
    close_conversation(CloseConversation(Viewer.staff(cast.bob), closed), services)
    with services.readers() as work:
        promise = work.promises.listing(Viewer.staff(cast.bob), PromiseFilter(), limit=5)[0].id
    token = invite(Invite(Viewer.staff(cast.ann), cast.desk.id, PersonRole.AGENT), services)
    desk.web.demo.accounts = (("agent", "agent@example.org", "made up"),)  # type: ignore[union-attr]
    return Story(desk, hot, threat, closed, promise, token)


def violations(page: Page, rules: tuple[str, ...] = ()) -> list[str]:
    """What axe-core finds serious or critical, by all its rules or by some, with the elements it means."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    options = {"resultTypes": ["violations"], **({"runOnly": list(rules)} if rules else {})}
    found = page.evaluate("options => axe.run(options)", options)["violations"]
    return [
        f"{one['id']} ({one['impact']}): {one['help']}: " + "; ".join(node["html"][:160] for node in one["nodes"][:4])
        for one in found if one["impact"] in GRAVE
    ]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_on_any_page(windows: Windows, story: Story, scheme: str) -> None:
    windows.line_may_fail = True  # the error page is a 404
    desk, found = story.desk, []
    # The dark pages differ from the light ones in their colours alone.
    rules = ("color-contrast", "link-in-text-block") if scheme == "dark" else ()
    open_windows: dict[str, Page] = {}
    for name, person, path in story.pages():
        key = person.id if person else ""
        if key not in open_windows:
            open_windows[key] = (
                windows.of(person, color_scheme=scheme) if person else windows.stranger(color_scheme=scheme)
            )
        page = open_windows[key]
        page.goto(desk.url + path)
        if name == "conversation":
            page.locator("#draft").fill(
                "Calm down, you should have checked the tracking. I'll call you by 5 pm today."
            )
            expect(page.locator(".finding")).not_to_have_count(0)
            page.locator(".entry.customer .why summary").last.click()
            found += [f"{name} with findings: {one}" for one in violations(page, rules)]
            page.get_by_text("More", exact=True).click()
        if name == "shop":
            page.locator(".launch").click()
            page.get_by_label("Your message").fill("Something is wrong with my kettle.")
            page.keyboard.press("Enter")
            expect(page.locator(".log .mine:not([data-pending])")).to_have_count(1)
        found += [f"{name}: {one}" for one in violations(page, rules)]
    assert found == []


def test_axe_would_say_so(windows: Windows) -> None:
    """A check that cannot fail is no check: a page with a fault is found out."""
    page = windows.stranger()
    page.set_content('<title>x</title><main><button></button><p style="color:#aaa">pale</p></main>')
    assert {one.split(" ")[0] for one in violations(page)} >= {"button-name", "color-contrast"}


def test_no_page_scrolls_sideways_on_a_phone(windows: Windows, story: Story) -> None:
    windows.line_may_fail = True
    cast = story.desk.cast
    conversation = cast.conversation(cast.erin, "x" * 300)
    phone = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
    open_windows: dict[str, Page] = {}
    wide = []
    for name, person, path in [*story.pages(), ("long words", cast.bob, f"/c/{conversation.id}")]:
        key = person.id if person else ""
        if key not in open_windows:
            open_windows[key] = windows.of(person, **phone) if person else windows.stranger(**phone)
        page = open_windows[key]
        page.goto(story.desk.url + path)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 390:
            wide.append(f"{name}: {width}")
    assert wide == []


def test_the_keyboard_reaches_everything_in_order(windows: Windows, story: Story) -> None:
    page = windows.of(story.desk.cast.bob, f"/c/{story.hot}")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    expect(page.get_by_role("link", name="Skip to the content")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#lines a").first).to_be_focused()
    parts, seen = "#lines, #head, #timeline, #composer, #coach", []
    for _ in range(60):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(f"(document.activeElement.closest('{parts}') ?? {{}}).id"))
    order = [part for at, part in enumerate(seen) if part and part not in seen[:at]]
    assert [part for part in order if part != "lines"] == ["head", "timeline", "composer", "coach"]


def test_forty_conversations_and_none(windows: Windows, desk: Served) -> None:
    cast = desk.cast
    page = windows.of(cast.bob)
    expect(page.get_by_text("Nobody is waiting")).to_be_visible()
    for number in range(40):
        cast.clock.forward(seconds=20)
        cast.conversation(cast.dana if number % 2 else cast.erin, f"Question number {number}, please?")
    desk.web.hub.wake()
    expect(page.locator("#lines .line")).to_have_count(40)
    page.reload()
    expect(page.locator("#lines .line")).to_have_count(40)
    expect(page.locator("#lines .line").first).to_contain_text("Question number 0,")
