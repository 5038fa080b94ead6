"""Words keep their places, whatever their common form; quotes are set apart; nothing breaks on odd text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calmdesk.desk.vocabulary import Lang
from calmdesk.reading.language import is_transliterated, recognise, to_cyrillic
from calmdesk.reading.text import HEAD, TAIL, WordForms, plain, read_text

FORMS = WordForms(
    frozenset({"so", "soon", "нет"}), ("fuck", "shit", "сука", "пиздец"), {"pls": "please", "dont": "don't"}
)


@given(st.text(max_size=400))
def test_every_word_stands_where_it_says(text: str) -> None:
    for token in read_text(text, FORMS).tokens:
        assert text[token.start : token.end] == token.raw


@pytest.mark.parametrize(
    ("written", "common"),
    [
        ("SOOOO", "so"), ("sooooon", "soon"), ("нееееет", "нет"), ("f*ck", "fuck"), ("sh1t", "shit"), ("$hit", "shit"),
        ("с*ка", "сука"), ("п*ц", "пиздец"), ("ЁЖ", "еж"), ("don’t", "don't"), ("dont", "don't"), ("pls", "please"),
        ("pa\u200brcel", "parcel"), ("хa", "ха"), ("pаy", "pay"),
    ],
)  # fmt: skip
def test_common_forms(written: str, common: str) -> None:
    assert FORMS(written) == common


def test_spelled_out_letters_are_one_word() -> None:
    assert [token.norm for token in read_text("what the f u c k is it", FORMS).tokens][2] == "fuck"


@pytest.mark.parametrize(
    "text", ['He said "go away" to me', "Сказал «уходите» и всё", "> go away\nfine", "I read ‘go away’ there"]
)
def test_quoted_words_are_marked(text: str) -> None:
    quoted = [token.norm for token in read_text(text).tokens if token.quoted]
    assert quoted in (["go", "away"], ["уходите"])


def test_sentences_end_at_marks_and_lines_but_not_at_abbreviations() -> None:
    read = read_text("Come at 5 p.m. please. Mr. Ode waits!\nReally?")
    assert [sentence.mark for sentence in read.sentences] == ["", "!", "?"]


def test_a_very_long_text_is_read_at_its_ends_in_little_time() -> None:
    text = "a parcel that never came " * 60_000 + "and my last words"
    begun = time.process_time()
    read = read_text(text, FORMS)
    assert time.process_time() - begun < 2.0
    assert read.tokens[-1].norm == "words"
    assert sum(token.end - token.start for token in read.tokens) <= HEAD + TAIL


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Where is my lamp?", Lang.EN), ("Где моя лампа?", Lang.RU), ("Где мой iPhone Pro Max?", Lang.RU),
        ("gde moya lampa, kogda privezete", Lang.RU), ("12345 !!!", Lang.EN), ("", Lang.EN), ("chat with me", Lang.EN),
    ],
)  # fmt: skip
def test_the_language_is_recognised(text: str, lang: Lang) -> None:
    assert recognise(text) is lang


def test_no_letters_leave_the_language_as_it_was() -> None:
    assert recognise("???", Lang.RU) is Lang.RU


def test_russian_in_latin_letters() -> None:
    assert is_transliterated("zdravstvuyte, gde zakaz")
    assert not is_transliterated("where is the order")
    assert plain(to_cyrillic("zakaz")) == "заказ"
