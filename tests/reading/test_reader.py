"""The reader by rules alone: people and things, quotes and denials, leverage, acts, and that it never raises."""

from __future__ import annotations

import string
import time
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calmdesk.content import load_content
from calmdesk.desk.reading import Reading
from calmdesk.desk.vocabulary import (
    AbuseKind,
    AbuseTarget,
    HeatBand,
    Issue,
    Lang,
    Leverage,
    LintRule,
    Move,
    Role,
)
from calmdesk.reading.reader import Reader


@cache
def reader() -> Reader:
    return Reader(load_content())


def customer(text: str, lang: Lang | None = None) -> Reading:
    return reader().read(text, role=Role.CUSTOMER, lang=lang)


def rules_in(text: str) -> set[LintRule]:
    return {finding.rule for finding in reader().read(text, role=Role.AGENT).lint}


@pytest.mark.parametrize(
    ("text", "kind", "target"),
    [
        ("You absolute moron, I said Tuesday.", AbuseKind.INSULT, AbuseTarget.AGENT),
        ("You people are all thieves.", AbuseKind.INSULT, AbuseTarget.STAFF),
        ("I'm such an idiot, I typed the wrong street.", AbuseKind.INSULT, AbuseTarget.CUSTOMER),
        ("My neighbour is a complete moron.", AbuseKind.INSULT, AbuseTarget.OTHER),
        ("This stupid router drops the line hourly.", AbuseKind.NONE, AbuseTarget.THING),
        ("Where is my damn parcel", AbuseKind.PROFANITY, AbuseTarget.THING),
        ("What the hell happened", AbuseKind.PROFANITY, AbuseTarget.NONE),
        ("wtf, f*ck this", AbuseKind.PROFANITY, AbuseTarget.NONE),
        ("What the heck happened", AbuseKind.NONE, AbuseTarget.NONE),
        ("I'm not an idiot, I read the form.", AbuseKind.NONE, AbuseTarget.NONE),
        ('He told me "you fool" at the till.', AbuseKind.NONE, AbuseTarget.NONE),
        ("Ты дура или притворяешься?", AbuseKind.INSULT, AbuseTarget.AGENT),
        ("Сплошные жулики у вас.", AbuseKind.INSULT, AbuseTarget.STAFF),
        ("Я дурак, перепутал подъезд.", AbuseKind.INSULT, AbuseTarget.CUSTOMER),
        ("Этот чёртов роутер опять моргает", AbuseKind.PROFANITY, AbuseTarget.THING),
        ("На кой мне ваш купон", AbuseKind.NONE, AbuseTarget.NONE),
        ("suka, gde moy zakaz, vernite dengi", AbuseKind.PROFANITY, AbuseTarget.NONE),
    ],
)
def test_whom_a_hard_word_hits(text: str, kind: AbuseKind, target: AbuseTarget) -> None:
    abuse = customer(text).abuse
    assert (abuse.kind, abuse.target) == (kind, target)


def test_swearing_in_praise_stays_cool() -> None:
    reading = customer("Bloody brilliant service, thank you so much!")
    assert reading.abuse.kind is AbuseKind.PROFANITY
    assert not reading.heat.band.hot


def test_heat_rises_with_shouting_threat_and_insult() -> None:
    calm = customer("Hello, could you please tell me the opening times?")
    hot = customer("WHERE IS MY MONEY!!! You lying crooks, refund me NOW or I'll see you in court!")
    assert calm.heat.band is HeatBand.CALM
    assert hot.heat.band is HeatBand.FURIOUS
    assert calm.heat.score < hot.heat.score


@pytest.mark.parametrize(
    ("text", "leverage"),
    [
        ("Put me through to your supervisor.", Leverage.SUPERVISOR),
        ("Let me talk to a human.", Leverage.HUMAN),
        ("My solicitor will be writing.", Leverage.LEGAL),
        ("I'm filing a chargeback tonight.", Leverage.CHARGEBACK),
        ("Жалоба в Роспотребнадзор уже готова.", Leverage.REGULATOR),
        ("Хочу расторгнуть договор.", Leverage.CANCEL),
    ],
)
def test_leverage(text: str, leverage: Leverage) -> None:
    assert leverage in customer(text).leverage


@pytest.mark.parametrize(
    "text", ["My boss needs the invoice.", "The tennis court was closed.", "My phone won't charge."]
)
def test_words_that_only_look_like_leverage(text: str) -> None:
    assert customer(text).leverage == ()


@pytest.mark.parametrize(
    ("text", "issue"),
    [
        ("The courier never came with my parcel.", Issue.DELIVERY),
        ("I'm locked out, the password reset never arrives.", Issue.ACCESS),
        ("Отказали в ипотеке без объяснений.", Issue.CREDIT),
        ("Второй день нет интернета.", Issue.OUTAGE),
    ],
)
def test_issue(text: str, issue: Issue) -> None:
    assert customer(text).issue is issue


def test_acts_of_the_customer() -> None:
    assert customer("Thank you, that's kind.").thanks
    assert customer("Sorry for shouting earlier.").apologises
    assert customer("Okay, that works for me.").accepts
    assert customer("No, that won't do.").declines
    assert customer("When will it be here?").asks
    assert customer("Извините, что накричала на вас.").apologises


def test_every_cue_stands_at_its_words_and_says_why() -> None:
    text = "You useless clowns, where is my damn refund? I'll go to the ombudsman!"
    reading = customer(text)
    assert reading.cues
    for cue in reading.cues:
        assert text[cue.start : cue.end] == cue.quote
        assert cue.because
        assert cue.by.startswith("rule:")


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Please calm down, madam.", LintRule.DISMISSING),
        ("That's not my department.", LintRule.DISOWNING),
        ("You're mistaken, that never happened.", LintRule.CONTRADICTING),
        ("There's nothing I can do.", LintRule.REFUSING),
        ("That's just our policy.", LintRule.POLICY_WALL),
        ("You should have read the terms.", LintRule.BLAMING),
        ("I understand how you feel.", LintRule.HOLLOW_EMPATHY),
        ("I'm sorry you feel that way.", LintRule.NON_APOLOGY),
        ("I'll have to ask my manager.", LintRule.DEFERRING),
        ("You're being unreasonable.", LintRule.LABELLING),
        ("As I already told you, it's shut.", LintRule.CONDESCENDING),
        ("Maybe if you weren't so rude.", LintRule.RETALIATING),
        ("We'll get back to you soon.", LintRule.VAGUE_PROMISE),
        ("You must have entered the wrong code.", LintRule.ASSUMING),
        ("Успокойтесь, пожалуйста.", LintRule.DISMISSING),
        ("Свяжемся с вами в ближайшее время.", LintRule.VAGUE_PROMISE),
    ],
)
def test_a_bad_line_fires(text: str, rule: LintRule) -> None:
    assert rule in rules_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "I won't ask you to calm down, I'd be cross too. Which order is it?",
        'Being told "calm down" was wrong, and I\'m sorry that we said it.',
        "I can't refund that, but what I can do today is send you a new one.",
        "I'll run it past my lead and ring you before noon.",
        "I understand how you feel. I've sent a new one, it's with you on Friday.",
        "You're not being unreasonable at all. What time suits you?",
        "Перезвоню вам сегодня до 15:00.",
        "Вы не ошиблись, напутали мы. Деньги вернула, придут завтра.",
    ],
)
def test_the_good_twin_is_silent(text: str) -> None:
    assert rules_in(text) == set()


def test_a_finding_shows_its_words_reason_source_and_better_ones() -> None:
    text = "Calm down, you should have checked the tracking."
    findings = reader().read(text, role=Role.AGENT).lint
    assert [finding.quote for finding in findings] == ["Calm down", "you should have checked the tracking"]
    for finding in findings:
        assert text[finding.start : finding.end] == finding.quote
        assert finding.because
        assert finding.source == "Messenger Bot guide, What not to say"
        assert finding.suggest


def test_moves_of_an_agent() -> None:
    reading = reader().read(
        "I'm sorry that we lost it. I've refunded the £12 just now. Is there anything else I can do?",
        role=Role.AGENT,
    )
    assert {Move.APOLOGISE, Move.SOLVE, Move.CLOSE} <= set(reading.moves)


def test_a_promise_keeps_its_words_without_a_calendar() -> None:
    promises = reader().read("I'll call you back by 5 pm today.", role=Role.AGENT).promises
    assert len(promises) == 1
    assert promises[0].due is None


ODD = [
    "",
    " ",
    "\0\x01",
    "\ud800",
    "😡" * 1000,
    "?!" * 500,
    "<script>alert(1)</script>",
    "а" * 5000,
    "\u202e" * 50,
]


@pytest.mark.parametrize("text", ODD)
@pytest.mark.parametrize("role", [Role.CUSTOMER, Role.AGENT])
def test_odd_text_is_read_without_a_fuss(text: str, role: Role) -> None:
    assert reader().read(text, role=role).role is role


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200) | st.text(alphabet=string.ascii_letters + " .,!?*#@'\"«»абвгдуеы", max_size=300))
def test_no_text_raises(text: str) -> None:
    for role in (Role.CUSTOMER, Role.AGENT):
        reading = reader().read(text, role=role)
        assert all(0 <= cue.start <= cue.end <= len(text) for cue in reading.cues)


def test_a_megabyte_is_read_in_time_that_does_not_grow_with_it() -> None:
    customer("warm up")
    begun = time.process_time()
    customer("you never answer me and I am tired of it. " * 25_000)
    assert time.process_time() - begun < 5.0
