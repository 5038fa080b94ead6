"""Bad input and faults: each gets a clear answer; nothing is lost, doubled or shown to the wrong person."""

from __future__ import annotations

import json

import pytest
from markupsafe import escape

from calmdesk.desk.conversation import Conversation
from calmdesk.desk.events import MessagePosted
from calmdesk.desk.people import Viewer
from tests.web.conftest import House

KEY = "key-00000001"


def messages(house: House, conversation: Conversation) -> list[str]:
    with house.cast.parts.services.readers() as work:
        entries = work.conversations.timeline(conversation.id, Viewer.system(), limit=500)
    return [entry.event.text for entry in entries if isinstance(entry.event, MessagePosted)]


@pytest.mark.parametrize("text", ["", "   ", "\x00\x01", "\n\n"])
def test_empty_words_are_refused_and_said(house: House, text: str) -> None:
    conversation = house.cast.conversation(text="Hello, where is my order?")
    agent = house.browser(house.cast.bob).post(
        f"/c/{conversation.id}/messages", {"text": text}, headers={"accept": "application/json"}
    )
    assert agent.status_code == 422
    assert agent.json()["error"]["code"] == "bad_input"
    customer = house.widget(house.cast.dana).client.post(
        "/widget/messages", json={"text": text, "key": KEY}, headers=house.widget(house.cast.dana).headers
    )
    assert customer.status_code == 422
    assert len(messages(house, conversation)) == 1


def test_a_megabyte_is_refused_before_it_is_read(house: House) -> None:
    dana = house.widget(house.cast.dana)
    answer = dana.client.post(
        "/widget/messages", json={"text": "x" * 1_000_000, "key": KEY}, headers=dana.headers
    )
    assert answer.status_code == 413
    assert "parts" in answer.json()["error"]["message"]


def test_a_long_message_is_never_cut_in_silence(house: House) -> None:
    dana = house.widget(house.cast.dana)
    answer = dana.client.post(
        "/widget/messages", json={"text": "x" * 20_001, "key": KEY}, headers=dana.headers
    )
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b'"text"',
        b'{"text": 1}',
        b'{"text": "a", "key": "12345678", "more": 1}',
    ],
)
def test_broken_json_is_a_clear_answer(house: House, body: bytes) -> None:
    dana = house.widget(house.cast.dana)
    answer = dana.client.post(
        "/widget/messages", content=body, headers={**dana.headers, "content-type": "application/json"}
    )
    assert answer.status_code == 400
    assert answer.json()["error"]["message"]


def test_a_thousand_emojis_arrive_whole(house: House) -> None:
    dana = house.widget(house.cast.dana)
    text = "😡🤬👨‍👩‍👧" * 333
    assert (
        dana.client.post(
            "/widget/messages", json={"text": text, "key": KEY}, headers=dana.headers
        ).status_code
        == 200
    )
    entries = dana.get("/widget/messages").json()["entries"]
    assert entries[-1]["text"] == text


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }} said", "</textarea><b>x"],
)
def test_markup_is_shown_as_written_and_never_runs(house: House, text: str) -> None:
    conversation = house.cast.conversation(text=f"{text} hello")
    house.browser(house.cast.bob).post(f"/c/{conversation.id}/notes", {"text": text})
    for path in ("/", f"/c/{conversation.id}"):
        page = house.browser(house.cast.bob).get(path).text
        assert f"{escape(text)} hello" in page
        assert f"{text} hello" not in page or text == str(escape(text))


def test_markup_in_a_name_is_escaped(house: House) -> None:
    hello = house.browser().client.post(
        "/widget/hello", json={"desk": house.cast.desk.id, "name": "<b>Mallory</b>", "email": "m@example.org"}
    )
    token = {"authorization": f"Bearer {hello.json()['token']}"}
    house.browser().client.post("/widget/messages", json={"text": "hello there", "key": KEY}, headers=token)
    page = house.browser(house.cast.bob).get("/").text
    assert "&lt;b&gt;Mallory" in page
    assert "<b>Mallory" not in page


def test_the_same_message_twice_is_one_message(house: House) -> None:
    dana = house.widget(house.cast.dana)
    sent = [
        dana.client.post(
            "/widget/messages", json={"text": "Where is it?", "key": KEY}, headers=dana.headers
        ).json()
        for _ in range(3)
    ]
    assert [one["repeated"] for one in sent] == [False, True, True]
    assert len({one["message_id"] for one in sent}) == 1
    assert len([e for e in dana.get("/widget/messages").json()["entries"] if e["kind"] == "message"]) == 1


def test_an_agents_message_twice_makes_one_promise(house: House) -> None:
    conversation = house.cast.conversation(text="Call me about my order please")
    bob = house.browser(house.cast.bob)
    fields = {"text": "I'll call you by 5 pm today.", "key": KEY}
    first, second = (bob.post(f"/c/{conversation.id}/messages", fields).json() for _ in range(2))
    assert len(first["promises"]) == 1
    assert second["repeated"]
    assert len(house.cast.state(conversation).promises) == 1


def test_a_closed_conversation_takes_the_customers_words_and_refuses_the_agents(house: House) -> None:
    conversation = house.cast.conversation(text="My kettle leaks.")
    bob = house.browser(house.cast.bob)
    assert bob.post(f"/c/{conversation.id}/close", {"ask": "1"}).status_code == 303
    refused = bob.post(
        f"/c/{conversation.id}/messages", {"text": "Hello?"}, headers={"accept": "application/json"}
    )
    assert refused.status_code == 409
    assert refused.json()["error"]["code"] == "conversation_closed"
    house.cast.says(house.cast.dana, conversation, "It leaks again!")
    assert bob.post(f"/c/{conversation.id}/messages", {"text": "I'm on it."}).status_code == 200


def test_a_stale_draft_is_told_and_not_sent(house: House) -> None:
    conversation = house.cast.conversation(text="My kettle leaks.")
    seen = house.cast.state(conversation).seq - 1
    house.cast.answers(house.cast.alice, conversation, "I'm sorry about the kettle. A new one leaves today.")
    bob = house.browser(house.cast.bob)
    fields = {"text": "What kettle?", "seen": str(seen)}
    refused = bob.post(f"/c/{conversation.id}/messages", fields, headers={"accept": "application/json"})
    assert refused.status_code == 409
    assert refused.json()["error"]["code"] == "stale_draft"
    assert len(messages(house, conversation)) == 2
    again = bob.post(
        f"/c/{conversation.id}/messages", {**fields, "seen": str(house.cast.state(conversation).seq)}
    )
    assert again.status_code == 200


def test_a_clock_that_jumps_back_loses_nothing(house: House) -> None:
    conversation = house.cast.conversation(text="First.")
    house.cast.clock.forward(hours=-5)
    house.cast.says(house.cast.dana, conversation, "Second, after the clock jumped.")
    house.cast.clock.forward(days=400)
    house.cast.says(house.cast.dana, conversation, "Third, a year later.")
    assert messages(house, conversation) == [
        "First.",
        "Second, after the clock jumped.",
        "Third, a year later.",
    ]
    assert house.browser(house.cast.bob).get(f"/c/{conversation.id}").status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/c/none", "/c/%00", "/c/" + "x" * 300, "/promises/none", "/nothing", "/static/../x", "/welcome/none"],
)
def test_pages_that_are_not_there_say_so(house: House, path: str) -> None:
    answer = house.browser(house.cast.bob).get(path)
    assert answer.status_code in (400, 404)
    assert "Traceback" not in answer.text


def test_errors_speak_the_readers_language(house: House) -> None:
    assert "Возможно" in house.browser(house.cast.ann).get("/c/none").text
    assert "It may never have existed" in house.browser(house.cast.bob).get("/c/none").text


def test_every_error_has_words_in_both_languages(house: House) -> None:
    from calmdesk.desk.errors import DeskError

    def codes(kind: type[DeskError]) -> set[str]:
        return {kind.code}.union(*(codes(one) for one in kind.__subclasses__()))

    import calmdesk.actions.manage_people
    import calmdesk.actions.post_message
    import calmdesk.desk.promise  # noqa: F401

    for texts in house.web.renderer.texts.values():
        assert [code for code in sorted(codes(DeskError)) if not texts.has(f"errors.{code}")] == []


def test_answers_are_json_for_scripts(house: House) -> None:
    answer = house.browser().client.get("/widget/messages")
    assert json.loads(answer.text)["error"]["code"] == "not_signed_in"
