"""Finds the phrases of content in sentences, in time that hardly grows with the number of phrases.

Each phrase is filed under one of its own words (its anchor); a sentence asks only for the phrases whose anchor it
holds. The phrases then run as regular expressions over the sentence's canonical form, compiled at first use.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field

from calmdesk.content.phrase import Choice, Edge, Figure, Gap, Node, Term, Word, parse

from .text import Sentence


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found: under which key it was filed, and which words of the sentence it covers."""

    key: Hashable
    sentence: int
    first: int
    last: int


@dataclass(slots=True)
class _Filed:
    key: Hashable
    nodes: tuple[Node, ...]
    regex: re.Pattern[str] | None = field(default=None)


Anchor = tuple[str, bool]
Terms = Mapping[str, tuple[tuple[Node, ...], ...]]


class PhraseIndex:
    """Phrases filed under keys. `lexicons` are the terms that `<name>` in a phrase stands for."""

    def __init__(
        self, phrases: Iterable[tuple[Hashable, str]], lexicons: Mapping[str, tuple[str, ...]]
    ) -> None:
        self._terms: Terms = {name: tuple(parse(term) for term in terms) for name, terms in lexicons.items()}
        self._filed: list[_Filed] = []
        self._exact: dict[str, list[int]] = {}
        self._prefix: dict[str, list[int]] = {}
        self._always: list[int] = []
        for key, phrase in phrases:
            nodes = parse(phrase)
            number = len(self._filed)
            self._filed.append(_Filed(key, nodes))
            anchors = _anchors(nodes, self._terms)
            if anchors is None:
                self._always.append(number)
                continue
            for text, starts in anchors:
                (self._prefix if starts else self._exact).setdefault(text, []).append(number)
        self._lengths = sorted({len(prefix) for prefix in self._prefix})

    def words(self) -> frozenset[str]:
        """Every whole word that some phrase is filed under."""
        return frozenset(self._exact)

    def find(self, sentences: Iterable[Sentence]) -> list[Hit]:
        """All phrases found, sentence by sentence."""
        hits: list[Hit] = []
        for number, sentence in enumerate(sentences):
            if sentence.tokens:
                hits.extend(self._find_in(number, sentence))
        return hits

    def _find_in(self, number: int, sentence: Sentence) -> list[Hit]:
        wanted: set[int] = set(self._always)
        for norm in {token.norm for token in sentence.tokens}:
            wanted.update(self._exact.get(norm, ()))
            for length in self._lengths:
                if length > len(norm):
                    break
                wanted.update(self._prefix.get(norm[:length], ()))
        hits: list[Hit] = []
        for filed_number in sorted(wanted):
            filed = self._filed[filed_number]
            if filed.regex is None:
                filed.regex = re.compile(r"(?<![^ ])" + _source(filed.nodes, self._terms))
            for found in filed.regex.finditer(sentence.canon):
                if found.end() > found.start():
                    first, last = sentence.tokens_at(found.start(), found.end())
                    hits.append(Hit(filed.key, number, first, last))
        return hits


def _anchors(nodes: tuple[Node, ...], terms: Terms) -> list[Anchor] | None:
    """The words under which a sequence is filed: those of its most telling part; None where there is none."""
    best: list[Anchor] | None = None
    for node in nodes:
        found = _anchors_of(node, terms)
        if found and (best is None or _worth(found) > _worth(best)):
            best = found
    return best


def _anchors_of(node: Node, terms: Terms) -> list[Anchor] | None:
    if isinstance(node, Word):
        return None if node.ends else [(node.text, node.starts)]
    if isinstance(node, Term):
        options = terms.get(node.name, ())
    elif isinstance(node, Choice) and not node.optional:
        options = node.options
    else:
        return None
    together: list[Anchor] = []
    for option in options:
        found = _anchors(option, terms)
        if found is None:
            return None
        together.extend(found)
    return together


def _worth(anchors: list[Anchor]) -> float:
    # A long word is rare, many alternatives are not: a cheap guess at how seldom the phrase is tried in vain.
    return min(len(text) for text, _ in anchors) - 0.2 * len(anchors)


def _source(nodes: tuple[Node, ...], terms: Terms) -> str:
    return "".join(_source_of(node, terms) for node in nodes)


def _source_of(node: Node, terms: Terms) -> str:
    if isinstance(node, Word):
        return f"{'[^ ]*' if node.ends else ''}{re.escape(node.text)}{'[^ ]*' if node.starts else ''} "
    if isinstance(node, Figure):
        return "#?[0-9][^ ]* "
    if isinstance(node, Gap):
        return f"(?:[^ ]+ ){{{node.least},{node.most}}}?"
    if isinstance(node, Edge):
        return {"^": r"\A", "$": r"(?:[?!] )?\Z", "?": r"(?:[^ ]+ ){0,60}?\? \Z", "!": r"! \Z"}[node.mark]
    options = terms.get(node.name, ()) if isinstance(node, Term) else node.options
    body = "|".join(_source(option, terms) for option in options) or r"(?!)"
    return f"(?:{body}){'?' if isinstance(node, Choice) and node.optional else ''}"
