"""The customer: somebody else's website with the chat by one script tag."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from calmdesk.actions.close_conversation import CloseConversation, close_conversation
from calmdesk.desk.events import MessagePosted
from calmdesk.desk.people import Customer, Viewer
from calmdesk.desk.ports import InboxFilter
from tests.pages.conftest import Windows
from tests.pages.desk import Served

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def open_chat(page: Page, shop: str) -> None:
    """Opens the website and its chat, by keyboard alone."""
    page.goto(shop)
    expect(page.locator(".launch")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page.get_by_label("Your message")).to_be_focused()


def write(page: Page, text: str) -> None:
    """Types a message and sends it with Enter."""
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def said(page: Page) -> list[str]:
    """What the customer's side of the chat shows, in order, without who said it."""
    return [text.removeprefix("You") for text in page.locator(".log .mine").all_inner_texts()]


def stored(desk: Served) -> list[list[str]]:
    """The messages of all conversations as the desk has them."""
    cast = desk.cast
    viewer = Viewer.staff(cast.bob)
    with cast.parts.services.readers() as work:
        lines = work.conversations.inbox(viewer, InboxFilter(), limit=50)
        return [
            [
                entry.event.text
                for entry in work.conversations.timeline(line.conversation_id, viewer)
                if isinstance(entry.event, MessagePosted)
            ]
            for line in lines
        ]  # fmt: skip


def customer_of(desk: Served) -> tuple[str, Customer]:
    """The only conversation there is, with its customer."""
    cast = desk.cast
    with cast.parts.services.readers() as work:
        (line,) = work.conversations.inbox(Viewer.staff(cast.bob), InboxFilter(), limit=50)
        state = work.conversations.get(line.conversation_id, Viewer.staff(cast.bob))
        return line.conversation_id, work.people.customer(state.customer_id, Viewer.system(cast.desk.id))


def test_writes_by_keyboard_and_still_sees_it_after_a_reload(
    windows: Windows, desk: Served, shop: str
) -> None:
    page = windows.stranger()
    open_chat(page, shop)
    expect(page.locator(".log")).to_contain_text("Tell us what happened")
    write(page, "My armchair came with three legs.")
    expect(page.locator(".log .mine:not([data-pending])")).to_have_count(1)
    write(page, "And the fourth is nowhere.")
    expect(page.locator(".log .mine:not([data-pending])")).to_have_count(2)
    assert stored(desk) == [["My armchair came with three legs.", "And the fourth is nowhere."]]

    page.reload()
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page.locator(".log .mine")).to_have_count(2)
    assert [text.strip() for text in said(page)] == [
        "My armchair came with three legs.",
        "And the fourth is nowhere.",
    ]

    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.locator(".launch")).to_be_focused()


def test_a_visitor_who_does_not_open_the_chat_is_left_alone(
    windows: Windows, desk: Served, shop: str
) -> None:
    page = windows.stranger()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(shop)
    expect(page.locator(".launch")).to_be_visible()
    page.wait_for_timeout(300)
    assert [url for url in asked if "/widget/" in url] == []


def test_two_messages_written_offline_arrive_once_and_in_order(
    windows: Windows, desk: Served, shop: str
) -> None:
    windows.line_may_fail = True
    page = windows.stranger()
    open_chat(page, shop)
    write(page, "Is anybody there?")
    expect(page.locator(".log .mine:not([data-pending])")).to_have_count(1)

    page.context.set_offline(True)
    write(page, "First while the line is down")
    write(page, "Second while the line is down")
    expect(page.locator(".log [data-pending]")).to_have_count(2)
    expect(page.locator(".status")).to_contain_text("kept and sent")
    assert stored(desk) == [["Is anybody there?"]]

    page.context.set_offline(False)
    expect(page.locator(".log [data-pending]")).to_have_count(0)
    expect(page.locator(".log .mine")).to_have_count(3)
    wanted = ["Is anybody there?", "First while the line is down", "Second while the line is down"]
    assert stored(desk) == [wanted]
    assert [text.strip() for text in said(page)] == wanted


def test_an_answer_appears_by_itself_and_on_the_button_while_closed(
    windows: Windows, desk: Served, shop: str
) -> None:
    page = windows.stranger()
    open_chat(page, shop)
    write(page, "Hello?")
    expect(page.locator(".log .mine:not([data-pending])")).to_have_count(1)
    conversation_id, _ = customer_of(desk)
    state = desk.cast.state(type("Known", (), {"id": conversation_id})())
    desk.cast.answers(desk.cast.bob, state, "I'm here, and I'm reading.")
    desk.web.hub.wake()
    expect(page.locator(".log .theirs").last).to_contain_text("I'm here, and I'm reading.")

    page.keyboard.press("Escape")
    desk.cast.answers(desk.cast.bob, state, "The fourth leg is on its way.")
    desk.web.hub.wake()
    expect(page.locator(".launch .new")).to_contain_text("1")
    page.reload()
    expect(page.locator(".launch .new")).to_contain_text("1")


def test_on_a_phone_it_fills_the_screen(windows: Windows, shop: str) -> None:
    page = windows.stranger(**PHONE)
    page.goto(shop)
    page.locator(".launch").tap()
    box: Any = page.get_by_role("dialog").bounding_box()
    assert (box["x"], box["y"], box["width"]) == (0, 0, 390)
    page.get_by_label("Your message").fill("Written with a thumb")
    page.get_by_role("button", name="Send").tap()
    expect(page.locator(".log .mine:not([data-pending])")).to_contain_text("Written with a thumb")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_markup_in_a_message_stays_text(windows: Windows, desk: Served, shop: str) -> None:
    page = windows.stranger()
    open_chat(page, shop)
    write(page, "<img src=x onerror=alert(1)><b>bold</b>")
    expect(page.locator(".log .mine:not([data-pending])")).to_contain_text("<b>bold</b>")
    conversation_id, _ = customer_of(desk)
    agent = windows.of(desk.cast.bob, f"/c/{conversation_id}")
    expect(agent.locator(".entry.customer .words")).to_contain_text("<b>bold</b>")
    assert agent.locator(".entry.customer img").count() == 0


def test_the_survey_is_asked_on_closing_and_its_answer_reaches_the_agent(
    windows: Windows, desk: Served, shop: str
) -> None:
    page = windows.stranger()
    open_chat(page, shop)
    write(page, "Thank you, that was quick.")
    expect(page.locator(".log .mine:not([data-pending])")).to_have_count(1)
    conversation_id, _ = customer_of(desk)
    agent = windows.of(desk.cast.bob, f"/c/{conversation_id}")
    agent.get_by_text("More", exact=True).click()
    agent.get_by_role("button", name="Close and ask how it went").click()
    expect(agent.locator("#closed-note")).to_be_visible()
    expect(agent.locator("#composer")).to_be_hidden()

    expect(page.get_by_text("How did we do?")).to_be_visible()
    expect(page.locator(".log .closed")).to_be_visible()
    page.get_by_label("Well", exact=True).check()
    page.get_by_label("Anything you would like").fill("Sam was kind.")
    page.get_by_role("button", name="Send answer").click()
    expect(page.get_by_text("Your answer goes to the people who can act on it")).to_be_visible()

    expect(agent.locator(".survey_answered")).to_contain_text("4 of 5")
    expect(agent.locator(".survey_answered")).to_contain_text("Sam was kind.")


def test_a_message_after_closing_opens_the_conversation_again(
    windows: Windows, desk: Served, shop: str
) -> None:
    page = windows.stranger()
    open_chat(page, shop)
    write(page, "It works now.")
    expect(page.locator(".log .mine:not([data-pending])")).to_have_count(1)
    conversation_id, _ = customer_of(desk)
    agent = windows.of(desk.cast.bob, f"/c/{conversation_id}")
    quietly = CloseConversation(Viewer.staff(desk.cast.bob), conversation_id, ask=False)
    close_conversation(quietly, desk.cast.parts.services)
    desk.web.hub.wake()
    expect(agent.locator("#closed-note")).to_be_visible()
    page.reload()
    expect(page.locator(".log .closed")).to_contain_text("This conversation is closed")
    page.get_by_label("Your message").fill("No, it broke again.")
    page.keyboard.press("Enter")
    expect(page.locator(".log .closed")).to_have_count(0)
    expect(agent.locator(".entry.customer").last).to_contain_text("broke again")
    expect(agent.locator("#closed-note")).to_be_hidden()
    expect(agent.locator("#composer")).to_be_visible()
