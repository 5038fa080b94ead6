"""The demo plays by itself, in both languages, and gives way to whoever takes over."""

from __future__ import annotations

import threading
import time

import pytest

from calmdesk.actions.change_owner import ChangeOwner, change_owner
from calmdesk.actions.post_message import PostMessage, post_message
from calmdesk.app.demo import PEOPLE, Player, prepare
from calmdesk.content.scene import Scene
from calmdesk.desk.people import Person, Viewer
from calmdesk.desk.ports import Desk
from calmdesk.desk.vocabulary import Lang
from calmdesk.web.context import Demo
from tests.cast import FixedClock, make_parts


@pytest.fixture
def player(tmp_path: object, clock: FixedClock) -> Player:
    parts = make_parts(tmp_path, clock)  # type: ignore[arg-type]
    demo = Demo()
    desk = prepare(parts, demo)
    assert prepare(parts, demo) == desk  # a second start makes nothing twice
    return Player(parts, demo, desk, lambda: None, pace=0.0)


@pytest.mark.parametrize("lang", list(Lang))
def test_a_scene_heats_up_and_cools_down_and_a_promise_is_made(player: Player, lang: Lang) -> None:
    for scene in player.parts.services.content.of(Scene, lang):
        state = player.play(scene, lang)
        assert state.turn_count == len(scene.lines)
        assert state.heat.peak >= 0.5
        assert state.turns[-1].heat.score < 0.5
        assert state.promises
        assert all(promise.due is not None for promise in state.promises)
        assert any(turn.abuse.of_person for turn in state.turns)


@pytest.mark.parametrize("lang", list(Lang))
def test_the_scripted_agent_passes_the_lint(player: Player, lang: Lang) -> None:
    for scene in player.parts.services.content.of(Scene, lang):
        state = player.play(scene, lang)
        assert [(turn.text, turn.lint) for turn in state.turns if turn.lint] == []


def person(player: Player, email: str) -> Person:
    with player.parts.services.readers() as work:
        found = work.people.sign_in(email)
    assert found is not None
    return found[0]


def test_whoever_takes_over_is_answered_by_the_customer(player: Player) -> None:
    scene = player.parts.services.content.of(Scene, Lang.EN)[0]
    player.pace = 0.02
    done: list[object] = []
    show = threading.Thread(target=lambda: done.append(player.play(scene, Lang.EN)), daemon=True)
    show.start()
    vera = person(player, "lead@example.org")
    services = player.parts.services
    for _ in range(400):
        with services.readers() as work:
            from calmdesk.desk.ports import InboxFilter

            lines = work.conversations.inbox(Viewer.staff(vera), InboxFilter())
        if lines:
            break
        time.sleep(0.01)
    change_owner(ChangeOwner(Viewer.staff(vera), lines[0].conversation_id, vera.id), services)
    post_message(
        PostMessage(Viewer.staff(vera), lines[0].conversation_id, "I'm Vera, and I've read all of it."),
        services,
    )
    for _ in range(600):
        with services.readers() as work:
            state = work.conversations.get(lines[0].conversation_id, Viewer.system())
        if state.turns[-1].text == scene.if_taken[0]:
            break
        time.sleep(0.01)
    player.stop()
    show.join(5)
    assert state.turns[-1].text == scene.if_taken[0]


def test_a_paused_show_waits(player: Player) -> None:
    player.demo.paused = True
    started = time.monotonic()
    threading.Timer(0.3, player.stop).start()
    assert player._wait(0.0)
    assert time.monotonic() - started >= 0.25


def test_the_demos_desk_is_open_while_people_look() -> None:
    assert {role.value for role, *_ in PEOPLE} == {"agent", "supervisor", "administrator"}
    assert Desk("x", "y", Lang.EN).hours
