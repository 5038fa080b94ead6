"""A draft before it is sent: gravity, replacements that keep the facts, missing pieces."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calmdesk.coach import Coach
from calmdesk.coach.advice import DraftAdvice, Gravity
from calmdesk.coach.rewording import clause_around, facts_in, reword
from calmdesk.content.loader import Content
from calmdesk.content.method import RewriteFile
from calmdesk.desk.conversation import Conversation
from calmdesk.desk.reading import Finding, Reading
from calmdesk.desk.vocabulary import Lang, LintRule, Move, Role

from .stories import agent, customer, opened, say


class Rules:
    """The rewrites of all rules (a class, because a fixture is printed when a property fails)."""

    def __init__(self, content: Content) -> None:
        self.files = {(lang, f.rule): f for lang in Lang for f in content.of(RewriteFile, lang)}


@pytest.fixture(scope="module")
def rules(content: Content) -> Rules:
    """The rewrites of the core pack."""
    return Rules(content)


def found(text: str, rule: LintRule, quote: str) -> Finding:
    start = text.index(quote)
    return Finding(rule, start, start + len(quote), quote, "", "")


def draft(lang: Lang, *lint: Finding, moves: tuple[Move, ...] = ()) -> Reading:
    return Reading(Role.AGENT, lang, moves=moves, lint=lint)


def talk(heat: str, text: str = "Where is my desk?!", lang: Lang = Lang.EN) -> Conversation:
    return say(opened(lang), Role.CUSTOMER, text, customer(lang, heat, issue="delivery"))


def applied(text: str, advice: DraftAdvice) -> str:
    """The draft with the first replacement of every finding taken over, from the last to the first."""
    for finding in reversed(advice.findings):
        text = text[: finding.finding.start] + finding.replacements[0] + text[finding.finding.end :]
    return text


def test_two_findings_become_a_sentence_that_helps(coach: Coach) -> None:
    text = "Calm down, you should have checked the tracking."
    reading = draft(
        Lang.EN,
        found(text, LintRule.DISMISSING, "Calm down"),
        found(text, LintRule.BLAMING, "you should have checked the tracking"),
    )
    advice = coach.check_draft(text, reading, talk("angry"), lang=Lang.EN)
    assert [f.gravity for f in advice.findings] == [Gravity.GRAVE, Gravity.GRAVE]
    assert advice.grave
    better = applied(text, advice)
    assert better == (
        "I can see how upsetting this is, and I'm looking into it now, let me go through the tracking with you now."
    )


def test_russian_draft_is_reworded_in_russian_and_explained_in_the_agents_language(coach: Coach) -> None:
    text = "Успокойтесь, вам надо было проверить статус заказа 40-17."
    reading = draft(
        Lang.RU,
        found(text, LintRule.DISMISSING, "Успокойтесь"),
        found(text, LintRule.BLAMING, "вам надо было проверить статус заказа 40-17"),
    )
    advice = coach.check_draft(text, reading, talk("angry", "Где стол?!", Lang.RU), lang=Lang.EN)
    better = applied(text, advice)
    assert better.startswith("Вижу, как это неприятно")
    assert "40-17" in better
    assert advice.findings[1].name == "Blames the customer"


def test_gravity_rises_with_the_heat(coach: Coach) -> None:
    text = "It's only a few days."
    reading = draft(Lang.EN, found(text, LintRule.DISMISSING, text[:-1]))
    rank = [
        list(Gravity).index(coach.check_draft(text, reading, talk(heat), lang=Lang.EN).findings[0].gravity)
        for heat in ("calm", "tense", "angry", "furious")
    ]
    assert rank == sorted(rank)
    assert rank[0] < rank[-1]


def test_hitting_back_is_always_grave(coach: Coach) -> None:
    text = "Maybe try reading for once."
    reading = draft(Lang.EN, found(text, LintRule.RETALIATING, text[:-1]))
    assert coach.check_draft(text, reading, None, lang=Lang.EN).grave


@pytest.mark.parametrize(
    ("lang", "rule", "text"),
    [
        (Lang.EN, LintRule.VAGUE_PROMISE, "We will refund you 49.90 EUR as soon as possible."),
        (Lang.EN, LintRule.BLAMING, "You should have called us before 5 pm on 12 March."),
        (Lang.EN, LintRule.REFUSING, "I can't refund the $1,204.50 from order AB-7731, Mr Whitlock."),
        (Lang.EN, LintRule.DEFERRING, "I'll have to ask Petra about the 20% for invoice 5518."),
        (Lang.EN, LintRule.CONTRADICTING, "Our records show it arrived on Friday at 14:05."),
        (Lang.RU, LintRule.VAGUE_PROMISE, "Мы вернём вам 3 490 руб. в ближайшее время."),
        (Lang.RU, LintRule.BLAMING, "Вам следовало позвонить до 18:00 5 марта."),
        (Lang.RU, LintRule.REFUSING, "Вернуть 12 000 ₽ за заказ АВ-118 мы не можем, Ирина."),
    ],
)
def test_no_fact_is_lost(content: Content, lang: Lang, rule: LintRule, text: str) -> None:
    file = {f.rule: f for f in content.of(RewriteFile, lang)}[rule]
    place = reword(text, 0, len(text) - 1, file)
    assert place.choices
    facts = facts_in(text[place.start : place.end])
    assert facts
    for choice in place.choices:
        assert all(fact.casefold() in choice.casefold() for fact in facts), (choice, facts)


@given(
    st.text(alphabet="abc you should have 12.5 $,!?йц\n", max_size=80), st.integers(0, 80), st.integers(0, 80),
    st.sampled_from(LintRule), st.sampled_from(Lang),
)  # fmt: skip
def test_rewording_stays_inside_the_text_and_keeps_the_facts(
    rules: Rules, text: str, one: int, other: int, rule: LintRule, lang: Lang
) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    place = reword(text, start, end, rules.files[lang, rule])
    assert 0 <= place.start <= place.end <= len(text)
    kept = facts_in(text[place.start : place.end])
    assert all(fact.casefold() in choice.casefold() for choice in place.choices for fact in kept)


def test_clause_leaves_the_joining_word_and_the_rest_alone() -> None:
    text = "I see the order, but you didn't read the terms, so let me explain."
    start, end = clause_around(text, text.index("didn't"), text.index("terms") + 5)
    assert text[start:end] == "you didn't read the terms"


def test_a_solution_before_the_feeling_is_said_quietly(coach: Coach) -> None:
    text = "I have arranged a new delivery for Tuesday morning."
    advice = coach.check_draft(text, draft(Lang.EN, moves=(Move.SOLVE,)), talk("angry"), lang=Lang.EN)
    assert [m.id for m in advice.missing] == ["feeling_first"]
    assert not advice.findings


def test_nothing_is_missing_where_the_feeling_is_named(coach: Coach) -> None:
    text = "Four days of waiting for a desk is maddening. I have arranged a new delivery for Tuesday morning."
    advice = coach.check_draft(
        text, draft(Lang.EN, moves=(Move.ACKNOWLEDGE, Move.SOLVE)), talk("angry"), lang=Lang.EN
    )
    assert advice.missing == ()


def test_a_draft_just_begun_is_left_in_peace(coach: Coach) -> None:
    assert coach.check_draft("Good morn", draft(Lang.EN), talk("furious"), lang=Lang.EN).missing == ()


def test_at_most_two_pieces_are_shown_as_missing(coach: Coach) -> None:
    state = talk("angry")
    state = say(state, Role.AGENT, "We do not do that.", agent(Lang.EN, "We do not do that.", [], "refusing"))
    state = say(state, Role.CUSTOMER, "Unbelievable!", customer(Lang.EN, "furious"))
    advice = coach.check_draft(
        "The parcel is at the depot in the north.", draft(Lang.EN), state, lang=Lang.RU
    )
    assert 1 <= len(advice.missing) <= 2


def test_a_stock_phrase_said_twice_is_noticed(coach: Coach) -> None:
    state = talk("tense")
    said = "I understand your frustration. Which order is it?"
    state = say(state, Role.AGENT, said, agent(Lang.EN, said, ["acknowledge", "ask_closed"]))
    state = say(state, Role.CUSTOMER, "Order 5512.", customer(Lang.EN, "tense"))
    again = "I understand your frustration. I have sent a new one just now."
    ids = [
        m.id
        for m in coach.check_draft(again, draft(Lang.EN, moves=(Move.SOLVE,)), state, lang=Lang.EN).missing
    ]
    assert "stock_phrase" in ids
    other = "Thank you. I have sent a new one just now."
    ids = [
        m.id
        for m in coach.check_draft(other, draft(Lang.EN, moves=(Move.SOLVE,)), state, lang=Lang.EN).missing
    ]
    assert "stock_phrase" not in ids


def test_distress_asks_for_the_help_line(coach: Coach) -> None:
    hurt = customer(Lang.EN, "tense", abuse="self_harm:customer")
    state = say(opened(), Role.CUSTOMER, "I don't want to go on.", hurt)
    reading = draft(Lang.EN, moves=(Move.ACKNOWLEDGE,))
    lacks = coach.check_draft("I'm so glad that you told me this.", reading, state, lang=Lang.EN).missing
    assert [m.id for m in lacks] == ["help_line"]
    whole = "I'm so glad that you told me this. You can call 112 right now."
    assert coach.check_draft(whole, reading, state, lang=Lang.EN).missing == ()
