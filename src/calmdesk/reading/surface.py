"""What shows on the face of a text: shouting, exclamation, stretched and repeated words, signs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

from calmdesk.content.rules import Metric

from .text import Read

_HARD = re.compile(r"\?{2,}|[?!]*(?:\?!|!\?)[?!]*")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}", re.IGNORECASE)
_ANGRY = re.compile("[😠😡🤬😤👿💢🖕💩🤮]")
_GLAD = re.compile(
    r"[😊🙂😀😁😃😄😅😂🤣❤🙏😍🥰👍💛💚🤗😘😉☺🎉💕]|(?<!\()\){1,4}(?=\s|$)|:-?\)|;-?\)|\bxx+\b|<3"
)
_MOST = 12


def measure(read: Read, emphasised: frozenset[str]) -> dict[Metric, tuple[float, tuple[int, int]]]:
    """Each metric's value and the first place that shows it. `emphasised` are short words that people shout."""
    text = read.text
    shouted, shout_place = _shouted(read, emphasised)
    marks = [i for i, c in enumerate(text[:20_000]) if c == "!"][:_MOST]
    return {
        Metric.SHOUTED: (shouted, shout_place),
        Metric.EXCLAIMED: (float(len(marks)), (marks[0], marks[0] + 1) if marks else (0, 0)),
        Metric.ASKED_HARD: _count(_HARD, text),
        Metric.STRETCHED: _count(_STRETCHED, text),
        Metric.REPEATED: _repeated(read),
        Metric.CHOPPED: _chopped(read),
        Metric.ANGRY_SIGNS: _count(_ANGRY, text),
        Metric.GLAD_SIGNS: _count(_GLAD, text),
    }


def reached(values: Mapping[Metric, tuple[float, tuple[int, int]]], metric: Metric, least: float) -> bool:
    """Whether a metric reaches a value."""
    return values[metric][0] >= least


def _count(pattern: re.Pattern[str], text: str) -> tuple[float, tuple[int, int]]:
    first: tuple[int, int] | None = None
    number = 0
    for found in pattern.finditer(text[:20_000]):
        first = first or found.span()
        number += 1
        if number >= _MOST:
            break
    return float(number), first or (0, 0)


def _shouted(read: Read, emphasised: frozenset[str]) -> tuple[float, tuple[int, int]]:
    loud = letters = 0
    first: tuple[int, int] | None = None
    for token in read.tokens:
        count = sum(c.isalpha() for c in token.raw)
        letters += count
        if token.quoted or count < 2 or not token.raw.isupper():
            continue
        # Short words in capitals are mostly abbreviations (ETA, SMS), unless they are words that people shout.
        if count <= 4 and token.norm not in emphasised:
            continue
        loud += count
        first = first or (token.start, token.end)
    return (loud / letters if letters else 0.0), first or (0, 0)


def _repeated(read: Read) -> tuple[float, tuple[int, int]]:
    tokens = read.tokens
    best, place, run = 1, (0, 0), 1
    for before, after in pairwise(tokens):
        run = run + 1 if before.norm == after.norm and not after.norm[0].isdigit() else 1
        if run > best:
            best, place = run, (after.start, after.end)
    return float(best if best > 1 else 0), place


def _chopped(read: Read) -> tuple[float, tuple[int, int]]:
    """The longest row of sentences of one or two words that end in a full stop or mark: "Get. It. Done." """
    best, place, run = 0, (0, 0), 0
    for sentence in read.sentences:
        closed = read.text[sentence.start : sentence.end].rstrip().endswith((".", "!"))
        run = run + 1 if closed and 0 < len(sentence.tokens) <= 2 else 0
        if run > best:
            best, place = run, (sentence.start, sentence.end)
    return float(best), place
