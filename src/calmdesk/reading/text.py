"""A message's text as sentences and words whose places are kept, so that every judgement can be shown at its words.

Words are brought to one form (case, ё, quotes, doubled letters, disguised letters, Russian in Latin letters) beside
their place in the original; quoted and reported words are marked. Everything here takes time linear in the text and
never raises, whatever the text holds.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass

#: A longer message is read at its beginning and its end; what lies between changes no judgement.
HEAD, TAIL = 12_000, 4_000
#: A "sentence" longer than this is cut, which bounds the work for each of them.
LONGEST_SENTENCE = 60

_WORD = re.compile(
    r"(?P<link>(?:https?://|www\.)[^\s<>\"]{1,300}|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4})"
    r"|(?P<spaced>(?<![^\W_])(?:[^\W\d_][ .\-_]){3,12}[^\W\d_](?![^\W_]))"
    r"|(?P<number>[#№]?\d[\d.,:/\u00a0]*\d|[#№]?\d)"
    r"|(?P<word>[@$]?[^\W\d_]"
    r"(?:[^\W_]|[\u0300-\u036f\u200b-\u200d\u2060\ufeff\u00ad]|['’ʼ`´](?=[^\W\d_])|[-‑](?=[^\W_])|[*@$#]+(?=[^\W_])|(?<=[hHbB])!(?=[tT]))*[*]*)"
)
_STOP = re.compile(r"(?P<stop>[.!?…]+[)\]»”\"'’]*)(?=\s|$|[^\w\s])|(?P<line>\s*\n\s*)|(?P<semi>;)(?=\s)")
_MARKS = re.compile("[\u0300-\u0304\u0307\u0309-\u036f\u200b-\u200d\u2060\ufeff\u00ad]")
_ABBREVIATED = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|st|vs|approx|e\.g|i\.e|a\.m|p\.m|ul|г|ул|стр|руб|тыс|т\.е|т\.к|т\.д|т\.п|им|пл|обл)"
    r"|(?<![^\W_])[^\W\d_])$",
    re.IGNORECASE,
)
_PAIRS = (
    re.compile(r"«[^«»]{1,400}»"),
    re.compile(r"[“„][^“”„]{1,400}[”“]"),
    re.compile(r"\"[^\"\n]{1,300}\""),
    re.compile(r"(?:(?<=\s)|(?<=\A)|(?<=[(:,]))['‘][^'‘’\n]{2,120}['’](?=[\s.,;:!?)]|\Z)"),
    re.compile(r"^>[^\n]{0,2000}", re.MULTILINE),
)
_LATIN, _CYRILLIC = "aceopxykmhtbi", "асеорхукмнтви"
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)
_LONG = re.compile(r"([^\W\d_])\1{2,}")
_LEET = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "@": "a", "$": "s", "!": "i"})


@dataclass(frozen=True, slots=True)
class Token:
    """One word: its common form, its place, how it was written, and whether somebody else's words are given."""

    norm: str
    start: int
    end: int
    raw: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence. `canon` is its words in their common form, each followed by a space, and its closing mark."""

    start: int
    end: int
    tokens: tuple[Token, ...]
    mark: str
    canon: str
    starts: tuple[int, ...]

    def tokens_at(self, start: int, end: int) -> tuple[int, int]:
        """The range of tokens that a range of `canon` covers."""
        first = max(0, bisect_right(self.starts, start) - 1)
        last = max(first + 1, bisect_right(self.starts, max(start, end - 1)))
        return first, min(last, len(self.tokens))


@dataclass(frozen=True, slots=True)
class Read:
    """A text, ready for rules: the original and its sentences."""

    text: str
    sentences: tuple[Sentence, ...]

    @property
    def tokens(self) -> tuple[Token, ...]:
        """All words in order."""
        return tuple(token for sentence in self.sentences for token in sentence.tokens)


Form = Callable[[str], str]


def windows(text: str) -> tuple[tuple[int, int], ...]:
    """The parts of a text that are read: all of it, or its beginning and end."""
    if len(text) <= HEAD + TAIL:
        return ((0, len(text)),)
    return ((0, HEAD), (len(text) - TAIL, len(text)))


def plain(word: str) -> str:
    """A word's common form without any word list: lower case, ё as е, straight apostrophes, no hidden marks."""
    low = word.lower()
    if not low.isascii():
        low = low.replace("ё", "е").replace("ё", "е")
        low = _MARKS.sub("", low)
        for odd in "’ʼ`´":
            low = low.replace(odd, "'")
        low = low.replace("‑", "-")
        low = _one_script(low)
    return low


def _one_script(word: str) -> str:
    latin = sum("a" <= c <= "z" for c in word)
    cyrillic = sum("а" <= c <= "я" for c in word)
    if not latin or not cyrillic:
        return word
    return word.translate(_TO_CYRILLIC) if cyrillic >= latin else word.translate(_TO_LATIN)


def quoted_ranges(text: str) -> list[tuple[int, int]]:
    """Where other people's words (or one's own emphasis) stand in quotation marks, in order, not overlapping."""
    found = sorted(match.span() for pair in _PAIRS for match in pair.finditer(text))
    ranges: list[tuple[int, int]] = []
    for start, end in found:
        if not ranges or start >= ranges[-1][1]:
            ranges.append((start, end))
    return ranges


def read_text(text: str, form: Form = plain) -> Read:
    """Sentences and words of a text; `form` gives a word's common form."""
    sentences: list[Sentence] = []
    for start, end in windows(text):
        part = text[start:end]
        quotes = [(a + start, b + start) for a, b in quoted_ranges(part)]
        for a, b, mark in _sentence_spans(part):
            sentences.extend(_sentences(text, start + a, start + b, mark, quotes, form))
    return Read(text, tuple(sentences))


def _sentence_spans(part: str) -> list[tuple[int, int, str]]:
    spans: list[tuple[int, int, str]] = []
    begin = 0
    for found in _STOP.finditer(part):
        stop = found["stop"] or ""
        if stop == "." and _ABBREVIATED.search(part[max(0, found.start() - 8) : found.start()]):
            continue
        mark = "?" if "?" in stop else "!" if "!" in stop else ""
        if part[begin : found.start()].strip():
            spans.append((begin, found.end() if stop else found.start(), mark))
        begin = found.end()
    if part[begin:].strip():
        spans.append((begin, len(part), ""))
    return spans


def _sentences(
    text: str, start: int, end: int, mark: str, quotes: list[tuple[int, int]], form: Form
) -> list[Sentence]:
    tokens: list[Token] = []
    for found in _WORD.finditer(text, start, end):
        a, b = found.span()
        raw = found.group()
        if found["spaced"]:
            norm = form(re.sub(r"[ .\-_]", "", raw))
        elif found["number"] or found["link"]:
            norm = raw.lower().replace("\u00a0", "").replace(" ", "")
        else:
            norm = form(raw)
        if norm:
            tokens.append(Token(norm, a, b, raw, _inside(quotes, a)))
    pieces = [tokens[i : i + LONGEST_SENTENCE] for i in range(0, len(tokens), LONGEST_SENTENCE)] or [[]]
    made: list[Sentence] = []
    for number, piece in enumerate(pieces):
        last = number == len(pieces) - 1
        a = start if number == 0 else piece[0].start
        b = end if last else piece[-1].end
        made.append(_sentence(a, b, tuple(piece), mark if last else ""))
    return made


def _sentence(start: int, end: int, tokens: tuple[Token, ...], mark: str) -> Sentence:
    starts: list[int] = []
    at = 0
    for token in tokens:
        starts.append(at)
        at += len(token.norm) + 1
    canon = "".join(token.norm + " " for token in tokens) + (mark + " " if mark else "")
    return Sentence(start, end, tokens, mark, canon, tuple(starts))


def _inside(ranges: list[tuple[int, int]], place: int) -> bool:
    at = bisect_right(ranges, (place, 1 << 60)) - 1
    return at >= 0 and ranges[at][0] <= place < ranges[at][1]


class WordForms:
    """Gives words their common form with the help of word lists.

    `known` are words that rules speak of (they decide how doubled letters are undone), `swears` the words that people
    disguise, `shorthand` what chat shorthand stands for.
    """

    def __init__(self, known: frozenset[str], swears: tuple[str, ...], shorthand: dict[str, str]) -> None:
        self._known = known
        self._swears = swears
        self._shorthand = shorthand

    def __call__(self, word: str) -> str:
        """The common form of one written word."""
        low = plain(word)
        if len(low) > 2 and _LONG.search(low):
            low = self._shortened(low)
        if any(c in low for c in "*@$#!") or (
            any(c.isdigit() for c in low) and any(c.isalpha() for c in low)
        ):
            low = self._undisguised(low)
        return self._shorthand.get(low, low)

    def _shortened(self, low: str) -> str:
        once = _LONG.sub(r"\1", low)
        if once in self._known or once in self._shorthand:
            return once
        twice = _LONG.sub(r"\1\1", low)
        return twice if twice in self._known else once

    def _undisguised(self, low: str) -> str:
        # One script again: the disguise of "еб@ный" is a Latin letter.
        read = plain(low.translate(_LEET))
        if any(read.startswith(swear) for swear in self._swears):
            return read
        bare = read.strip("*#")
        if not any(c in read[1:] for c in "*#"):
            return low
        shape = re.sub(r"[*#@$!]+", lambda run: f".{{{len(run.group())},{len(run.group()) + 3}}}", read)
        try:
            masked = re.compile(re.sub(r"[^\w.{},]", "", shape))
        except re.error:  # pragma: no cover - the shape is made of letters and counted dots
            return bare
        for swear in self._swears:
            if masked.fullmatch(swear) or (
                len(bare) >= 2 and masked.match(swear) and len(read) <= len(swear) + 2
            ):
                return swear
        return bare or low
