"""One way through in Russian: customer, agent, promise, record; no English word of the interface is left."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from calmdesk.actions.manage_people import ChangePerson, change_person
from calmdesk.desk.people import Viewer
from calmdesk.desk.ports import InboxFilter
from calmdesk.desk.vocabulary import Lang
from tests.pages.conftest import Windows
from tests.pages.desk import Served


def test_the_way_through_in_russian(windows: Windows, desk: Served, shop: str) -> None:
    cast = desk.cast
    change_person(
        ChangePerson(Viewer.staff(cast.bob), cast.bob.id, name="Борис", lang=Lang.RU), cast.parts.services
    )
    customer = windows.stranger(locale="ru-RU")
    customer.goto(shop)
    customer.get_by_role("button", name="Написать нам").click()
    expect(customer.locator(".log")).to_contain_text("Расскажите, что случилось")
    angry = "Где мой заказ FW-771? Вторая неделя пошла, это безобразие, верните деньги!!"
    customer.get_by_label("Ваше сообщение").fill(angry)
    customer.get_by_role("button", name="Отправить").click()
    expect(customer.locator(".log .mine:not([data-pending])")).to_have_count(1)

    agent = windows.of(cast.bob, locale="ru-RU")
    expect(agent.get_by_role("link", name="Входящие")).to_be_visible()
    line = agent.locator("#lines .line")
    expect(line).to_contain_text("ждёт")
    expect(line.locator(".heat")).to_have_text(re.compile("гневно|яростно"))
    line.locator("a").click()
    expect(agent.locator("#coach")).to_contain_text("С чего начать")
    opening = agent.locator("#coach .opening p").first.inner_text()
    assert re.search("[а-я]", opening)
    assert agent.locator(".tags").first.inner_text().find("деньги") >= 0

    agent.locator("#draft").fill("Успокойтесь, надо было раньше проверить заказ.")
    expect(agent.locator(".finding")).not_to_have_count(0)
    expect(agent.locator("#draft-state")).to_contain_text("Слова, от которых станет хуже")
    agent.locator("#draft").fill("Простите нас за это. Позвоню вам сегодня до 17:00.")
    expect(agent.locator(".promised")).to_contain_text("Вы обещаете: звонок, 17:00")
    agent.get_by_role("button", name="Отправить").click()
    expect(agent.locator(".entry.promise_made")).to_contain_text("срок: 17:00")
    expect(customer.locator(".log .theirs").last).to_contain_text("Позвоню вам сегодня")

    with cast.parts.services.readers() as work:
        conversation = work.conversations.inbox(Viewer.staff(cast.bob), InboxFilter(), limit=5)[
            0
        ].conversation_id
    for path in ("/promises", f"/c/{conversation}/record", "/me", f"/c/{conversation}", "/"):
        agent.goto(desk.url + path)
        words = set(re.findall(r"[A-Za-z]{3,}", agent.locator("main").inner_text()))
        allowed = {"Ctrl", "Enter", "Alt", "Shift", "Calmdesk", "STAR", "Markdown", "PDF",
                   "Leadership", "Tools", "com", "Messenger",
                   "Bot", "English", "Fernway"}  # fmt: skip
        assert words <= allowed, f"{path}: {sorted(words - allowed)}"
