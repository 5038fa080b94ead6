"""The text as the grammars see it: same length as the original, plain letters, quoted words hidden."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SAME = str.maketrans(
    {
        "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
        "–": "-", "‑": "-", "‐": "-", "−": "-", "―": "—", "ё": "е", "\u00a0": " ", "\u202f": " ", "\u2009": " ",
        "\t": " ", "\r": " ", "…": ".", "\u2007": " ", "\u200b": " ",
    }
)  # fmt: skip
HIDDEN = "·"
_QUOTED = re.compile(
    r"«[^«»]{0,600}»"
    r"|“[^“”]{0,600}”"
    r"|„[^„“”]{0,600}[“”]"
    r'|(?<![\w"])"[^"\n]{2,600}"(?!\w)'
    r"|(?<!\w)‘[^‘’\n]{2,300}’(?!\w)"
    r"|(?<![\w'])'[^'\n]{2,300}'(?!\w)"
)
_QUOTED_LINE = re.compile(r"^[ \t]*>[^\n]*", re.MULTILINE)
# After these the sentence goes on, whatever follows; after the others only where no capital letter follows.
_TITLE = re.compile(r"\b(?:mr|mrs|ms|dr|st|prof|vs|e\.g|i\.e|т\.е|т\.к|ул|стр|тел|им|кв|[^\W\d_])$")
_UNIT = re.compile(
    r"\b(?:approx|etc|a\.m|p\.m|inc|ltd|ext|mon|tues?|wed|thurs?|fri|sat|sun|jan|feb|mar|apr|jun|jul|aug|sept?|oct|"
    r"nov|dec|"
    r"hrs?|mins?|т\.д|руб|ч|мин|дн|нед|гг?|д|мск)$"
)
_STOP = re.compile(r"[.!?]+[\s\"')»”]*|\n\s*\n|\n")


def wordset(listing: str) -> frozenset[str]:
    """The words of a listing, as a set."""
    return frozenset(listing.split())


def listed(listing: str) -> list[str]:
    """The words of a listing, in order."""
    return listing.split()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of the text; `asks` when it ends with a question mark."""

    start: int
    end: int
    asks: bool


def plain(text: str) -> str:
    """Lower case, straight quotes, е for ё, quoted words blotted out. As long as `text`, character for character."""
    shown = _QUOTED_LINE.sub(_blot, _QUOTED.sub(_blot, text))
    low = shown.lower()
    if len(low) != len(shown):  # a few letters grow when lowered; places must stay what they were
        low = "".join(small if len(small := char.lower()) == 1 else char for char in shown)
    return low.translate(_SAME)


def _blot(found: re.Match[str]) -> str:
    return "".join(HIDDEN if char.isalnum() else " " for char in found[0])


def sentences(plain_text: str, text: str) -> list[Sentence]:
    """The sentences of a text, given plain and as written. Dots in abbreviations, numbers, initials end none."""
    found: list[Sentence] = []
    start = 0
    for stop in _STOP.finditer(plain_text):
        if not _ends_here(plain_text, text, stop, start):
            continue
        if plain_text[start : stop.start()].strip():
            found.append(Sentence(start, stop.start(), "?" in stop[0]))
        start = stop.end()
    if plain_text[start:].strip():
        found.append(Sentence(start, len(plain_text), False))
    return found


def _ends_here(plain_text: str, text: str, stop: re.Match[str], start: int) -> bool:
    if "\n" in stop[0] or stop[0].strip("\"') »”") != ".":
        return True
    after = text[stop.end() : stop.end() + 1]
    if stop.end() == stop.start() + 1 and after:
        return False  # "17.30", "e.g", a file name: no space after the dot
    last = plain_text[max(start, stop.start() - 12) : stop.start()]
    if _TITLE.search(last):
        return not after
    return not _UNIT.search(last) or not after or after.isupper()


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without blanks, commas, emoji and the like at its edges."""
    while start < end and not (text[start].isalnum() or text[start] in _OPENING):
        start += 1
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in _CLOSING):
        end -= 1
    return start, end


_OPENING = "«\"“„‘'($£€₹¥₽#@&"
_CLOSING = "»\"“”’')%$£€₹¥₽"
