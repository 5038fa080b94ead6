"""English words in a row: tokens, verb forms, and what the clauses before lend."""

from __future__ import annotations

from collections.abc import Sequence

from ..clauses import Clause, Sort
from .cues import ADVERBS, BE, GLUED, MODALS, NEG_BE, WORD
from .verbs import Form, lexicon


def carried_words(before: Sequence[Clause]) -> str:
    """The words without a verb just before: "a letter for the landlord, on letterhead, …"."""
    words = ""
    for earlier in reversed(before):
        if earlier.verdict.sort is Sort.ASIDE:
            continue
        if earlier.verdict.sort is not Sort.FRAGMENT:
            break
        words = earlier.bare.strip() + " " + words
    return words.strip()


def tokens_of(body: str) -> list[str]:
    """The words of a clause, contractions apart."""
    words: list[str] = []
    for found in WORD.finditer(body):
        word = found[0]
        if (
            "'" in word
            and not word.startswith("'")
            and word not in MODALS
            and not word.endswith("n't")
            and word != "o'clock"
        ):
            head, _, tail = word.partition("'")
            words += [head, "'" + tail]
        else:
            words.append(word)
    if words and words[0] in GLUED and len(words) > 1 and is_base(_next_word(words, 1)):
        words[:1] = [GLUED[words[0]], "'ll"]
    return [piece for word in words for piece in (("not",) if word == "n't" else (word,))]


def _next_word(words: Sequence[str], at: int) -> str:
    while at < len(words) and words[at] in ADVERBS:
        at += 1
    return words[at] if at < len(words) else ""


def is_base(word: str) -> bool:
    """Whether a word can be a verb in its base form."""
    if word in ("be", "have", "get"):
        return True
    verb = lexicon().get(word)
    return verb is not None and Form.BASE in verb.forms


def is_third(word: str) -> bool:
    """Whether a word can be a verb in the third person."""
    verb = lexicon().get(word)
    return verb is not None and Form.THIRD in verb.forms and Form.BASE not in verb.forms


def word_at(words: Sequence[str], i: int) -> str:
    """The word there, or an empty one beyond the end."""
    return words[i] if 0 <= i < len(words) else ""


def is_be_near(words: Sequence[str], i: int) -> bool:
    """Whether a form of "be" stands there or just before."""
    return any(word in BE for word in words[max(0, i - 3) : i]) and not any(
        w in ("not", *NEG_BE) for w in words[max(0, i - 3) : i]
    )


def chain_of(before: Sequence[Clause]) -> Clause | None:
    """The commitment that a clause without a subject of its own goes on with."""
    for earlier in reversed(before):
        sort = earlier.verdict.sort
        if sort in (Sort.COMMIT, Sort.DATED):
            return earlier
        if sort not in (Sort.FRAGMENT, Sort.ASIDE, Sort.EVENT):
            return None
    return None
