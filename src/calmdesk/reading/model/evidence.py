"""Which words speak for a label: the network's own terms, gathered over whole words.

A label's logit is a sum over the tokens (its attention times what the token says) plus one part that sees the
message as a whole, so these terms are the computation itself and not a guess made afterwards.
"""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from .scores import Stretch

WORD = re.compile(r"\S+")
MOST = 4
SHARE = 0.3
Floats = NDArray[np.float64]


def by_word(text: str, starts: NDArray[np.int64], ends: NDArray[np.int64], terms: Floats) -> list[Stretch]:
    """The terms of the tokens summed over the words they belong to."""
    words = [(m.start(), m.end()) for m in WORD.finditer(text)]
    if not words:
        return []
    edges = np.asarray([w[0] for w in words])
    middle = np.maximum(starts, ends - 1)
    home = np.clip(np.searchsorted(edges, middle, side="right") - 1, 0, len(words) - 1)
    sums = np.bincount(home, weights=terms, minlength=len(words))
    return [Stretch(a, b, float(s)) for (a, b), s in zip(words, sums, strict=True)]


def strongest(words: list[Stretch]) -> tuple[Stretch, ...]:
    """The words that carry the label, neighbours joined, strongest first; weights are parts of one."""
    top = max((w.weight for w in words), default=0.0)
    if top <= 0:
        return ()
    kept = [w for w in words if w.weight >= SHARE * top]
    total = sum(w.weight for w in words if w.weight > 0)
    joined: list[Stretch] = []
    order = {w.start: i for i, w in enumerate(words)}
    before = -9
    for word in kept:
        last = joined[-1] if joined else None
        if last is not None and order[word.start] - before <= 2:
            joined[-1] = Stretch(last.start, word.end, last.weight + word.weight / total)
        else:
            joined.append(Stretch(word.start, word.end, word.weight / total))
        before = order[word.start]
    return tuple(sorted(joined, key=lambda s: -s.weight)[:MOST])


def widest(
    text: str, starts: NDArray[np.int64], ends: NDArray[np.int64], tags: Floats, floor: float
) -> list[tuple[int, int, float]]:
    """Stretches of tokens whose tag lies above the floor, gaps of two tokens closed: start, end, peak."""
    out: list[tuple[int, int, float]] = []
    last = -9
    for place in np.flatnonzero(tags >= floor):
        start, end, peak = int(starts[place]), int(ends[place]), float(tags[place])
        if out and place - last <= 3:
            first, _, best = out[-1]
            out[-1] = (first, end, max(best, peak))
        else:
            out.append((start, end, peak))
        last = int(place)
    return [(*trimmed(text, a, b), peak) for a, b, peak in out if text[a:b].strip()]


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch widened to whole words, with the marks at its edges left out."""
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    while start < end and not (text[start].isalnum() or text[start] in "«\"'“"):
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
