"""Which language a message is written in: by its letters, and by its words where Russian comes in Latin letters."""

from __future__ import annotations

import re

from calmdesk.desk.vocabulary import Lang

_LETTER = re.compile(r"[^\W\d_]")
_LATIN_WORD = re.compile(r"[a-z']+")
#: Words that only Russian written in Latin letters has; two of them, or most of the words, decide.
_MARKERS = frozenset(
    """
    privet zdravstvuyte zdravstvujte zdravstvuite spasibo pozhaluysta pozhalusta pozhaluista pojaluista chto kogda
    gde pochemu pochemy poka eto etot eta moy moi moya moe vash vasha vashi vas nam vam mne menya tebya kak tak
    uzhe yzhe esche eshe escho zakaz zakaza dengi dengi vernite verni skolko mozhno mozhete pomogite nelzya nuzhno
    nado rabotaet rabotayet dostavka dostavki posylka kurier kuryer blin blyat blya suka nahuy nahui huy hui pizdec
    pizdets ebal zaebali bolshe nichego nikto kakogo cherta chert ochen voobshe voobsche tolko potom seychas seichas
    segodnya zavtra vchera podskazhite skazhite hochu khochu dayte menedzher nomer prishel prishla prishlo obman
    """.split()  # noqa: SIM905 - a list of words is easier to keep as words
)
_PAIRS = (
    ("shch", "щ"), ("sch", "щ"), ("zh", "ж"), ("kh", "х"), ("ts", "ц"), ("ch", "ч"), ("sh", "ш"), ("yu", "ю"),
    ("ju", "ю"), ("ya", "я"), ("ja", "я"), ("yo", "е"), ("jo", "е"), ("ye", "е"), ("yy", "ый"), ("iy", "ий"),
    ("ey", "ей"), ("oy", "ой"), ("ay", "ай"), ("uy", "уй"), ("4", "ч"), ("6", "ш"),
)  # fmt: skip
_SINGLE = str.maketrans("abcdefghijklmnopqrstuvwxyz'", "абцдефгхийклмнопкрстуввхыз" + "ь")


def recognise(text: str, fallback: Lang = Lang.EN) -> Lang:
    """The language of a text; `fallback` where there are no letters to go by."""
    sample = text[:4000]
    cyrillic = latin = 0
    for letter in _LETTER.findall(sample):
        if "\u0400" <= letter <= "\u04ff":
            cyrillic += 1
        elif letter.isascii():
            latin += 1
    if not cyrillic and not latin:
        return fallback
    # Names of shops and products are Latin in Russian messages, so a third of Cyrillic letters is enough.
    if cyrillic * 3 >= cyrillic + latin:
        return Lang.RU
    return Lang.RU if is_transliterated(sample) else Lang.EN


def is_transliterated(text: str) -> bool:
    """Whether a text is Russian in Latin letters."""
    words = _LATIN_WORD.findall(text[:4000].lower())
    if not words or any("\u0400" <= c <= "\u04ff" for c in text[:4000]):
        return False
    hits = sum(word in _MARKERS for word in words)
    return hits >= 2 and hits * 6 >= len(words)


def to_cyrillic(word: str) -> str:
    """One word of Russian in Latin letters, in Cyrillic; good enough for rules, not for print."""
    low = word.lower()
    if not low.isascii() or low.isdigit():
        return low
    for latin, cyrillic in _PAIRS:
        low = low.replace(latin, cyrillic)
    return low.translate(_SINGLE)
