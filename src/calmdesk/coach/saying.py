"""Saying the same in other words: what leaves the desk is masked, what comes back is checked. Pure.

Masking replaces each fact (number, sum, date, address, name) by a mark like `[F1]`; the words that come back must
hold every mark once and bring no fact of their own. A rephrasing may add no promise and no remedy either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from calmdesk.desk.reading import Reading
from calmdesk.desk.vocabulary import Lang, Move

from .rewording import facts_in
from .signals import lang_of

_MARK = re.compile(r"\[F(\d+)\]")
#: What must not leave the desk even where no fact was recognised: runs of digits, addresses, links.
_PERSONAL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|https?://\S+|\+?\d[\d\s().-]*\d|\d")
_FENCE = re.compile(r"^```\w*\s*|\s*```$")
#: A rephrasing may be at most so many times as long as what it says anew, and a little more.
_LONGEST, _ROOM = 1.8, 60
_COMMITTING = frozenset(
    {Move.PROMISE, Move.SOLVE, Move.OPTIONS, Move.ALTERNATIVE, Move.ESCALATE, Move.UPDATE}
)
_SPELLED = re.compile(
    r"\b(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|hundred|thousand|half an hour|"
    r"один|одну|два|две|три|четыре|пять|шесть|семь|восемь|девять|десять|двадцать|тридцать|сто|тысяч\w*|полчаса|"
    r"minutes?|hours?|days?|weeks?|минут\w*|час(а|ов|у)?|дн(я|ей)|день|недел\w*|сутки|суток|"
    r"percent|free of charge|refund\w*|compensat\w*|voucher|discount|guarantee\w*|"
    r"процент\w*|бесплатн\w*|возврат\w*|компенсаци\w*|скидк\w*|гаранти\w*)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Masked:
    """Words without facts, and the facts by their marks."""

    text: str
    facts: tuple[str, ...]


def mask(text: str, names: Iterable[str] = ()) -> Masked:
    """The words with every fact, name in `names`, and anything like a number or an address behind a mark."""
    found = set(facts_in(text)) | {m.group() for m in _PERSONAL.finditer(text)}
    found |= {name for name in names if name and name in text}
    facts: list[str] = []

    def marked(match: re.Match[str]) -> str:
        facts.append(match.group())
        return f"[F{len(facts)}]"

    ordered = sorted(found, key=len, reverse=True)
    pattern = "|".join(re.escape(f) for f in ordered if f.strip())
    return Masked(re.sub(pattern, marked, text) if pattern else text, tuple(facts))


def unmask(said: str, masked: Masked) -> str | None:
    """The words with the facts put back; None when a mark is missing, doubled, or was never given."""
    marks = [int(m.group(1)) for m in _MARK.finditer(said)]
    if sorted(marks) != list(range(1, len(masked.facts) + 1)):
        return None
    return _MARK.sub(lambda m: masked.facts[int(m.group(1)) - 1], said)


def tidied(said: str) -> str:
    """The model's words without the quotes or fences it may have put round them."""
    said = _FENCE.sub("", said.strip()).strip()
    pairs = (('"', '"'), ("«", "»"), ("“", "”"))
    for left, right in pairs:
        if len(said) > 2 and said[0] == left and said[-1] == right and left not in said[1:-1]:
            said = said[1:-1].strip()
    return said


def keeps_to(before: str, after: str, lang: Lang) -> bool:
    """Whether `after` says nothing factual that `before` did not: no fact, sum, time or remedy more or less."""
    if not after or "\n\n" in after or len(after) > _LONGEST * len(before) + _ROOM:
        return False
    if re.search(r"[\[\]{}<>]|as an ai|language model|языковая модель", after, re.IGNORECASE):
        return False
    if lang_of(after, lang) is not lang:
        return False
    if sorted(_PERSONAL.findall(before)) != sorted(_PERSONAL.findall(after)):
        return False
    if _names(after) - _names(before) or set(facts_in(before)) - set(facts_in(after)) - _names(before):
        return False
    return _stems(after) <= _stems(before)


def adds_nothing(before: Reading, after: Reading) -> bool:
    """Whether the second reading shows no fault, and no promise or remedy, that the first did not."""
    if after.lint or len(after.promises) > len(before.promises):
        return False
    return set(after.moves) & _COMMITTING <= set(before.moves) & _COMMITTING


def _stems(text: str) -> set[str]:
    return {m.group().lower()[:5] for m in _SPELLED.finditer(text)}


def _names(text: str) -> set[str]:
    """Words with a capital inside a sentence, and facts: what could be a name that nobody gave."""
    inside = re.findall(r"(?<=[\w,;:] )(?!I\b|I')[A-ZА-ЯЁ][\w'-]+", text)
    return set(inside) | set(facts_in(text))
