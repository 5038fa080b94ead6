"""Better wordings for the words of a finding, ready to replace them where they stand.

The words are widened to the clause they belong to, so that the result stays a sentence; what the agent said of
numbers, names, dates and sums is kept to the letter, by a named group of the rewrite or added behind it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from calmdesk.content.method import RewriteFile
from calmdesk.desk.vocabulary import LintRule

#: Rules whose finding is the sentence rather than the clause: a promise with its time, an empty sympathy.
_WHOLE_SENTENCE = frozenset({LintRule.HOLLOW_EMPATHY, LintRule.VAGUE_PROMISE})
_CLAUSE_END = re.compile(r"[.!?…;\n,]|\s[—–-]\s")
_SENTENCE_END = re.compile(r"[.!?…;\n]|\s[—–]\s")
_JOIN = re.compile(
    r"\s*(?:and|but|so|because|also|then|well|look|и|а|но|потому что|так что|ведь|ну|поэтому)\b[ ,]*",
    re.IGNORECASE,
)
_FACT = re.compile(
    r"""
    [\w.+-]+@[\w-]+\.[\w.]+                                  # an address
    | [$€£₽]\s?\d[\d.,\s]*\d|[$€£₽]\s?\d                     # a sum with its sign before it
    | [A-ZА-Я]{1,5}-?\d[\w-]*                                # a number with letters
    | \#?\d[\d.,:/-]*(?:\s\d{3})*                            # a number, a time, a date
      (?:\s?(?:%|[$€£₽]|[ap]\.?m\b\.?|руб\w*\.?|EUR|USD|GBP|RUB
        |dollars?|pounds?|euros?|(?:business\ |working\ )?days?|hours?|minutes?
        |дн\w+|час\w*|минут\w*|рабочих\ дн\w+
        |January|February|March|April|May|June|July|August|September|October|November|December
        |января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря))?
    | \b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b
    | \b(?:today|tomorrow|yesterday|tonight|noon|midnight)\b
    | \b(?:понедельник|вторник|сред[ау]|четверг|пятниц[ау]|суббот[ау]|воскресенье|сегодня|завтра|вчера)\b
    | (?<=[\w,]\ )(?!I\b|I')[A-ZА-ЯЁ][\w'-]+                  # a name inside the sentence
    """,
    re.VERBOSE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rewording:
    """A place in a text, half-open, and what may stand there instead, best first."""

    start: int
    end: int
    choices: tuple[str, ...]


def facts_in(text: str) -> tuple[str, ...]:
    """The facts in a text that a rewrite must keep: numbers, sums, times, dates, addresses, names; in order."""
    return tuple(dict.fromkeys(found.group().strip(" .,") for found in _FACT.finditer(text)))


def reword(text: str, start: int, end: int, file: RewriteFile) -> Rewording:
    """The rewording of `text[start:end]` by a rule's rewrites. Always has a choice; never loses a fact."""
    start, end = clause_around(text, start, end, whole=file.rule in _WHOLE_SENTENCE)
    words = text[start:end]
    ended = end < len(text) and text[end] in ".!?"
    if ended:
        end += 1
    choices: list[str] = []
    for rewrite in file.rewrites:
        found = re.search(rewrite.match, words, re.IGNORECASE) if rewrite.match else None
        if rewrite.match and found is None:
            continue
        groups = {k: (v or "").strip(" ,") for k, v in found.groupdict().items()} if found else {}
        choices.extend(
            _set(template.format_map(groups), words, text, start, end, file.keep) for template in rewrite.to
        )
        break
    # A question in the middle of a sentence would leave it broken.
    usable = [c for c in choices if not ("?" in c and end < len(text) and text[end] in ",;")]
    return Rewording(start, end, tuple(dict.fromkeys(usable or choices[:1])))


def clause_around(text: str, start: int, end: int, *, whole: bool = False) -> tuple[int, int]:
    """The clause (or the whole sentence) that a place stands in, without its end mark and its joining word."""
    border = _SENTENCE_END if whole else _CLAUSE_END
    before = [
        found.end() for found in border.finditer(text, 0, start) if not _inside_number(text, found.start())
    ]
    left = before[-1] if before else 0
    after = next(
        (
            f.start()
            for f in border.finditer(text, max(start, end - 1))
            if not _inside_number(text, f.start())
        ),
        len(text),
    )
    left += len(text[left:start]) - len(text[left:start].lstrip())
    join = _JOIN.match(text, left, start)
    if join and not whole:
        left = join.end()
    right = max(after, end) if after < end else after
    right = min(max(right, start + 1), len(text))
    while right > left and text[right - 1] in " \t.!?,;\n":
        right -= 1
    return left, max(right, left)


def _inside_number(text: str, at: int) -> bool:
    return 0 < at < len(text) - 1 and text[at - 1].isdigit() and text[at + 1].isdigit()


def _set(words: str, old: str, text: str, start: int, end: int, keep: str) -> str:
    """The new words with every fact of the old ones, in the case and with the end that the place asks for."""
    words = re.sub(r"\s+", " ", words).strip(" ,.")
    lost = [fact for fact in facts_in(old) if fact.casefold() not in words.casefold()]
    if lost:
        words = keep.format(text=words.rstrip("?!"), facts=", ".join(lost))
    opens = start == 0 or text[:start].rstrip(" \t")[-1:] in {"", ".", "!", "?", "…", "\n", ":", '"', "«"}
    words = words[:1].upper() + words[1:] if opens or old[:1].isupper() else _lower(words)
    if end > start and text[end - 1 : end] in {".", "!", "?"} and text[end - 1] not in old[-1:]:
        return words if words[-1:] in "?!" else f"{words}."
    return words


def _lower(words: str) -> str:
    return words if re.match(r"I\b|[A-ZА-ЯЁ]{2}", words) else words[:1].lower() + words[1:]
