"""Disturbs training text the way real messages are disturbed: masked swearing, typos, case, transliteration.

Each text is held as one piece a character, so that the place of a labelled span survives every change.
"""

from __future__ import annotations

import random
import re

SWEARING = re.compile(
    r"\b\w*(?:fuck|shit|damn|bitch|bastard|asshole|\bass\b|crap|bloody|\bhell\b|piss|dick|cunt|moron|idiot|stupid"
    r"|wank|bollock|twat|retard|whore|slut|scum|jerk|dumb|nigg|fagg"
    r"|хуй|хуе|хуё|хуи|хуя|хрен|бля|пизд|ебан|ебат|ебал|ёб|заеб|наеб|сука|суки|сучк|мудак|мудил|говн|дерьм"
    r"|жоп|гандон|гондон|козёл|козл|дебил|идиот|урод|тварь|твари|тупой|тупые|чёрт|черт|долбо|шлюх|пидор|пидар"
    r"|хохл|чурк|мраз|ублюд|сволоч|скотин|придур|кретин)\w*",
    re.IGNORECASE,
)
LEET = {"a": "@4", "e": "3", "i": "1!", "o": "0", "s": "$5", "u": "v*", "t": "7", "а": "@", "о": "0", "е": "3e",
        "и": "u1", "у": "y", "с": "c", "х": "x", "р": "p", "з": "3", "б": "6", "ч": "4"}  # fmt: skip
TWINS = {"a": "а", "e": "е", "o": "о", "c": "с", "p": "р", "x": "х", "y": "у",
         "а": "a", "е": "e", "о": "o", "с": "c", "р": "p", "х": "x", "у": "y", "к": "k"}  # fmt: skip
LATIN = dict(zip(
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    ["a", "b", "v", "g", "d", "e", "yo", "zh", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u",
     "f", "h", "ts", "ch", "sh", "sch", "", "y", "", "e", "yu", "ya"], strict=True,
))  # fmt: skip
LATIN_CHAT = {**LATIN, "ж": "j", "ч": "4", "ш": "w", "х": "x", "я": "ja", "ю": "ju", "й": "j", "ё": "e"}
MARKS = set(".,;:!?…-—–\"'«»“”„’")


def masked(pieces: list[str], text: str, draw: random.Random) -> None:
    """Hides letters of swear words: stars, digits, look-alike letters, dots between."""
    for found in SWEARING.finditer(text):
        if draw.random() > 0.8:
            continue
        inside = list(range(found.start() + 1, found.end() - 1)) or [found.start()]
        way = draw.choice(("star", "star", "leet", "twin", "short", "spaced"))
        if way == "star":
            sign = draw.choice("***#@._-")
            hide = draw.sample(inside, k=max(1, min(len(inside), draw.choice((1, 1, 2, 3)))))
            for place in hide:
                pieces[place] = sign
        elif way == "leet":
            for place in inside:
                if text[place].lower() in LEET and draw.random() < 0.6:
                    pieces[place] = draw.choice(LEET[text[place].lower()])
        elif way == "twin":
            for place in range(found.start(), found.end()):
                if text[place].lower() in TWINS and draw.random() < 0.7:
                    pieces[place] = TWINS[text[place].lower()]
        elif way == "short" and len(inside) >= 2:
            for place in inside:
                pieces[place] = ""
            pieces[inside[0]] = draw.choice(("*", "**", "***", "."))
        elif way == "spaced":
            sign = draw.choice((" ", ".", "-"))
            for place in range(found.start(), found.end() - 1):
                pieces[place] += sign


def mistyped(pieces: list[str], draw: random.Random) -> None:
    """One to three slips: a letter dropped, doubled or swapped with its neighbour."""
    letters = [i for i, piece in enumerate(pieces[:-1]) if piece.isalpha() and pieces[i + 1].isalpha()]
    for place in draw.sample(letters, k=min(len(letters), draw.choice((1, 1, 2, 3)))):
        way = draw.choice("dds")
        if way == "s":
            pieces[place], pieces[place + 1] = pieces[place + 1], pieces[place]
        elif draw.random() < 0.5:
            pieces[place] = ""
        else:
            pieces[place] *= 2


def transliterated(pieces: list[str], draw: random.Random) -> None:
    """Russian in Latin letters, as on a phone without a Russian keyboard."""
    table = draw.choice((LATIN, LATIN, LATIN_CHAT))
    for place, piece in enumerate(pieces):
        low = piece.lower()
        if low in table:
            pieces[place] = table[low].capitalize() if piece != low else table[low]


def disturbed(
    text: str,
    spans: tuple[tuple[str, int, int], ...],
    lang: str,
    hot: bool,
    customer: bool,
    draw: random.Random,
) -> tuple[str, tuple[tuple[str, int, int], ...]]:
    """A disturbed copy of the text and its spans; most texts come back as they are or with one change."""
    pieces = list(text)
    if SWEARING.search(text) and draw.random() < 0.3:
        masked(pieces, text, draw)
    if draw.random() < 0.12:
        mistyped(pieces, draw)
    if draw.random() < 0.08:
        pieces = ["" if p in MARKS and draw.random() < 0.8 else p for p in pieces]
    chance = draw.random()
    if chance < 0.12:
        pieces = [p.lower() for p in pieces]
    elif chance < 0.16 and hot and customer:
        pieces = [p.upper() for p in pieces]
    elif chance < 0.20 and lang == "ru" and customer:
        transliterated(pieces, draw)
    if draw.random() < 0.15:
        pieces = [{"ё": "е", "Ё": "Е", "’": "'", "—": "-", "«": '"', "»": '"'}.get(p, p) for p in pieces]
    places = [0]
    for piece in pieces:
        places.append(places[-1] + len(piece))
    return "".join(pieces), tuple((label, places[a], places[b]) for label, a, b in spans)
