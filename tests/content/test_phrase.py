"""The phrase language: what can be written, and that nonsense is refused."""

from __future__ import annotations

import pytest

from calmdesk.content.phrase import Choice, Edge, Figure, Gap, Term, Word, parse
from calmdesk.reading.phrases import PhraseIndex
from calmdesk.reading.text import read_text


def hits(phrase: str, text: str, **lexicons: tuple[str, ...]) -> list[str]:
    """The words that a phrase covers in a text."""
    sentences = read_text(text).sentences
    index = PhraseIndex([("p", phrase)], lexicons)
    return [
        " ".join(token.raw for token in sentences[hit.sentence].tokens[hit.first : hit.last])
        for hit in index.find(sentences)
    ]


def test_parts_of_a_phrase() -> None:
    nodes = parse("^ (see|look at) [the] <thing> .. refund* # $")
    assert [type(node) for node in nodes] == [Edge, Choice, Choice, Term, Gap, Word, Figure, Edge]
    assert nodes[5] == Word("refund", starts=True)


@pytest.mark.parametrize(
    "wrong", ["", "(a", "a)", "(a|)", "[maybe]", "..", "<Thing>", "a ((b)", "x*", "{slot}"]
)
def test_nonsense_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="phrase"):
        parse(wrong)


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("turn it off", "Please TURN it off now.", ["TURN it off"]),
        ("refund*", "No refunds, no refunding.", ["refunds", "refunding"]),
        ("*able", "That is laughable.", ["laughable"]),
        ("(calm|settle) down", "Settle down, calm down.", ["Settle down", "calm down"]),
        ("please [just] wait", "Please wait. Please just wait.", ["Please wait", "Please just wait"]),
        ("we .. sorry", "We are really so sorry.", ["We are really so sorry"]),
        ("we .. sorry", "We are really and truly so sorry.", []),
        ("we _ sorry", "We are sorry. We sorry.", ["We are sorry"]),
        ("^ no $", "No. No way. Oh no.", ["No"]),
        ("wait # days", "I wait 12 days, I wait some days.", ["wait 12 days"]),
        ("you coming ?", "Are you coming home? You coming home.", ["you coming home"]),
        ("ёлка", "Елка, ёлки!", ["Елка"]),
    ],
)
def test_what_a_phrase_finds(phrase: str, text: str, found: list[str]) -> None:
    assert hits(phrase, text) == found


def test_terms_of_a_word_list_stand_for_each_of_them() -> None:
    assert hits("broken <thing>", "A broken lamp, a broken heart.", thing=("lamp", "kett*")) == [
        "broken lamp"
    ]
    assert hits("broken <thing>", "broken kettles", thing=("lamp", "kett*")) == ["broken kettles"]


def test_a_phrase_never_reaches_into_the_next_sentence() -> None:
    assert hits("we .. sorry", "We are. Sorry.") == []
