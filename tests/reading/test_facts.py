"""Facts are found with their places; a card's number is never kept."""

from __future__ import annotations

import pytest

from calmdesk.desk.vocabulary import Lang
from calmdesk.reading.facts import find_facts, mask_cards


def found(text: str, lang: Lang = Lang.EN) -> set[tuple[str, str]]:
    facts = find_facts(text, lang)
    for fact in facts:
        if fact.kind != "card":
            assert fact.value in text[fact.start : fact.end]
    return {(fact.kind, fact.value) for fact in facts}


@pytest.mark.parametrize(
    ("text", "lang", "fact"),
    [
        ("My order 4471902 is late", Lang.EN, ("order", "4471902")),
        ("ticket #AB-20417 again", Lang.EN, ("order", "AB-20417")),
        ("Заказ № 5518204 не пришёл", Lang.RU, ("order", "5518204")),
        ("You took £41.20 from me", Lang.EN, ("sum", "£41.20")),
        ("Списали 12 400 рублей", Lang.RU, ("sum", "12 400 рублей")),
        ("Write to ann.lee@example.org please", Lang.EN, ("email", "ann.lee@example.org")),
        ("Since 14 March nothing", Lang.EN, ("date", "14 March")),
        ("С 14 марта тишина", Lang.RU, ("date", "14 марта")),
        ("My name is Joan Petty, hello", Lang.EN, ("name", "Joan Petty")),
        ("Здравствуйте, меня зовут Глафира", Lang.RU, ("name", "Глафира")),
        ("Call +44 20 7946 0958 after six", Lang.EN, ("phone", "+44 20 7946 0958")),
    ],
)
def test_a_fact_is_found(text: str, lang: Lang, fact: tuple[str, str]) -> None:
    assert fact in found(text, lang)


def test_a_card_number_is_masked_to_its_last_four() -> None:
    text = "my card is 4242 4242 4242 4242 ok"
    facts = find_facts(text, Lang.EN)
    assert [(fact.kind, fact.value) for fact in facts] == [("card", "•••• 4242")]
    assert mask_cards(text) == "my card is •••• 4242 ok"


def test_a_feeling_is_no_name() -> None:
    assert not any(kind == "name" for kind, _ in found("I'm Furious about this. I am So tired."))
