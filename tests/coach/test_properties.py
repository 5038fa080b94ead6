"""What holds for every conversation, whatever is said."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from calmdesk.coach import Coach
from calmdesk.coach.advice import Standing
from calmdesk.coach.openings import slots_of
from calmdesk.desk.conversation import Conversation
from calmdesk.desk.reading import Abuse, Fact, Finding, Heat, Reading
from calmdesk.desk.vocabulary import (
    TRACK,
    AbuseKind,
    AbuseTarget,
    Channel,
    HeatBand,
    Issue,
    Lang,
    Leverage,
    LintRule,
    Move,
    Role,
    Step,
)

from .stories import SCORES, opened, say

Talk = list[tuple[Role, str, Reading]]
BOUNDARY = {Step.WARN, Step.OFFER_ALTERNATIVE, Step.DISENGAGE, Step.REDIRECT, Step.IGNORE}
WORDS = st.sampled_from(
    ["", "ok", "?", "No.", "Thanks!", "Where is it?", "It works now.", "I'll wait.", "You promised to call!",
     "Да", "Нет, не нужно.", "Спасибо, всё работает", "Когда?", "x" * 700, "7781-2"]
)  # fmt: skip
customers = st.builds(
    lambda text, lang, band, kind, target, issue, lever, flags: (
        Role.CUSTOMER, text,
        Reading(Role.CUSTOMER, lang, Heat(band, SCORES[band.value]), Abuse(kind, target), tuple(lever), issue,
                facts=(Fact("order", "7781-2", 0, 6),) if text == "7781-2" else (), **dict.fromkeys(flags, True)),
    ),
    WORDS, st.sampled_from(Lang), st.sampled_from(HeatBand), st.sampled_from(AbuseKind),
    st.sampled_from(AbuseTarget), st.sampled_from(Issue), st.lists(st.sampled_from(Leverage), max_size=2, unique=True),
    st.sets(st.sampled_from(["asks", "thanks", "apologises", "accepts", "declines"])),
)  # fmt: skip
agents = st.builds(
    lambda text, lang, moves, lint, role: (
        role, text,
        Reading(role, lang, moves=tuple(moves), lint=tuple(Finding(r, 0, len(text), text, "", "") for r in lint)),
    ),
    WORDS, st.sampled_from(Lang), st.lists(st.sampled_from(Move), max_size=3, unique=True),
    st.lists(st.sampled_from(LintRule), max_size=2, unique=True), st.sampled_from([Role.AGENT, Role.BOT]),
)  # fmt: skip
talks = st.lists(st.one_of(customers, agents), max_size=9)


def told(talk: Talk, lang: Lang = Lang.EN) -> list[Conversation]:
    state = opened(lang, Channel.CHAT, "Ms Kaur", "Tomas")
    states = [state]
    for role, text, reading in talk:
        state = say(state, role, text, reading)
        states.append(state)
    return states


@given(talk=talks, lang=st.sampled_from(Lang))
@settings(max_examples=60, deadline=None)
def test_there_is_always_advice_with_reason_and_words(coach: Coach, talk: Talk, lang: Lang) -> None:
    for state in told(talk):
        advice = coach.advise(state, lang=lang)
        assert advice.next
        assert advice.because
        assert advice.source
        assert 0 <= advice.risk <= 1
        assert [s.step for s in advice.track] == list(TRACK)
        assert all(s.name and s.because for s in advice.track)
        assert not any(slots_of(o.text) for o in advice.openings)
        assert all(o.because and o.source for o in advice.openings)


@given(talk=talks, more=talks)
@settings(max_examples=40, deadline=None)
def test_advice_never_depends_on_the_future(coach: Coach, talk: Talk, more: Talk) -> None:
    alone = [coach.advise(s, lang=Lang.EN) for s in told(talk)]
    longer = [coach.advise(s, lang=Lang.EN) for s in told([*talk, *more])[: len(talk) + 1]]
    assert alone == longer


@given(talk=talks)
@settings(max_examples=40, deadline=None)
def test_same_timeline_same_advice(coach: Coach, talk: Talk) -> None:
    assert coach.advise(told(talk)[-1], lang=Lang.RU) == coach.advise(told(talk)[-1], lang=Lang.RU)


@given(talk=talks)
@settings(max_examples=60, deadline=None)
def test_acknowledging_is_not_owed_again_at_once(coach: Coach, talk: Talk) -> None:
    named = Reading(Role.AGENT, Lang.EN, moves=(Move.ACKNOWLEDGE,))
    state = say(told(talk)[-1], Role.AGENT, "That is a bad day you've had.", named)
    advice = coach.advise(state, lang=Lang.EN)
    assert Step.ACKNOWLEDGE not in advice.next


@given(talk=talks, band=st.sampled_from(HeatBand))
@settings(max_examples=60, deadline=None)
def test_self_harm_never_meets_a_boundary(coach: Coach, talk: Talk, band: HeatBand) -> None:
    hurt = Reading(
        Role.CUSTOMER,
        Lang.EN,
        Heat(band, SCORES[band.value]),
        Abuse(AbuseKind.SELF_HARM, AbuseTarget.CUSTOMER),
    )
    advice = coach.advise(say(told(talk)[-1], Role.CUSTOMER, "I can't go on living.", hurt), lang=Lang.EN)
    assert advice.ladder is None
    assert not BOUNDARY & set(advice.next)
    assert "112" in advice.rung_words
    assert any("112" in o.text for o in advice.openings)


@given(talk=talks)
@settings(max_examples=40, deadline=None)
def test_a_threat_is_safety_and_is_said_aloud(coach: Coach, talk: Talk) -> None:
    threat = Reading(
        Role.CUSTOMER, Lang.EN, Heat(HeatBand.FURIOUS, 0.95), Abuse(AbuseKind.THREAT, AbuseTarget.AGENT)
    )
    advice = coach.advise(say(told(talk)[-1], Role.CUSTOMER, "I'll break your arms.", threat), lang=Lang.EN)
    assert Step.SAFETY in advice.next
    hurt = coach.situation(say(told(talk)[-1], Role.CUSTOMER, "I'll break your arms.", threat)) == "self_harm"
    assert hurt or advice.next[0] is Step.SAFETY
    assert advice.ladder is None
    assert advice.warn


@given(talk=talks)
@settings(max_examples=40, deadline=None)
def test_the_rung_comes_first_when_there_is_one(coach: Coach, talk: Talk) -> None:
    for state in told(talk):
        advice = coach.advise(state, lang=Lang.EN)
        last = state.last_turn
        harmed = "self_harm" in coach.situation(state).value or coach.situation(state).value == "threat"
        if advice.ladder and last is not None and last.by_customer and not harmed:
            assert advice.next[0].value == advice.ladder.value
            assert advice.rung_words


@given(talk=talks)
@settings(max_examples=40, deadline=None)
def test_exactly_the_first_due_step_is_marked_due(coach: Coach, talk: Talk) -> None:
    for state in told(talk):
        advice = coach.advise(state, lang=Lang.EN)
        standing = {s.step: s.standing for s in advice.track}
        if advice.next[0] in standing:
            assert standing[advice.next[0]] is Standing.DUE
