"""A cheap look at the words of a turn, beside its reading.

Readings err; the step machine is sturdier when a plain "yes, send the replacement" counts as agreement even if the
reader missed it. The words themselves are content (`method/signals.yml`); this file only compiles and asks them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

from calmdesk.content.loader import Content
from calmdesk.content.method import SignalsFile
from calmdesk.desk.conversation import Turn
from calmdesk.desk.vocabulary import Lang, LintRule, Move

_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
_LATIN = re.compile("[a-z]", re.IGNORECASE)
#: Signals that a negation before them turns round.
_CLAIMS = frozenset({"confirms"})
#: Moves beside which a boundary that no words show is a misreading.
_NO_BOUNDARY = frozenset(
    {Move.ASK_OPEN, Move.ASK_CLOSED, Move.OPTIONS, Move.SOLVE, Move.UPDATE, Move.REDIRECT, Move.EXPLAIN}
)
#: How many looks are remembered before all are forgotten.
_REMEMBERED = 8192
#: Words that somebody else said are not signals of their own.
_QUOTED = re.compile(r"«[^»]*»|\"[^\"\n]*\"|“[^”]*”")


def lang_of(text: str, fallback: Lang) -> Lang:
    """The language a text is mostly written in, by its letters; `fallback` where it has none."""
    cyrillic, latin = len(_CYRILLIC.findall(text)), len(_LATIN.findall(text))
    if not cyrillic and not latin:
        return fallback
    return Lang.RU if cyrillic >= latin else Lang.EN


@dataclass(frozen=True, slots=True)
class Signals:
    """The compiled words of every language, by name.

    A turn is looked at again with every later one, so what was found is remembered by a digest of the words (the
    words themselves are not kept); the answer is the same with and without.
    """

    customer: Mapping[Lang, Mapping[str, re.Pattern[str]]]
    agent: Mapping[Lang, Mapping[str, re.Pattern[str]]]
    stock: Mapping[Lang, re.Pattern[str]]
    _seen: dict[bytes, frozenset[str]] = field(default_factory=dict, repr=False, compare=False)

    def of_customer(self, text: str, lang: Lang) -> frozenset[str]:
        """The names of the signals in a customer's words, quotations left out."""
        spoken = lang_of(text, lang)
        return self._once(f"c{spoken}", text, lambda: _named(self.customer[spoken], text))

    def of_agent(self, text: str, lang: Lang) -> frozenset[str]:
        """The names of the signals in an agent's words."""
        spoken = lang_of(text, lang)
        return self._once(f"a{spoken}", text, lambda: _named(self.agent[spoken], text))

    def stock_phrases(self, text: str, lang: Lang) -> frozenset[str]:
        """The stock phrases in an agent's words, lower-cased, so that saying one twice is noticed."""
        spoken = lang_of(text, lang)
        return self._once(f"s{spoken}", text, lambda: _stock(self.stock[spoken], text))

    def _once(self, kind: str, text: str, look: Callable[[], frozenset[str]]) -> frozenset[str]:
        key = blake2b(f"{kind}{text}".encode("utf-8", "surrogatepass"), digest_size=16).digest()
        found = self._seen.get(key)
        if found is None:
            found = look()
            if len(self._seen) >= _REMEMBERED:
                self._seen.clear()
            self._seen[key] = found
        return found

    def moves(self, turn: Turn, lang: Lang) -> frozenset[Move]:
        """The moves of an agent's turn: those of its reading, and the plain ones it may have missed.

        Where the reading saw nothing at all, the words alone speak; otherwise they only add what a question mark
        or an apology makes certain.
        """
        said = self.of_agent(turn.text, lang)
        certain = {
            "asks": Move.ASK_CLOSED,
            "apologises": Move.APOLOGISE,
            "dated_promise": Move.PROMISE,
            "anything_else": Move.CLOSE,
        }
        every = certain | {
            "acknowledges": Move.ACKNOWLEDGE, "owns": Move.OWN, "solves": Move.SOLVE, "done": Move.SOLVE,
            "closes": Move.CLOSE, "escalates": Move.ESCALATE, "boundary": Move.BOUNDARY, "feedback": Move.FEEDBACK,
            "updates": Move.UPDATE, "explains": Move.EXPLAIN,
        }  # fmt: skip
        certain |= {"boundary": Move.BOUNDARY}
        table = certain if turn.moves else every
        moves = set(turn.moves) | {move for name, move in table.items() if name in said}
        if LintRule.NON_APOLOGY in turn.lint and Move.APOLOGISE not in turn.moves:
            moves.discard(Move.APOLOGISE)
        if "boundary" not in said and moves & _NO_BOUNDARY:
            moves.discard(Move.BOUNDARY)
        asked = {Move.ASK_CLOSED, Move.ASK_OPEN} & set(turn.moves)
        if moves & {Move.CLOSE, Move.FEEDBACK} and not asked:
            moves.discard(Move.ASK_CLOSED)
        return frozenset(moves)


def compile_signals(content: Content) -> Signals:
    """The signals of a content. Raises LookupError where a language lacks its file, re.error for a bad pattern."""
    files = {lang: content.one(SignalsFile, lang) for lang in Lang}
    return Signals(
        customer={lang: _compiled(file.customer) for lang, file in files.items()},
        agent={lang: _compiled(file.agent) for lang, file in files.items()},
        stock={lang: _pattern(file.stock) for lang, file in files.items()},
    )


def _compiled(named: Mapping[str, tuple[str, ...]]) -> dict[str, re.Pattern[str]]:
    return {name: _pattern(patterns) for name, patterns in named.items()}


def _pattern(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in patterns), re.IGNORECASE | re.MULTILINE)


def _named(patterns: Mapping[str, re.Pattern[str]], text: str) -> frozenset[str]:
    plain = _plain(text)
    negation = patterns.get("negation")
    return frozenset(
        name
        for name, pattern in patterns.items()
        if name != "negation"
        and any(not _denied(name, found, plain, negation) for found in pattern.finditer(plain))
    )


def _denied(name: str, found: re.Match[str], text: str, negation: re.Pattern[str] | None) -> bool:
    """Whether a claim that something works is taken back in the same breath: "still not arrived"."""
    if name not in _CLAIMS or negation is None:
        return False
    start = max(text.rfind(mark, 0, found.start()) for mark in ".!?;\n") + 1
    return negation.search(text, start, found.end()) is not None


def _plain(text: str) -> str:
    return _QUOTED.sub(" ", text.replace("’", "'").replace("ё", "е").replace("Ё", "Е"))


def _stock(pattern: re.Pattern[str], text: str) -> frozenset[str]:
    return frozenset(_words(phrase.group()) for phrase in pattern.finditer(_plain(text)))


def _words(phrase: str) -> str:
    return " ".join(re.findall(r"\w+", phrase.lower()))
