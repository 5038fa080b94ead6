"""The agent: who waits, what is meant, what to do next; the draft and the promise."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from calmdesk.actions.manage_people import ChangePerson, change_person
from calmdesk.desk.people import Viewer
from tests.pages.conftest import Windows
from tests.pages.desk import Served

Talk = Callable[..., str]
ANGRY = "Where is my parcel?! I have been waiting for two weeks, this is outrageous, I want my money back!!"
INSULT = "You are all useless idiots over there!"
#: Measures, in the browser's own time, from a key to the findings being shown. (Its clock stands still in tests.)
STOPWATCH = """() => {
    const now = () => document.timeline.currentTime;
    document.getElementById("draft").addEventListener("input", () => { window.began = now(); }, { once: true });
    new MutationObserver(() => requestAnimationFrame(() => { window.took ??= now() - window.began; }))
        .observe(document.getElementById("draft-findings"), { childList: true });
}"""
THREAT = "I know where you work. I will come and break your legs."


def names(page: Page) -> list[str]:
    return page.locator("#lines .line-name").all_inner_texts()


def draft(page: Page, text: str) -> None:
    page.locator("#draft").fill(text)


def findings(page: Page) -> list[str]:
    return page.locator(".finding").all_inner_texts()


def test_the_inbox_fills_by_itself_hottest_first(windows: Windows, desk: Served, talk: Talk) -> None:
    page = windows.of(desk.cast.bob)
    expect(page.get_by_text("Nobody is waiting")).to_be_visible()
    talk("Hello, is the lamp in stock?", customer=desk.cast.erin)
    expect(page.locator("#lines .line")).to_have_count(1)
    expect(page.get_by_text("Nobody is waiting")).to_be_hidden()
    talk(ANGRY)
    expect(page.locator("#lines .line")).to_have_count(2)
    expect(page.locator("#lines .line").first).to_contain_text("Dana")
    first = page.locator("#lines .line").first
    expect(first.locator(".heat")).to_have_text(re.compile("angry|furious"))
    expect(first.locator(".waits")).to_contain_text("waiting")


def test_the_list_does_not_jump_under_the_pointer(windows: Windows, desk: Served, talk: Talk) -> None:
    talk("Hello, is the lamp in stock?", customer=desk.cast.erin)
    page = windows.of(desk.cast.bob)
    page.locator("#lines .line").first.hover()
    talk(ANGRY)
    expect(page.locator("#lines .line")).to_have_count(2)
    assert names(page) == ["Erin", "Dana"], "it jumped under the pointer"
    expect(page.get_by_role("button", name="The list has changed")).to_be_visible()
    page.mouse.move(1, 1)
    expect(page.locator("#lines .line").first).to_contain_text("Dana")
    expect(page.get_by_role("button", name="The list has changed")).to_have_count(0)


def test_the_conversation_says_what_is_meant_and_why(windows: Windows, desk: Served, talk: Talk) -> None:
    conversation = talk("My order FW-90210 has not come.", ANGRY)
    page = windows.of(desk.cast.bob, f"/c/{conversation}")
    last = page.locator(".entry.customer").last
    expect(last.locator("header .heat")).to_have_text(re.compile("angry|furious"))
    expect(last.locator(".tags")).to_contain_text("wants money back")

    mark = last.locator("mark.heat").first
    mark.hover()
    expect(page.get_by_role("tooltip")).to_be_visible()
    why = mark.get_attribute("data-why")
    assert why
    expect(page.get_by_role("tooltip")).to_contain_text(why)
    page.mouse.move(1, 1)
    expect(page.get_by_role("tooltip")).to_have_count(0)
    mark.focus()
    expect(page.get_by_role("tooltip")).to_contain_text(why)
    page.keyboard.press("Escape")
    expect(page.get_by_role("tooltip")).to_have_count(0)

    coach = page.locator("#coach")
    expect(coach.locator(".curve svg[role=img]")).to_have_attribute("aria-label", re.compile(r"\d+, \d+"))
    assert coach.locator(".track li").count() == 11
    expect(coach.locator(".track .due")).not_to_have_count(0)
    expect(coach.locator(".facts")).to_contain_text("FW-90210")
    assert 2 <= coach.locator(".opening").count() <= 4
    expect(coach.locator(".opening small").first).not_to_be_empty()


def test_a_new_message_appears_with_new_advice(windows: Windows, desk: Served, talk: Talk) -> None:
    conversation = talk("My order has not come.")
    page = windows.of(desk.cast.bob, f"/c/{conversation}")
    before = page.locator("#coach-now").inner_text()
    page.locator("#draft").focus()
    desk.cast.says(desk.cast.dana, desk.cast.state(type("Known", (), {"id": conversation})()), INSULT)
    desk.web.hub.wake()
    expect(page.locator(".entry.customer").last).to_contain_text("useless idiots")
    expect(page.locator(".entry.customer").last.locator(".tag.grave")).to_contain_text("insult")
    expect(page.locator("#coach-now")).not_to_have_text(before)
    expect(page.locator("#head .heat")).to_have_text(re.compile("angry|furious"))
    expect(page.locator("#heard")).to_contain_text("useless idiots")
    expect(page.locator("#draft")).to_be_focused()


@pytest.mark.parametrize("how", ["click", "key"])
def test_an_opening_is_taken_over_into_the_draft(
    windows: Windows, desk: Served, talk: Talk, how: str
) -> None:
    page = windows.of(desk.cast.bob, f"/c/{talk(ANGRY)}")
    opening = page.locator("#coach .opening p").first.inner_text()
    if how == "click":
        page.locator("#coach .take").first.click()
    else:
        page.keyboard.press("Alt+Digit1")
    expect(page.locator("#draft")).to_have_value(f"{opening} ")
    expect(page.locator("#draft")).to_be_focused()
    page.keyboard.type("Best, Bob")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".entry.agent").last).to_contain_text(f"{opening} Best, Bob")
    expect(page.locator("#draft")).to_have_value("")


def test_two_findings_while_typing_and_the_better_wording_keeps_the_rest(
    windows: Windows, desk: Served, talk: Talk
) -> None:
    page = windows.of(desk.cast.bob, f"/c/{talk(ANGRY)}")
    box = page.locator("#draft")
    box.focus()
    page.keyboard.type("Order FW-90210. Calm down, you should have checked the trackin")
    expect(page.locator(".finding")).not_to_have_count(0)
    page.evaluate(STOPWATCH)
    page.keyboard.type("g")
    expect(page.locator(".finding", has_text="the tracking")).to_have_count(1)
    print(f"\nfindings {page.evaluate('window.took'):.0f} ms after the last key")
    expect(page.locator(".finding")).to_have_count(2)
    assert page.locator("#draft-marks mark").all_inner_texts()[0].lower() == "calm down"

    first = page.locator(".finding").nth(0).locator("button").first
    offered = first.inner_text().split("Alt")[0].strip()
    first.click()
    expect(page.locator(".finding")).to_have_count(1)
    after = box.input_value()
    assert after.startswith("Order FW-90210. ")
    assert offered.lower() in after.lower()
    assert after.endswith("you should have checked the tracking")

    page.keyboard.press("Alt+Shift+Digit1")
    expect(page.locator(".finding")).to_have_count(0)
    assert "should have" not in box.input_value()
    assert box.input_value().startswith("Order FW-90210. ")
    page.keyboard.press("Control+z")
    expect(box).to_have_value(after)


def test_grave_words_ask_once_and_then_go(windows: Windows, desk: Served, talk: Talk) -> None:
    page = windows.of(desk.cast.bob, f"/c/{talk(ANGRY)}")
    draft(page, "You are a liar and a fool. Calm down.")
    expect(page.locator(".finding.grave")).not_to_have_count(0)
    page.locator("#send").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_role("button", name="Keep editing").click()
    expect(page.locator("#draft")).to_be_focused()
    expect(page.locator(".entry.agent")).to_have_count(0)
    page.locator("#send").click()
    page.get_by_role("button", name="Send as it is").click()
    expect(page.locator(".entry.agent")).to_have_count(1)


def test_a_promise_shows_before_sending_and_is_listed_after(
    windows: Windows, desk: Served, talk: Talk
) -> None:
    page = windows.of(desk.cast.bob, f"/c/{talk('When will somebody call me?')}")
    draft(page, "I'll call you by 5 pm today.")
    expect(page.locator(".promised")).to_contain_text("call, 17:00")
    expect(page.locator("#draft-marks mark.promise")).to_contain_text("call you by 5 pm today")
    page.locator("#send").click()
    expect(page.locator(".entry.promise_made")).to_contain_text("by 17:00")
    expect(page.locator("#coach .mini-promises")).to_contain_text("17:00")

    page.get_by_role("link", name="Promises", exact=True).click()
    row = page.locator("tbody tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("17:00")
    expect(row).to_contain_text("Dana")
    row.locator("q").click()
    page.get_by_label("Kept").check()
    page.get_by_label("Why").fill("Called at ten to five.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Nothing is owed")).to_be_visible()
    page.get_by_role("link", name="All", exact=True).click()
    expect(page.locator("tbody tr")).to_contain_text("kept")


def test_an_overdue_promise_reaches_the_supervisors_page(windows: Windows, desk: Served, talk: Talk) -> None:
    cast = desk.cast
    conversation = type("Known", (), {"id": talk("When will somebody call me?")})()
    cast.answers(cast.bob, cast.state(conversation), "I'll call you by 5 pm today.")
    lead = windows.of(cast.alice, "/floor")
    expect(lead.get_by_text("Nothing is overdue")).to_be_visible()
    cast.clock.forward(hours=6)
    desk.keeper.round()
    desk.web.hub.wake()
    expect(lead.locator(".notice.urgent")).to_contain_text("overdue")
    expect(lead.locator("tr.overdue")).to_contain_text("call you by 5 pm today")


def test_an_insult_moves_the_ladder_and_gives_words(windows: Windows, desk: Served, talk: Talk) -> None:
    cast = desk.cast
    conversation = talk(INSULT)
    page = windows.of(cast.bob, f"/c/{conversation}")
    rung = page.locator(".ladder .here")
    expect(rung).to_have_text("Let it pass")
    expect(page.locator(".opening")).not_to_have_count(0)
    page.locator("#draft").focus()
    known = type("Known", (), {"id": conversation})()
    cast.answers(cast.bob, cast.state(known), "Let me look at your order right now.")
    cast.says(cast.dana, cast.state(known), INSULT)
    desk.web.hub.wake()
    expect(rung).to_have_text("Lead back")
    expect(page.locator(".opening p").first).not_to_be_empty()


def test_a_threat_reaches_the_supervisor_at_once(windows: Windows, desk: Served, talk: Talk) -> None:
    lead = windows.of(desk.cast.alice, "/floor")
    agent = windows.of(desk.cast.bob)
    conversation = talk(THREAT)
    notice = lead.locator(".notice.urgent")
    expect(notice).to_contain_text("threat")
    expect(lead.locator(".line.safety")).to_have_count(1)
    expect(agent.locator(".line.safety .tag.grave")).to_have_text("Threat")
    assert agent.locator(".notice").count() == 0
    notice.get_by_role("link").click()
    lead.wait_for_url(f"{desk.url}/c/{conversation}")
    expect(lead.locator(".now.danger")).to_contain_text("Safety first")


def test_the_record_is_drafted_edited_and_signed(windows: Windows, desk: Served, talk: Talk) -> None:
    cast = desk.cast
    conversation = talk("My order FW-90210 has not come.", ANGRY)
    known = type("Known", (), {"id": conversation})()
    cast.answers(cast.bob, cast.state(known), "I'm sorry. I'll send a new parcel today.")
    cast.says(cast.dana, cast.state(known), "Thank you, that works for me.")
    page = windows.of(cast.bob, f"/c/{conversation}/record")
    assert page.locator(".record-line .cites a").count() >= 3
    for part in ("Situation", "Task", "Action", "Result"):
        empty = page.get_by_placeholder("Add a line").nth(
            ["Situation", "Task", "Action", "Result"].index(part)
        )
        empty.fill(f"{part}, in Bob's own words.")
    page.get_by_label("The customer confirmed the result").check()
    page.get_by_role("button", name="Sign off").click()
    expect(page.get_by_text("Signed off by Bob")).to_be_visible()
    expect(page.locator("textarea", has_text="Situation, in Bob's own words.")).to_have_count(1)
    page.locator(".cites a").first.click()
    expect(page.locator(".entry.record_signed")).to_contain_text("Record signed off")


def test_take_hand_over_and_whisper(windows: Windows, desk: Served, talk: Talk) -> None:
    conversation = talk(ANGRY)
    page = windows.of(desk.cast.bob, f"/c/{conversation}")
    expect(page.locator("#head .owner")).to_contain_text("Nobody has it yet")
    page.get_by_role("button", name="Take it").click()
    expect(page.locator("#head .owner")).to_contain_text("Bob")
    expect(page.get_by_role("button", name="Take it")).to_be_hidden()

    lead = windows.of(desk.cast.alice, f"/c/{conversation}")
    lead.get_by_text("More", exact=True).click()
    lead.get_by_label("Note for colleagues").fill("Offer the courier, I'll sign it.")
    lead.get_by_label("Who gets it").select_option(label="Whisper to Bob")
    lead.get_by_role("button", name="Leave note").click()
    expect(page.locator(".notice")).to_contain_text("whispered")
    expect(page.locator(".entry.note")).to_contain_text("Offer the courier")

    page.get_by_text("More", exact=True).click()
    page.get_by_label("Hand over to").select_option(label="Alice")
    page.get_by_role("button", name="Hand over", exact=True).click()
    expect(page.locator("#head .owner")).to_contain_text("Alice")
    expect(lead.locator("#head .owner")).to_contain_text("Alice")


def test_a_stale_draft_is_kept_and_sent_on_the_second_try(windows: Windows, desk: Served, talk: Talk) -> None:
    cast = desk.cast
    conversation = talk(ANGRY)
    page = windows.of(cast.bob, f"/c/{conversation}")
    draft(page, "I'm looking into it now.")
    cast.answers(
        cast.alice, cast.state(type("Known", (), {"id": conversation})()), "Alice here, I have your parcel."
    )
    desk.web.hub.wake()
    expect(page.locator(".entry.agent")).to_have_count(1)
    windows.line_may_fail = True  # the browser logs the refusal
    page.locator("#send").click()
    expect(page.locator("#draft-state")).to_contain_text("A colleague has answered")
    expect(page.locator("#draft")).to_have_value("I'm looking into it now.")
    expect(page.locator(".entry.agent")).to_have_count(1)
    page.locator("#send").click()
    expect(page.locator(".entry.agent")).to_have_count(2)


def test_a_restart_of_the_desk_keeps_the_draft_and_the_stream(
    windows: Windows, desk: Served, talk: Talk
) -> None:
    windows.line_may_fail = True
    cast = desk.cast
    conversation = talk("Hello, is the lamp in stock?")
    page = windows.of(cast.bob, f"/c/{conversation}")
    draft(page, "Half a senten")
    expect(page.locator("#line-down")).to_be_hidden()
    desk.stop()
    expect(page.locator("#line-down")).to_be_visible()
    cast.says(cast.dana, cast.state(type("Known", (), {"id": conversation})()), "Said while you were away.")
    desk.start()
    expect(page.locator(".entry.customer").last).to_contain_text("Said while you were away.", timeout=10000)
    expect(page.locator("#line-down")).to_be_hidden()
    expect(page.locator("#draft")).to_have_value("Half a senten")
    page.reload()
    expect(page.locator("#draft")).to_have_value("Half a senten")


def test_with_masks_on_insults_are_covered_until_asked_for(
    windows: Windows, desk: Served, talk: Talk
) -> None:
    cast = desk.cast
    change_person(ChangePerson(Viewer.staff(cast.bob), cast.bob.id, masks=True), cast.parts.services)
    conversation = talk(INSULT)
    page = windows.of(cast.bob)
    expect(page.locator("#lines .line")).to_contain_text("Hard words hidden")
    assert "idiots" not in page.locator("#lines").inner_text()
    page.locator("#lines a").click()
    page.wait_for_url(f"{desk.url}/c/{conversation}")
    covered = page.locator(".words mark.covered").first
    blur = "element => getComputedStyle(element).filter"
    assert covered.evaluate(blur) != "none"
    page.locator(".why summary").click()
    assert page.locator(".why q.covered").first.evaluate(blur) != "none"
    covered.focus()
    assert covered.evaluate(blur) == "none"


def test_a_phone_shows_what_to_do_above_the_reply(windows: Windows, desk: Served, talk: Talk) -> None:
    page = windows.of(
        desk.cast.bob,
        f"/c/{talk(INSULT)}",
        viewport={"width": 390, "height": 844},
        has_touch=True,
        is_mobile=True,
    )
    expect(page.locator(".now-bar")).to_contain_text("Let it pass")
    expect(page.locator(".entry.customer").last).to_be_in_viewport()
    expect(page.locator("#draft")).to_be_in_viewport()
    page.locator(".now-bar").tap()
    expect(page.locator("#coach-now")).to_be_in_viewport()
    page.locator(".take").first.tap()
    expect(page.locator("#draft")).not_to_have_value("")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
