"""Who or what a hard word is aimed at: a person, the staff, the customer themselves, somebody else, a thing, nobody.

A word list says which words are hard; the words around it say whom they hit. Words that somebody else said ("he
called me an idiot") and denials ("I'm not stupid") hit nobody.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from calmdesk.desk.reading import Abuse, Cue
from calmdesk.desk.vocabulary import AbuseKind, AbuseTarget, Lang

from .evidence import AbuseSign
from .phrases import Hit
from .rulebook import Key, RuleBook
from .text import Read, Sentence

#: How far back a word may stand that says whom a hard word hits.
REACH = 6
#: What parts a hard word from its neighbours: beyond it stands something else ("верните деньги, воры").
_BREAK = re.compile(r"[,;:—–()!?…\n]|\.\s")
_BECAUSE = {
    (Lang.EN, "insult.agent"): "A demeaning word aimed at the person who answers.",
    (Lang.EN, "insult.staff"): "A demeaning word aimed at the company's people.",
    (Lang.EN, "insult.customer"): "The customer runs themselves down, nobody else.",
    (Lang.EN, "insult.other"): "A demeaning word about a third person.",
    (Lang.EN, "profanity.thing"): "Swearing about a thing, not at a person.",
    (Lang.EN, "profanity.none"): "Swearing at nobody.",
    (Lang.EN, "none.thing"): "Contempt for a thing; nobody is attacked.",
    (Lang.RU, "insult.agent"): "Оскорбление в адрес того, кто отвечает.",
    (Lang.RU, "insult.staff"): "Оскорбление в адрес сотрудников компании.",
    (Lang.RU, "insult.customer"): "Клиент ругает самого себя.",
    (Lang.RU, "insult.other"): "Оскорбление в адрес третьего лица.",
    (Lang.RU, "profanity.thing"): "Ругань о вещи, а не о человеке.",
    (Lang.RU, "profanity.none"): "Ругань ни в чей адрес.",
    (Lang.RU, "none.thing"): "Презрение к вещи; людей не задевают.",
}


def find_abuse(read: Read, hits: list[Hit], book: RuleBook) -> list[AbuseSign]:
    """Signs of insult, swearing and contempt that word lists and the words around them show."""
    marked: dict[int, dict[str, set[int]]] = {}
    for hit in hits:
        if isinstance(hit.key, Key) and hit.key.kind == "lexicon":
            spots = marked.setdefault(hit.sentence, {}).setdefault(hit.key.id, set())
            spots.update(range(hit.first, hit.last))
    signs: list[AbuseSign] = []
    for hit in hits:
        if not isinstance(hit.key, Key) or hit.key.kind != "lexicon":
            continue
        finder = _FINDERS.get(hit.key.id)
        if finder is None:
            continue
        around = _Around(read, hit, marked[hit.sentence], book)
        if around.not_ours:
            continue
        found = finder(around)
        if found is not None:
            signs.append(around.sign(*found))
    return signs


class _Around:
    """A hard word and the words around it."""

    def __init__(self, read: Read, hit: Hit, marked: dict[str, set[int]], book: RuleBook) -> None:
        sentence = read.sentences[hit.sentence]
        self.sentence, self.hit, self._marked, self._book = sentence, hit, marked, book
        norms = [token.norm for token in sentence.tokens]
        self.word = norms[hit.first]
        self.before = norms[max(0, hit.first - REACH) : hit.first]
        self.after = norms[hit.last : hit.last + REACH]
        self.opens, self.closes = _clause(read.text, sentence, hit)
        self.alone = len(norms) - (hit.last - hit.first) <= 1
        self.leads = hit.first == 0
        self.ends = hit.last == len(norms)

    @property
    def not_ours(self) -> bool:
        """Whether the word is quoted, reported, or denied."""
        if self.sentence.tokens[self.hit.first].quoted:
            return True
        reported = self._marked.get("reporting", set())
        if any(place < self.hit.first and self.hit.first - place <= 8 for place in reported):
            return True
        near = [
            token.norm for token in self.sentence.tokens[max(self.opens, self.hit.first - 3) : self.hit.first]
        ]
        return any(word in self._book.words.get("denials", frozenset()) for word in near)

    def near(self, name: str, words: list[str]) -> bool:
        """Whether one of the words stands in a plain word list."""
        terms = self._book.words.get(name, frozenset())
        return any(word in terms for word in words)

    def spot(self, name: str, first: int, last: int) -> bool:
        """Whether a term of a watched list covers one of the places first..last-1."""
        spots = self._marked.get(name, set())
        return any(place in spots for place in range(max(0, first), last))

    def anywhere(self, name: str) -> bool:
        """Whether a term of a watched list stands in the sentence."""
        return bool(self._marked.get(name))

    def sign(self, kind: AbuseKind, target: AbuseTarget, sure: float) -> AbuseSign:
        """The sign with its cue."""
        tokens = self.sentence.tokens
        start, end = tokens[self.hit.first].start, tokens[self.hit.last - 1].end
        name = f"{kind}.{target}"
        because = _BECAUSE.get((self._book.lang, name), "")
        by = f"rule:lexicon.{self.hit.key.id}" if isinstance(self.hit.key, Key) else "rule:lexicon"
        quote = "".join(token.raw for token in tokens[self.hit.first : self.hit.last])
        direct = kind is AbuseKind.INSULT and target in (AbuseTarget.AGENT, AbuseTarget.STAFF)
        return AbuseSign(
            Abuse(kind, target), sure, Cue(f"abuse.{name}", start, end, quote, because, by), direct
        )


def _clause(text: str, sentence: Sentence, hit: Hit) -> tuple[int, int]:
    """The first word and the end of the stretch without a break in which a hard word stands."""
    tokens = sentence.tokens
    opens, closes = hit.first, hit.last
    while opens > 0 and not _BREAK.search(text, tokens[opens - 1].end, tokens[opens].start):
        opens -= 1
    while closes < len(tokens) and not _BREAK.search(text, tokens[closes - 1].end, tokens[closes].start):
        closes += 1
    return opens, closes


Found = tuple[AbuseKind, AbuseTarget, float]


def _slur(around: _Around) -> Found | None:
    many = isinstance(around.hit.key, Key) and around.hit.key.id == "slurs_many"
    first, last = around.hit.first, around.hit.last
    if around.spot("thing_words", last, min(last + 2, around.closes)) or (
        # "The site was made by idiots" is about people: many of them are never a thing.
        not many
        and around.spot("thing_words", first - 3, first)
        and not around.near("second_words", around.before)
    ):
        return AbuseKind.NONE, AbuseTarget.THING, 0.5
    if not many and _about_self(around):
        return AbuseKind.INSULT, AbuseTarget.CUSTOMER, 0.8
    return AbuseKind.INSULT, _whom(around, many), 0.9


def _about_self(around: _Around) -> bool:
    if around.near("second_words", around.before[-4:]):
        return False
    return around.near("self_words", around.before[-4:]) or (
        around.near("self_words", around.after[:2]) and not around.near("second_words", around.after[:4])
    )


def _whom(around: _Around, many: bool) -> AbuseTarget:
    first, last = around.hit.first, around.hit.last
    if around.near("group_words", [*around.before, *around.after[:2]]):
        return AbuseTarget.STAFF
    if around.spot("other_words", first - REACH, last + 4):
        return AbuseTarget.OTHER
    if around.spot("staff_words", first - REACH, last + 4):
        return AbuseTarget.STAFF
    if around.near("second_words", [*around.before, *around.after[:3]]):
        return AbuseTarget.STAFF if many else AbuseTarget.AGENT
    if around.near("third_words", [*around.before, *around.after[:3]]) and not many:
        return AbuseTarget.OTHER
    if many or around.anywhere("staff_words"):
        return AbuseTarget.STAFF
    if around.anywhere("other_words"):
        return AbuseTarget.OTHER
    return AbuseTarget.AGENT


def _profanity(around: _Around) -> Found:
    last = around.hit.last
    attributive = around.near("swear_adjectives", [around.word]) or any(
        around.word.startswith(stem) for stem in around._book.words.get("swear_stems", frozenset())
    )
    if around.spot("thing_words", last, last + (2 if attributive else 1)):
        return AbuseKind.PROFANITY, AbuseTarget.THING, 0.9
    behind = around.spot("thing_words", around.hit.first - 3, around.hit.first)
    if behind and around.near("dismissive_nouns", [around.word]):
        return AbuseKind.PROFANITY, AbuseTarget.THING, 0.7
    return AbuseKind.PROFANITY, AbuseTarget.NONE, 0.9


def _contempt(around: _Around) -> Found | None:
    """Contemptuous adjectives: they become an insult only where a person stands beside them."""
    first, last = around.hit.first, around.hit.last
    if around.spot("thing_words", last, last + 2):
        return AbuseKind.NONE, AbuseTarget.THING, 0.8
    if around.near("being_self", [" ".join(around.before[-2:]), *around.before[-3:]]) and not around.near(
        "second_words", around.before[-3:]
    ):
        return AbuseKind.INSULT, AbuseTarget.CUSTOMER, 0.7
    if around.near("group_words", around.before[-4:]) or around.near("group_words", around.after[:2]):
        return AbuseKind.INSULT, AbuseTarget.STAFF, 0.8
    if around.spot("staff_words", last, last + 2) or around.spot("staff_words", first - 4, first):
        return AbuseKind.INSULT, AbuseTarget.STAFF, 0.8
    if around.spot("other_words", last, last + 2) or around.spot("other_words", first - 4, first):
        return AbuseKind.INSULT, AbuseTarget.OTHER, 0.7
    if around.near("being_you", around.before[-3:]):
        return AbuseKind.INSULT, AbuseTarget.AGENT, 0.8
    if around.spot("thing_words", first - 4, first):
        return AbuseKind.NONE, AbuseTarget.THING, 0.6
    return None


_FINDERS: dict[str, Callable[[_Around], Found | None]] = {
    "slurs_one": _slur,
    "slurs_many": _slur,
    "profanity": _profanity,
    "contempt": _contempt,
}
