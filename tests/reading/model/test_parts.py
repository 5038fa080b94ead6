"""Long messages are cut at sentences, nothing is lost, and places stay true."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calmdesk.reading.model import default_folder
from calmdesk.reading.model.parts import sentences, split
from calmdesk.reading.model.tokens import LONGEST, Tokens, padded


@pytest.fixture(scope="module")
def tokens() -> Tokens:
    return Tokens.load(default_folder() / "tokenizer.json")


@given(st.text(alphabet="аб c.!?\n «»", max_size=60))
def test_sentences_cover_every_word(text: str) -> None:
    inside = set()
    for start, end in sentences(text):
        assert 0 <= start < end <= len(text)
        inside.update(range(start, end))
    assert all(i in inside for i, c in enumerate(text) if c.isalnum())


def test_a_short_message_stays_one_part(tokens: Tokens) -> None:
    parts = split("Where is it? I asked twice.", tokens, 100)
    assert [(p.text, p.start) for p in parts] == [("Where is it? I asked twice.", 0)]


@pytest.mark.parametrize("room", [12, 30])
def test_a_long_message_is_cut_and_places_stay_true(tokens: Tokens, room: int) -> None:
    text = " ".join(f"Посылка номер {i} так и не пришла, и никто не отвечает!" for i in range(12))
    parts = split(text, tokens, room)
    assert len(parts) > 3
    for part in parts:
        assert text[part.start : part.start + len(part.text)] == part.text
        assert len(tokens.pieces(part.text)[0]) <= room + 2
    covered = {i for p in parts for i in range(p.start, p.start + len(p.text))}
    assert all(i in covered for i, c in enumerate(text) if c.isalnum())


def test_focus_holds_the_message_and_not_its_context(tokens: Tokens) -> None:
    text, context = "I'll sort that out.", "my fridge is dead"
    row = tokens.encode(text, "agent", context)
    words = [text[a:b] for a, b, f in zip(row.starts, row.ends, row.focus, strict=True) if f]
    assert "".join(words).replace(" ", "") == text.replace(" ", "")
    assert len(row.ids) > len(tokens.encode(text, "agent").ids)


def test_what_is_too_long_is_cut_and_never_overflows(tokens: Tokens) -> None:
    row = tokens.encode("word " * 900, "agent", "context " * 200)
    assert len(row.ids) <= LONGEST
    batch = padded([row, tokens.encode("hi", "customer")])
    assert batch.ids.shape == batch.mask.shape == batch.focus.shape
    assert batch.mask[1].sum() < batch.mask[0].sum()
