"""The rules of one language, compiled from content once and used for every message."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import NamedTuple

from calmdesk.content import Content
from calmdesk.content.models import Lexicon, SourcesFile
from calmdesk.content.phrase import Choice, Node, Word, parse
from calmdesk.content.piece import Source
from calmdesk.content.rules import LintFile, MetricCue, MoveFile, PhraseCue, Thresholds
from calmdesk.desk.vocabulary import Lang, LintRule, Move

from .language import to_cyrillic
from .phrases import Hit, PhraseIndex
from .text import Form, Sentence, WordForms

#: Word lists whose terms are looked for by themselves in a customer's message.
WATCHED = (
    "profanity", "slurs_one", "slurs_many", "contempt", "thing_words", "staff_words", "other_words", "reporting",
)  # fmt: skip
#: Word lists that decide whether a finding in a draft is harmless.
AIDS = ("reporting", "clears_time", "clears_now", "clears_look", "clears_reason")


class Key(NamedTuple):
    """What a phrase stands for: the kind of piece, its id, and the part it plays there."""

    kind: str
    id: str
    part: str


class RuleBook:
    """All rules of a language. Building it reads no files and takes well under a second."""

    def __init__(self, content: Content, lang: Lang) -> None:
        self.lang = lang
        lexicons = {entry.id.split("/")[-1]: entry.value.terms for entry in content.files(Lexicon, lang)
                    if isinstance(entry.value, Lexicon)}  # fmt: skip
        self.lexicons: dict[str, tuple[str, ...]] = {
            name: terms for name, terms in lexicons.items() if name != "shorthand"
        }
        self.cues: dict[str, PhraseCue] = {_short(k): v for k, v in content.by_id(PhraseCue, lang).items()}
        self.metrics: dict[str, MetricCue] = {_short(k): v for k, v in content.by_id(MetricCue, lang).items()}
        self.lint: dict[LintRule, LintFile] = {piece.rule: piece for piece in content.of(LintFile, lang)}
        self.moves: dict[Move, MoveFile] = {piece.move: piece for piece in content.of(MoveFile, lang)}
        self.thresholds = content.one(Thresholds, lang)
        self._documents = content.one(SourcesFile).documents
        self.customer = PhraseIndex(self._customer_phrases(), self.lexicons)
        self.agent = PhraseIndex(self._agent_phrases(), self.lexicons)
        self.words = {name: frozenset(terms) for name, terms in self.lexicons.items()}
        self.form = self._forms(lexicons.get("shorthand", ()))

    def citation(self, source: Source) -> str:
        """A source as a short citation in the book's language."""
        document = self._documents[source.doc]
        title = document.ru if self.lang is Lang.RU else document.en
        return f"{title}, {source.part}" if source.part else title

    def transliterated(self) -> Form:
        """The common form of words of Russian in Latin letters."""
        return lambda word: self.form(to_cyrillic(word))

    def find_customer(self, sentences: Iterable[Sentence]) -> list[Hit]:
        """Phrases of the rules for customers' messages."""
        return self.customer.find(sentences)

    def find_agent(self, sentences: Iterable[Sentence]) -> list[Hit]:
        """Phrases of the rules for agents' messages."""
        return self.agent.find(sentences)

    def _customer_phrases(self) -> Iterable[tuple[Hashable, str]]:
        for name in WATCHED:
            for term in self.lexicons.get(name, ()):
                yield Key("lexicon", name, "term"), term
        for ident, cue in self.cues.items():
            for part, phrases in (("sure", cue.any_of), ("hint", cue.hints), ("unless", cue.unless)):
                for phrase in phrases:
                    yield Key("cue", ident, part), phrase

    def _agent_phrases(self) -> Iterable[tuple[Hashable, str]]:
        for name in AIDS:
            for term in self.lexicons.get(name, ()):
                yield Key("lexicon", name, "term"), term
        for rule, lint in self.lint.items():
            for part, phrases in (("sure", lint.any_of), ("soft", lint.soft), ("unless", lint.unless)):
                for phrase in phrases:
                    yield Key("lint", rule, part), phrase
        for move, piece in self.moves.items():
            for part, phrases in (("sure", piece.any_of), ("asked", piece.asked), ("unless", piece.unless)):
                for phrase in phrases:
                    yield Key("move", move, part), phrase

    def _forms(self, shorthand: tuple[str, ...]) -> WordForms:
        pairs = dict(term.split("=", 1) for term in shorthand if "=" in term)
        known = {w for terms in self.lexicons.values() for t in terms for w in _plain_words(parse(t))}
        swears = {
            term.strip("*")
            for name in ("profanity", "slurs_one", "slurs_many", "masked")
            for term in self.lexicons.get(name, ())
            if " " not in term and "(" not in term
        }
        return WordForms(
            frozenset(known) | self.customer.words() | self.agent.words(),
            tuple(sorted(swear for swear in swears if len(swear) > 2)),
            {key.strip(): value.strip() for key, value in pairs.items()},
        )


def _short(ident: str) -> str:
    return ident.removeprefix("cues/").replace("/", ".")


def _plain_words(nodes: tuple[Node, ...]) -> Iterable[str]:
    for node in nodes:
        if isinstance(node, Word) and not node.starts and not node.ends:
            yield node.text
        elif isinstance(node, Choice):
            for option in node.options:
                yield from _plain_words(option)
