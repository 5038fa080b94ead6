"""Text to token ids for the encoder, with each token's place in the text kept.

A customer's message is read as a query, an agent's draft as a passage with the customer's last words behind
it as context; only the message's own words (the focus) may be evidence.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

START, PAD, END = 0, 1, 2
LONGEST = 160
CONTEXT_LONGEST = 48
PREFIX = {"customer": "query:", "agent": "passage:"}


@dataclass(frozen=True, slots=True)
class Encoded:
    """One message as the network sees it; `starts`/`ends` are places in the text, -1 outside the focus."""

    ids: tuple[int, ...]
    focus: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded arrays for one run of the network."""

    ids: NDArray[np.int64]
    mask: NDArray[np.int64]
    focus: NDArray[np.int64]


class Tokens:
    """The tokenizer with the conventions of training."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._prefix = {
            role: tuple(tokenizer.encode(text, add_special_tokens=False).ids) for role, text in PREFIX.items()
        }

    @classmethod
    def load(cls, path: Path) -> Tokens:
        """Reads a `tokenizer.json`; raises OSError when the file is missing."""
        return cls(Tokenizer.from_str(path.read_text(encoding="utf-8")))

    def pieces(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        """The ids of a text and where each lies in it, without any special token."""
        found = self._tokenizer.encode(text, add_special_tokens=False)
        return list(found.ids), [(int(a), int(b)) for a, b in found.offsets]

    def room(self, role: str, context: str) -> int:
        """How many tokens of a message fit into one run beside its context."""
        behind = min(len(self.pieces(context)[0]), CONTEXT_LONGEST) + 2 if context else 0
        return LONGEST - len(self._prefix[role]) - 2 - behind

    def encode(self, text: str, role: str, context: str = "", context_left: int = CONTEXT_LONGEST) -> Encoded:
        """One text for one run; what does not fit is cut off at the end (see `parts` for long messages)."""
        ids, places = self.pieces(text)
        behind: list[int] = []
        if context and context_left > 0:
            behind = [END, *self.pieces(context)[0][-context_left:], END]
        prefix = self._prefix[role]
        room = LONGEST - len(prefix) - 2 - len(behind)
        ids, places = ids[:room], places[:room]
        lead, tail = 1 + len(prefix), 1 + len(behind)
        return Encoded(
            (START, *prefix, *ids, END, *behind),
            (*(0,) * lead, *(1,) * len(ids), *(0,) * tail),
            (*(-1,) * lead, *(a for a, _ in places), *(-1,) * tail),
            (*(-1,) * lead, *(b for _, b in places), *(-1,) * tail),
        )


def padded(rows: list[Encoded]) -> Batch:
    """Encoded messages side by side, filled up to the longest."""
    width = max(len(row.ids) for row in rows)
    ids = np.full((len(rows), width), PAD, dtype=np.int64)
    mask, focus = np.zeros_like(ids), np.zeros_like(ids)
    for number, row in enumerate(rows):
        size = len(row.ids)
        ids[number, :size] = row.ids
        mask[number, :size] = 1
        focus[number, :size] = row.focus
    return Batch(ids, mask, focus)
