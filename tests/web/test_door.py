"""Each object is reached through one door that asks who may see it; a stranger sees nothing."""

from __future__ import annotations

import pytest

from calmdesk.desk.vocabulary import PromiseState
from tests.web.conftest import House

WORDS = "My parcel 48213 is three weeks late!! I am furious, you are useless idiots!"


@pytest.fixture
def secret(house: House) -> str:
    """A conversation of Dana's with a promise; its id."""
    conversation = house.cast.conversation(text=WORDS)
    house.cast.answers(house.cast.bob, conversation, "I'll call you by 5 pm today with news of parcel 48213.")
    return conversation.id


PLACES = ("/c/{id}", "/c/{id}/record", "/c/{id}/coach", "/c/{id}/entries?before=9")


@pytest.mark.parametrize("place", PLACES)
def test_the_desk_sees_it_and_another_desk_does_not(house: House, secret: str, place: str) -> None:
    path = place.format(id=secret)
    for person in (house.cast.alice, house.cast.bob, house.cast.ann):
        assert house.browser(person).get(path).status_code == 200
    stranger = house.browser(house.cast.charlie).get(path)
    assert stranger.status_code == 404
    assert "48213" not in stranger.text
    nobody = house.browser().get(path)
    assert nobody.status_code == 303
    assert nobody.headers["location"].startswith("/sign-in")


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("messages", {"text": "Hello from the wrong desk"}),
        ("draft", {"text": "Hello"}),
        ("owner", {"owner": "me"}),
        ("notes", {"text": "note"}),
        ("close", {"ask": "1"}),
        ("reopen", {}),
        ("record", {"version": "-1", "part": "result", "text": "x", "cites": ""}),
    ],
)
def test_another_desk_can_do_nothing(house: House, secret: str, path: str, fields: dict[str, str]) -> None:
    before = house.cast.parts.services.readers
    with before() as work:
        from calmdesk.desk.people import Viewer

        state = work.conversations.get(secret, Viewer.system())
    answer = house.browser(house.cast.charlie).post(f"/c/{secret}/{path}", fields)
    assert answer.status_code == 404
    assert house.cast.state(state) == state


def test_a_promise_has_the_same_door(house: House, secret: str) -> None:
    promise = house.cast.state(house.cast.conversation(house.cast.erin)).promises
    assert promise == ()
    from calmdesk.desk.people import Viewer
    from calmdesk.desk.ports import PromiseFilter

    with house.cast.parts.services.readers() as work:
        made = work.promises.listing(Viewer.system(), PromiseFilter(conversation_id=secret))[0]
    assert house.browser(house.cast.bob).get(f"/promises/{made.id}").status_code == 200
    stranger = house.browser(house.cast.charlie)
    assert stranger.get(f"/promises/{made.id}").status_code == 404
    assert stranger.post(f"/promises/{made.id}", {"to": "kept"}).status_code == 404
    with house.cast.parts.services.readers() as work:
        assert work.promises.get(made.id, Viewer.system()).state is PromiseState.MADE


def test_lists_show_only_the_own_desk(house: House, secret: str) -> None:
    for path in ("/", "/promises?whose=desk", "/floor"):
        assert "48213" in house.browser(house.cast.alice).get(path).text
        assert "48213" not in house.browser(house.cast.charlie).get(path).text


def test_the_live_stream_refuses_a_foreign_conversation(house: House, secret: str) -> None:
    answer = house.browser(house.cast.charlie).get(f"/live?c={secret}")
    assert answer.status_code == 404


def test_a_customer_sees_their_own_and_another_customer_nothing(house: House, secret: str) -> None:
    mine = house.widget(house.cast.dana).get("/widget/messages").json()
    assert next(entry["text"] for entry in mine["entries"] if entry["kind"] == "message") == WORDS
    theirs = house.widget(house.cast.erin).get("/widget/messages").json()
    assert theirs["entries"] == []


def test_a_customer_never_sees_readings_notes_or_ids_of_people(house: House, secret: str) -> None:
    house.browser(house.cast.alice).post(f"/c/{secret}/notes", {"text": "careful, she is upset"})
    text = house.widget(house.cast.dana).get("/widget/messages").text
    for hidden in ("careful", "reading", "heat", house.cast.bob.id, "promise_id"):
        assert hidden not in text


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "Bearer", "ё" * 10, "a" * 5000])
def test_a_wrong_token_opens_nothing(house: House, secret: str, token: str) -> None:
    browser = house.browser()
    headers = [(b"authorization", f"Bearer {token}".encode())]
    answer = browser.client.get("/widget/messages", headers=headers)
    assert answer.status_code == 401
    assert "48213" not in answer.text


def test_an_altered_token_opens_nothing(house: House, secret: str) -> None:
    token = house.web.tokens.give(house.cast.dana.desk_id, house.cast.dana.id)
    altered = ("A" if token[5] != "A" else "B").join([token[:5], token[6:]])
    answer = house.browser().client.get("/widget/messages", headers={"authorization": f"Bearer {altered}"})
    assert answer.status_code == 401


def test_an_old_token_opens_nothing(house: House, secret: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import itsdangerous.timed

    token = house.web.tokens.give(house.cast.dana.desk_id, house.cast.dana.id)
    later = 31 * 24 * 3600 + __import__("time").time()
    monkeypatch.setattr(itsdangerous.timed.time, "time", lambda: later)
    assert house.web.tokens.take(token) is None


@pytest.mark.parametrize("path", ["/floor", "/team"])
def test_roles_open_only_their_pages(house: House, path: str) -> None:
    cast = house.cast
    allowed = {"/floor": {cast.alice, cast.ann}, "/team": {cast.ann}}[path]
    for person in (cast.alice, cast.bob, cast.ann):
        assert house.browser(person).get(path).status_code == (200 if person in allowed else 403)


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/team/invite", {"role": "administrator"}),
        ("/team/desk", {"name": "Mine"}),
        ("/team/people/p-alice", {"role": "agent"}),
    ],
)
def test_an_agent_administers_nothing(house: House, path: str, fields: dict[str, str]) -> None:
    assert house.browser(house.cast.bob).post(path, fields).status_code == 403


def test_whoever_loses_a_role_loses_the_session(house: House) -> None:
    alice, ann = house.browser(house.cast.alice), house.browser(house.cast.ann)
    assert alice.get("/floor").status_code == 200
    assert ann.post(f"/team/people/{house.cast.alice.id}", {"role": "agent"}).status_code == 303
    assert alice.get("/floor").status_code == 303


def test_forms_need_their_token(house: House, secret: str) -> None:
    browser = house.browser(house.cast.bob)
    answer = browser.post(f"/c/{secret}/close", {"ask": "1"}, headers={"x-csrftoken": "forged"})
    assert answer.status_code == 403


def test_pages_name_no_way_to_other_sites(house: House) -> None:
    browser = house.browser()
    browser.get("/sign-in")
    answer = browser.post(
        "/sign-in",
        {"email": house.cast.bob.email, "password": "a long enough password", "next": "//evil.example"},
    )
    assert answer.headers["location"] == "/"
