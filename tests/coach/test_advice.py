"""Openings, hints, risk, track: what the agent sees beside the next step."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from calmdesk.coach import Coach
from calmdesk.coach.advice import Standing
from calmdesk.coach.risk import chance, risk_signals
from calmdesk.content.loader import Content
from calmdesk.content.method import CoachPolicy
from calmdesk.desk.conversation import Conversation
from calmdesk.desk.reading import Fact
from calmdesk.desk.vocabulary import Channel, Lang, Role, Step

from .stories import START, agent, customer, opened, say


def angry(lang: Lang = Lang.EN, text: str = "My order never came!", **more: str) -> Conversation:
    return say(opened(lang), Role.CUSTOMER, text, customer(lang, "angry", issue="delivery", **more))


def test_openings_are_in_the_customers_language_and_reasons_in_the_agents(coach: Coach) -> None:
    advice = coach.advise(angry(Lang.RU, "Заказ так и не приехал!"), lang=Lang.EN)
    assert advice.openings
    for opening in advice.openings:
        assert any("а" <= c <= "я" for c in opening.text.lower())
        assert not any("а" <= c <= "я" for c in opening.because.lower())


def test_a_fact_is_used_only_where_it_was_given(coach: Coach) -> None:
    without = coach.advise(angry(), lang=Lang.EN)
    assert not any("{" in o.text or "order 88" in o.text for o in without.openings)
    reading = replace(customer(Lang.EN, "angry", issue="delivery"), facts=(Fact("order", "88-204", 9, 15),))
    state = say(opened(), Role.CUSTOMER, "My order 88-204 never came!", reading)
    assert any("order 88-204" in o.text for o in coach.advise(state, lang=Lang.EN).openings)


def test_openings_differ_in_kind_and_are_two_or_three(coach: Coach) -> None:
    openings = coach.advise(angry(), lang=Lang.EN).openings
    assert 2 <= len(openings) <= 3
    assert len({o.text for o in openings}) == len(openings)


def test_an_opening_already_sent_is_not_offered_again(coach: Coach) -> None:
    state = angry()
    first = coach.advise(state, lang=Lang.EN).openings[0]
    state = say(state, Role.AGENT, first.text, agent(Lang.EN, first.text, ["acknowledge"]))
    state = say(state, Role.CUSTOMER, "And?! Nothing!", customer(Lang.EN, "furious", issue="delivery"))
    state = say(state, Role.AGENT, "Please calm down.", agent(Lang.EN, "", [], "dismissing"))
    state = say(state, Role.CUSTOMER, "How dare you!", customer(Lang.EN, "furious", issue="delivery"))
    assert first.text not in [o.text for o in coach.advise(state, lang=Lang.EN).openings]


@pytest.mark.parametrize(("channel", "hint"), [(Channel.PHONE, "phone"), (Channel.COUNTER, "counter")])
def test_the_channel_changes_the_hints(coach: Coach, channel: Channel, hint: str) -> None:
    state = say(opened(channel=channel), Role.CUSTOMER, "This is a joke!", customer(Lang.EN, "angry"))
    assert hint in {h.id for h in coach.advise(state, lang=Lang.EN).hints}
    chat = say(opened(), Role.CUSTOMER, "This is a joke!", customer(Lang.EN, "angry"))
    assert hint not in {h.id for h in coach.advise(chat, lang=Lang.EN).hints}


@pytest.mark.parametrize(
    ("lang", "text", "hint"),
    [
        (Lang.EN, "I demand that you fix this right now", "overbearing"),
        (Lang.EN, "I don't understand where do I click", "confused"),
        (Lang.EN, "It's all my own fault, silly me", "self_blame"),
        (Lang.EN, "My neighbour, by the way, has the same one", "talkative"),
        (Lang.RU, "Я требую немедленно всё исправить", "overbearing"),
        (Lang.RU, "Ничего не пойму, куда нажимать", "confused"),
        (Lang.RU, "Сама виновата, дура старая", "self_blame"),
        (Lang.RU, "Кстати, у соседки такой же", "talkative"),
    ],
)
def test_the_kind_of_customer_shows_in_a_hint(coach: Coach, lang: Lang, text: str, hint: str) -> None:
    state = say(opened(lang), Role.CUSTOMER, text, customer(lang, "tense"))
    assert hint in {h.id for h in coach.advise(state, lang=lang).hints}


def test_the_same_step_twice_without_effect_is_noticed(coach: Coach) -> None:
    state = angry()
    for words in ("That is a long wait.", "Waiting so long is hard."):
        state = say(state, Role.AGENT, words, agent(Lang.EN, words, ["acknowledge"]))
        state = say(state, Role.CUSTOMER, "So do something!", customer(Lang.EN, "angry"))
    advice = coach.advise(state, lang=Lang.EN)
    assert "failed_twice" in {h.id for h in advice.hints}
    assert advice.next[0] is not Step.ACKNOWLEDGE


def test_the_track_tells_done_due_skipped_and_too_early(coach: Coach) -> None:
    advice = coach.advise(angry(), lang=Lang.EN)
    standing = {s.step: s for s in advice.track}
    assert standing[Step.ACKNOWLEDGE].standing is Standing.DUE
    assert standing[Step.SOLVE].standing is Standing.AHEAD
    assert "Too early" in standing[Step.SOLVE].because
    state = say(angry(), Role.AGENT, "Here is a refund.", agent(Lang.EN, "", ["solve"]))
    state = say(state, Role.CUSTOMER, "Hm.", customer(Lang.EN, "tense"))
    standing = {s.step: s for s in coach.advise(state, lang=Lang.EN).track}
    assert standing[Step.SOLVE].standing is Standing.DONE
    assert standing[Step.ACKNOWLEDGE].standing is Standing.SKIPPED


def test_risk_rises_with_heat_slips_and_waiting(coach: Coach) -> None:
    calm = say(opened(), Role.CUSTOMER, "Hello", customer(Lang.EN, "calm"))
    hot = angry()
    slipped = say(hot, Role.AGENT, "Relax.", agent(Lang.EN, "", [], "dismissing"))
    hotter = say(slipped, Role.CUSTOMER, "What?!", customer(Lang.EN, "furious"))
    risks = [coach.advise(s, lang=Lang.EN).risk for s in (calm, hot, hotter)]
    assert risks == sorted(risks)
    assert risks[0] < 0.2 < 0.5 < risks[2]
    later = START + timedelta(hours=5)
    assert coach.advise(hot, lang=Lang.EN, now=later).risk > coach.advise(hot, lang=Lang.EN, now=START).risk


def test_every_weight_is_named_by_a_signal(content: Content, coach: Coach) -> None:
    policy = content.one(CoachPolicy)
    signals = dict.fromkeys(risk_signals(coach.picture(angry()), None), 0.0)
    assert set(policy.risk.model_dump()) - {"bias"} == set(signals)
    base = chance(signals, policy)
    for name in signals:
        raised = chance({**signals, name: 1.0}, policy)
        assert raised < base if name == "calming" else raised > base, name


def test_belief_and_decision_are_apart(coach: Coach) -> None:
    """A customer who is coming round is not warned of at the same risk."""
    state = angry()
    for _ in range(2):
        state = say(state, Role.AGENT, "Our rules.", agent(Lang.EN, "", [], "policy_wall"))
        state = say(state, Role.CUSTOMER, "I'll see my lawyer!", customer(Lang.EN, "furious", lever="legal"))
    assert coach.advise(state, lang=Lang.EN).warn
