"""The ledger's pages: lists, feed, the customer's page, planning by page and program; each behind its door."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from calmdesk.web.ics import Appointment, calendar_of, escaped, folded
from calmdesk.web.pages.calendar import feed_address
from tests.web.conftest import House, house  # noqa: F401 - a fixture

__all__ = ["Iterator"]
AT = datetime(2026, 6, 3, 16, 0, tzinfo=UTC)


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def test_a_calendar_is_folded_escaped_and_in_utc() -> None:
    words = "Позвоню вам; скоро, \\ честно\nда " * 6
    text = calendar_of("Обещания", [Appointment("p@calmdesk", AT, AT, words)])
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    lines = unfolded(text)
    assert f"SUMMARY:{escaped(words)}" in lines
    assert "DTSTART:20260603T160000Z" in lines
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert escaped("a;b,c\\d\ne\x07") == "a\\;b\\,c\\\\d\\ne"
    assert folded("x" * 75) == "x" * 75


def test_lists_feed_and_the_customers_page(house: House) -> None:  # noqa: F811
    cast = house.cast
    conversation = cast.conversation(text="Call me about order 55120, please.")
    posted = cast.answers(cast.bob, conversation, "I'll call you by 5 pm today.")
    bob = house.browser(cast.bob)
    for which in ("today", "week", "open", "all"):
        assert "call you by 5 pm" in bob.get(f"/promises?which={which}").text
    assert "call you by 5 pm" not in bob.get("/promises?which=overdue").text
    path = feed_address(house.web, cast.bob).removeprefix(house.web.address)
    answer = house.browser().get(path)
    assert answer.status_code == 200
    assert "DTSTART:20260603T160000Z" in unfolded(answer.text)
    assert house.browser().get(path.replace("/calendar/", "/calendar/x")).status_code == 404
    mine = f"/my/{house.web.tokens.give(cast.desk.id, cast.dana.id)}"
    assert "call you by 5 pm" in house.browser().get(mine).text
    others = f"/my/{house.web.tokens.give(cast.desk.id, cast.erin.id)}"
    assert "call you by 5 pm" not in house.browser().get(others).text
    assert house.browser().get("/my/nonsense").status_code == 404
    cast.clock.forward(hours=6)
    page = bob.get(f"/promises/{posted.promise_ids[0]}").text
    assert "I promised to call you by 17:00 today" in page
    assert "I promised to call you by 17:00 today" in bob.get(f"/c/{conversation.id}").text
    handed = bob.post(f"/promises/{posted.promise_ids[0]}/owner", {"owner": cast.alice.id})
    assert handed.status_code == 303
    assert house.browser(cast.charlie).get(f"/promises/{posted.promise_ids[0]}").status_code == 404


def test_planning_by_page_and_by_program(house: House) -> None:  # noqa: F811
    cast = house.cast
    conversation = cast.conversation(text="Hello?")
    bob = house.browser(cast.bob)
    fields = {
        "conversation": conversation.id,
        "kind": "remind",
        "at": "2026-06-04T09:30",
        "text": "Ring Dana",
    }
    assert bob.post("/schedule", fields).status_code == 303
    assert "Ring Dana" in bob.get(f"/schedule?c={conversation.id}").text
    at = (cast.clock() + timedelta(days=1)).isoformat()
    plan = {"conversation": conversation.id, "kind": "message", "at": at, "text": "Good day", "key": "k" * 12}
    headers = {"x-csrftoken": bob.client.cookies.get("calmdesk_form", "")}
    answers = [bob.client.post("/api/schedule", json=plan, headers=headers).json() for _ in range(2)]
    assert answers[0] == answers[1]
    listed = bob.client.get("/api/schedule").json()["scheduled"]
    assert [row["kind"] for row in listed] == ["remind", "message"]
    assert listed[0]["at"] == "2026-06-04T08:30:00+00:00"
    gone = bob.client.post(f"/api/schedule/{answers[0]['id']}/cancel", headers=headers)
    assert gone.json() == {"id": answers[0]["id"], "cancelled": True}
    naive = bob.client.post("/api/schedule", json={**plan, "at": "2026-06-04T09:30"}, headers=headers)
    assert naive.status_code == 400
    stranger = house.browser(cast.charlie)
    assert "Ring Dana" not in stranger.get("/schedule").text
    assert stranger.get(f"/schedule?c={conversation.id}").status_code == 404
    assert (
        house.browser().client.get("/api/schedule", headers={"accept": "application/json"}).status_code == 401
    )


@pytest.mark.parametrize("path", ["/promises", "/calendar", "/schedule"])
def test_pages_speak_russian(house: House, path: str) -> None:  # noqa: F811
    page = house.browser(house.cast.ann).get(path)
    assert page.status_code == 200
    assert 'lang="ru"' in page.text
