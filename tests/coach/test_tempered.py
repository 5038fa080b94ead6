"""A second look at readings that err: each judgement with its firing and its silent side, and a few mutations."""

from __future__ import annotations

from datetime import timedelta

import pytest

from calmdesk.coach import Coach, climb
from calmdesk.coach.climb import ladder_of
from calmdesk.coach.signals import compile_signals
from calmdesk.coach.tempered import band_of
from calmdesk.content.loader import Content
from calmdesk.content.method import LadderPolicy
from calmdesk.desk.conversation import Conversation
from calmdesk.desk.events import MessagePosted
from calmdesk.desk.vocabulary import AbuseKind, HeatBand, Lang, Role, Rung

from .stories import START, agent, customer, opened, say


def misread(text: str, heat: str, lang: Lang = Lang.EN, **more: str) -> Conversation:
    """A conversation whose only turn was read like this."""
    return say(opened(lang), Role.CUSTOMER, text, customer(lang, heat, **more))


@pytest.mark.parametrize(
    ("text", "read", "wanted"),
    [
        ("Fine, half past six it is. Thank you.", "angry", HeatBand.CALM),
        ("Okay, book it.", "angry", HeatBand.CALM),
        ("FINE! Book it then!!", "angry", HeatBand.ANGRY),
        ("Fine, but nobody called me and I'm not going to wait.", "angry", HeatBand.ANGRY),
        ("Thanks for nothing.", "angry", HeatBand.ANGRY),
        ("You don't care, do you?!", "calm", HeatBand.ANGRY),
        ("Хорошо, в половине седьмого. Спасибо.", "angry", HeatBand.CALM),
        ("Хорошо, но вы уже обещали, и никто не приехал!", "angry", HeatBand.ANGRY),
    ],
)
def test_heat_is_weighed_against_the_words(content: Content, text: str, read: str, wanted: HeatBand) -> None:
    turn = misread(text, read).turns[-1]
    assert band_of(turn, compile_signals(content).of_customer(text, Lang.EN)) is wanted


@pytest.mark.parametrize(
    ("text", "lang", "rung"),
    [
        ("Send it back today, you moron.", Lang.EN, Rung.IGNORE),
        ("I'm such a moron, I broke it.", Lang.EN, None),
        ("This stupid app is a joke.", Lang.EN, None),
        ("Верните деньги, кретины!", Lang.RU, Rung.IGNORE),
        ("Вот я дурак, сам всё сломал.", Lang.RU, None),
    ],
)
def test_an_insult_that_the_reading_missed_is_on_the_ladder(
    coach: Coach, text: str, lang: Lang, rung: Rung | None
) -> None:
    assert coach.advise(misread(text, "angry", lang), lang=lang).ladder is rung


def _insulted(times: int, apart: timedelta = timedelta(minutes=5)) -> Conversation:
    state = opened()
    for number in range(times):
        reading = customer(Lang.EN, "angry", abuse="insult:agent")
        state = state.apply(
            MessagePosted(
                at=START + number * apart, by="customer", message_id=f"m{number}", role=Role.CUSTOMER,
                author_name="", text="You moron.", reading=reading,
            )
        )  # fmt: skip
    return state


@pytest.mark.parametrize(
    ("policy", "times", "apart", "rung"),
    [
        (LadderPolicy(), 2, timedelta(hours=30), Rung.REDIRECT),
        (LadderPolicy(forgets_after_hours=24), 2, timedelta(hours=30), Rung.IGNORE),
        (LadderPolicy(forgets_after_hours=24), 2, timedelta(hours=3), Rung.REDIRECT),
        (LadderPolicy(skips=(Rung.IGNORE,)), 1, timedelta(0), Rung.REDIRECT),
        (LadderPolicy(skips=tuple(Rung)), 1, timedelta(0), Rung.DISENGAGE),
        (LadderPolicy(begins_at={AbuseKind.INSULT: Rung.WARN}), 1, timedelta(0), Rung.WARN),
        (LadderPolicy(begins_at={AbuseKind.HATE: Rung.WARN}), 1, timedelta(0), Rung.IGNORE),
    ],
)
def test_a_desk_sets_its_own_ladder(
    content: Content, policy: LadderPolicy, times: int, apart: timedelta, rung: Rung
) -> None:
    assert ladder_of(_insulted(times, apart), compile_signals(content), policy).rung is rung


def test_a_question_is_no_boundary(coach: Coach) -> None:
    state = misread("Where is it, you moron?", "angry", abuse="insult:agent")
    state = say(state, Role.AGENT, "What is the number?", agent(Lang.EN, "", ["boundary", "ask_closed"]))
    state = say(state, Role.CUSTOMER, "12, moron.", customer(Lang.EN, "angry", abuse="insult:agent"))
    assert coach.advise(state, lang=Lang.EN).ladder is Rung.REDIRECT


def test_without_the_second_look_the_misread_insult_is_lost(
    coach: Coach, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mutation: the guard's absence must show, or the tests above prove nothing."""
    state = misread("Send it back today, you moron.", "angry")
    monkeypatch.setattr(climb, "abuse_of", lambda turn, said: turn.abuse)
    assert coach.advise(state, lang=Lang.EN).ladder is None
