"""Clock changes, offsets, places in the text, and texts that nobody foresaw."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calmdesk.desk.hours import OfficeHours
from calmdesk.desk.vocabulary import Lang
from calmdesk.reading.promises import find_promises, vague_commitments
from calmdesk.reading.promises.text import wordset

from .conftest import OFFICE, brief, read

NIGHT_DESK = OfficeHours.parse("Mon-Sun 00:00-24:00", "Europe/Berlin")
AUCKLAND = OfficeHours.parse("Mon-Fri 08:30-17:30", "Pacific/Auckland")


@pytest.mark.parametrize(
    ("text", "lang", "now", "due"),
    [
        ("I'll ring you in four hours.", "en", "2026-10-24T23:30+02:00", "2026-10-25T01:30:00+00:00"),
        ("I'll ring you in three hours.", "en", "2026-03-28T23:30+01:00", "2026-03-29T01:30:00+00:00"),
        ("Перезвоню вам через сутки.", "ru", "2026-10-24T20:00+02:00", "2026-10-25T18:00:00+00:00"),
        ("I'll ring you tomorrow at noon.", "en", "2026-03-28T12:00+01:00", "2026-03-29T10:00:00+00:00"),
        ("I'll ring you tomorrow at 2:30 am.", "en", "2026-03-28T12:00+01:00", "2026-03-29T01:30:00+00:00"),
    ],
)  # fmt: skip
def test_clock_changes(text: str, lang: str, now: str, due: str) -> None:
    (found,) = read(text, lang, now, NIGHT_DESK)
    assert found.due is not None
    assert found.due.astimezone(UTC).isoformat() == due
    assert found.due.tzinfo is NIGHT_DESK.zone


def test_today_is_the_office_s_today() -> None:
    # half past ten in the evening of the 13th in UTC is the morning of the 14th in Auckland
    assert brief("I'll ring you today.", "en", "2026-10-13T22:30+00:00", AUCKLAND) == [
        ("callback", "2026-10-14 17:30")
    ]


@pytest.mark.parametrize("tail", ["", " ", "\n\nKind regards,\nDana", " 🙂", "…"])
@pytest.mark.parametrize("head", ["", "Dear Mr. O'Neil,\n\n", "«Идеал» – ", "Sorry!!! "])
def test_the_quote_stands_where_it_says(head: str, tail: str) -> None:
    text = f"{head}I’ll call you back by 3 pm today{tail}"
    (found,) = read(text, "en")
    assert text[found.start : found.end] == found.quote == "I’ll call you back by 3 pm today"


def test_letters_that_grow_when_lowered_do_not_shift_places() -> None:
    text = "İİİİ! I'll call you back tomorrow."
    (found,) = read(text, "en")
    assert found.quote == "I'll call you back tomorrow"


def test_vague_commitments_are_those_without_a_time() -> None:
    text = "I'll call you at 3. We'll be in touch about the rest soon."
    assert [text[a:b] for a, b in vague_commitments(text, "en")] == ["We'll be in touch about the rest soon"]
    assert vague_commitments("I'll call you at 3.", Lang.EN) == ()
    assert vague_commitments("We won't be in touch.", Lang.EN) == ()
    russian = "Деньги вернём на днях."
    assert [russian[a:b] for a, b in vague_commitments(russian, "ru")] == ["Деньги вернём на днях"]


def test_an_unknown_language_is_an_error() -> None:
    with pytest.raises(ValueError, match="xx"):
        find_promises("I'll call.", now=datetime(2026, 3, 4, tzinfo=UTC), office=OFFICE, lang="xx")


ENGLISH = """I we 'll will not never call you by 3 pm at 25:99 99 tomorrow in days 99999999999 weeks if when Friday the
    31st of Feb 30 February until between and or money back refund 24:00 00:00 12-45 0 2026-02-30 31.02 31/02 12am noon
    soon asap , . ? ! \" ' > ( ) ; :"""
RUSSIAN = """за через в 31 июня 32-го до к пятнице перезвоню вернём деньги не если когда раньше полторы с двух недели
    рабочих часов будет у вас « » —"""
WORDS = st.sampled_from([*wordset(ENGLISH), *wordset(RUSSIAN), "\n", "  "])
MOMENTS = st.builds(
    lambda minutes, zone: (datetime(1990, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)).astimezone(zone),
    st.integers(0, 100 * 365 * 24 * 60),
    st.sampled_from([UTC, OFFICE.zone]),
)


@settings(deadline=None, max_examples=150)
@given(words=st.lists(WORDS, max_size=40), now=MOMENTS, lang=st.sampled_from(list(Lang)))
def test_any_words_are_read(words: list[str], now: datetime, lang: Lang) -> None:
    check(" ".join(words), now, lang)


@settings(deadline=None, max_examples=150)
@given(text=st.text(max_size=200), now=MOMENTS, lang=st.sampled_from(list(Lang)))
def test_any_text_is_read(text: str, now: datetime, lang: Lang) -> None:
    check(text, now, lang)


def check(text: str, now: datetime, lang: Lang) -> None:
    for found in find_promises(text, now=now, office=OFFICE, lang=lang):
        assert 0 <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.quote
        if found.due is not None:
            assert found.due.tzinfo is OFFICE.zone
    for start, end in vague_commitments(text, lang):
        assert text[start:end].strip()


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize(
    "piece",
    [
        "I'll call you back by 3 pm tomorrow, ",
        "вернём деньги завтра до пяти, ",
        "1",
        "by ",
        "through ",
        "« ",
        '"a ',
        "и ",
        "the end of the ",
        " - ",
        "twenty-",
        "не позднее чем через ",
    ],
)
def test_time_grows_with_the_length(piece: str, lang: Lang) -> None:
    now = datetime(2026, 3, 4, 12, tzinfo=UTC)
    read_in(piece * 20, now, lang)
    short, long = piece * (6000 // len(piece)), piece * (24000 // len(piece))
    once, fourfold = read_in(short, now, lang), read_in(long, now, lang)
    assert fourfold < 12 * once + 0.25


def read_in(text: str, now: datetime, lang: Lang) -> float:
    start = time.process_time()
    find_promises(text, now=now, office=OFFICE, lang=lang)
    return time.process_time() - start


def test_a_promise_is_never_due_before_it_is_made() -> None:
    phrases = (
        "today",
        "tonight",
        "this morning",
        "by noon",
        "this week",
        "by the end of the month",
        "on Friday",
    )
    phrases += ("at 3", "first thing", "before we close")
    for hour in range(0, 24 * 8, 5):
        now = datetime(2026, 3, 2, tzinfo=UTC) + timedelta(hours=hour)
        for phrase in phrases:
            for found in find_promises(f"I'll call you {phrase}.", now=now, office=OFFICE, lang="en"):
                assert found.due is not None
                assert found.due >= now, (phrase, now)
