"""Long messages are read in parts: whole sentences, as many as fit into one run, each part with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .tokens import Tokens

PART = 64  # tokens of a part; about the length of the lines that the network was trained on
SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'»”)]*\s+|\n+")


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a message and where it begins."""

    text: str
    start: int


def sentences(text: str) -> list[tuple[int, int]]:
    """Places of the sentences, blank ones left out; together they cover all words of the text."""
    out, at = [], 0
    for found in [*SENTENCE_END.finditer(text), None]:
        end = found.start() if found else len(text)
        if text[at:end].strip():
            out.append((at, end))
        at = found.end() if found else end
    return out


def split(text: str, tokens: Tokens, room: int) -> list[Part]:
    """The text as one part when it fits, else parts of whole sentences, short enough not to drown a hot one.

    A single sentence longer than a part is cut at its edge and goes on in the next part.
    """
    places = tokens.pieces(text)[1]
    if len(places) <= room:
        return [Part(text, 0)]
    room = min(room, PART)
    out: list[Part] = []
    begin, used = -1, 0
    stop = 0
    for start, end in sentences(text):
        inside = [p for p in places if p[0] < end and p[1] > start]
        while len(inside) > room:
            if begin >= 0:
                out.append(Part(text[begin:stop], begin))
                begin = -1
            cut = inside[room][0]
            out.append(Part(text[start:cut], start))
            start, inside = cut, inside[room:]
        if begin >= 0 and used + len(inside) > room:
            out.append(Part(text[begin:stop], begin))
            begin = -1
        if begin < 0:
            begin, used = start, 0
        used += len(inside)
        stop = end
    if begin >= 0:
        out.append(Part(text[begin:stop], begin))
    return out
