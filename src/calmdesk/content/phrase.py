"""The small language in which phrases are written, so that content holds words and no code.

    calm down            these words, side by side (case, ё, curly quotes and doubled letters do not matter)
    refund*              a word that begins so;  *able  a word that ends so
    (calm|settle) down   one of these; an alternative may have several words
    please [just] wait   a part that may be missing
    # days               a number in figures
    i .. sorry           up to three words between;  ...  up to seven;  _  exactly one word
    <thing>              one of the terms of the word list lexicons/thing.txt of the same language
    ^ sorry $            the beginning and the end of a sentence;  ?  and  !  its closing mark

`parse` raises ValueError with what is wrong; a phrase needs at least one word that is not optional, or a closing mark.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated

from pydantic import AfterValidator

GAPS = {"..": 3, "...": 7}
_TOKEN = re.compile(r"\s*(\(|\)|\[|\]|\||\^|\$|\?|!|\.\.\.|\.\.|<[a-z_]+>|[^\s()\[\]|^$?!<>]+)")
_WORD = re.compile(r"\*?[\w'&%€$£₽@#+./,:-]+\*?")


@dataclass(frozen=True, slots=True)
class Word:
    """One word; `starts` and `ends` say whether the text is only its beginning or end."""

    text: str
    starts: bool = False
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """Any term of a word list."""

    name: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A number written in figures."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Between `least` and `most` words of any kind."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Edge:
    """A place or mark: `^`, `$`, `?` or `!`."""

    mark: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several sequences; `optional` when it may be missing."""

    options: tuple[tuple[Node, ...], ...]
    optional: bool = False


Node = Word | Term | Figure | Gap | Edge | Choice


@lru_cache(maxsize=1 << 16)
def parse(phrase: str) -> tuple[Node, ...]:
    """The parts of a phrase. Raises ValueError."""
    tokens: list[str] = []
    at = 0
    stripped = phrase.rstrip()
    while at < len(stripped):
        found = _TOKEN.match(stripped, at)
        if not found:
            raise ValueError(f"cannot read {stripped[at:]!r} in the phrase {phrase!r}")
        tokens.append(found[1])
        at = found.end()
    nodes, rest = _sequence(tokens, 0, phrase)
    if rest != len(tokens):
        raise ValueError(f"a closing {tokens[rest]!r} too many in the phrase {phrase!r}")
    if not any(_solid(node) for node in nodes):
        raise ValueError(f"the phrase {phrase!r} needs a word that must be there")
    return nodes


def _solid(node: Node) -> bool:
    if isinstance(node, Word | Term | Figure):
        return True
    if isinstance(node, Edge):
        return node.mark in ("?", "!")
    if isinstance(node, Choice):
        return not node.optional and all(any(_solid(part) for part in option) for option in node.options)
    return False


def _sequence(tokens: list[str], at: int, phrase: str) -> tuple[tuple[Node, ...], int]:
    nodes: list[Node] = []
    while at < len(tokens) and tokens[at] not in (")", "]", "|"):
        token = tokens[at]
        at += 1
        if token in ("(", "["):
            choice, at = _choice(tokens, at, phrase, ")" if token == "(" else "]")  # noqa: S105 - a bracket
            nodes.append(choice)
        elif token in GAPS:
            nodes.append(Gap(0, GAPS[token]))
        elif token == "#":  # noqa: S105 - a mark of the phrase language
            nodes.append(Figure())
        elif token == "_":  # noqa: S105 - a mark of the phrase language
            nodes.append(Gap(1, 1))
        elif token in ("^", "$", "?", "!"):
            nodes.append(Edge(token))
        elif token.startswith("<"):
            nodes.append(Term(token[1:-1]))
        else:
            nodes.append(_word(token, phrase))
    return tuple(nodes), at


def _choice(tokens: list[str], at: int, phrase: str, close: str) -> tuple[Choice, int]:
    options: list[tuple[Node, ...]] = []
    while True:
        option, at = _sequence(tokens, at, phrase)
        if not option:
            raise ValueError(f"an empty alternative in the phrase {phrase!r}")
        options.append(option)
        if at >= len(tokens):
            raise ValueError(f"a {close!r} is missing in the phrase {phrase!r}")
        mark = tokens[at]
        at += 1
        if mark == "|":
            continue
        if mark != close:
            raise ValueError(f"{mark!r} where {close!r} was expected in the phrase {phrase!r}")
        return Choice(tuple(options), optional=close == "]"), at


def _word(token: str, phrase: str) -> Word:
    if not _WORD.fullmatch(token):
        raise ValueError(f"{token!r} is no word of the phrase language in {phrase!r}")
    bare = token.strip("*").lower().replace("ё", "е")
    if len(bare) < 2 and "*" in token:
        raise ValueError(f"{token!r} would match nearly everything in the phrase {phrase!r}")
    return Word(bare, starts=token.endswith("*"), ends=token.startswith("*"))


def _checked(phrase: str) -> str:
    parse(phrase)
    return phrase


#: A phrase of the language above, checked when the file is loaded.
Phrase = Annotated[str, AfterValidator(_checked)]
