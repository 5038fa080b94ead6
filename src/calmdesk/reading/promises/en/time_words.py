"""Time words in English and what each means."""

from __future__ import annotations

import re
from collections.abc import Callable

from .. import zones
from ..tagging import Found
from ..text import listed
from ..when import Mention, Part, Unit

ONES = listed(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fourty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "ninety": 90,
}
NUMBERS = {word: n for n, word in enumerate(ONES)} | _TENS
NUMBERS |= {
    f"{t}{sep}{o}": n + i for t, n in _TENS.items() for i, o in enumerate(ONES[:10]) if i for sep in "- "
}
NUMBERS |= {"a": 1, "an": 1, "another": 1, "a single": 1, "a couple": 2, "a couple of": 2, "couple": 2,
            "couple of": 2, "a cpl of": 2, "cpl": 2, "a pair of": 2, "a dozen": 12, "the": 1, "other": 1}  # fmt: skip
_ORDINALS = listed(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
ORDINALS = {word: n for n, word in enumerate(_ORDINALS, 1)} | {"thirtieth": 30, "thirty-first": 31}
ORDINALS |= {f"twenty-{word}": 20 + n for n, word in enumerate(_ORDINALS[:9], 1)}
FEASTS = {
    "christmas eve": 1224, "christmas day": 1225, "christmas": 1225, "xmas eve": 1224, "xmas": 1225,
    "boxing day": 1226, "new year's eve": 1231, "new years eve": 1231, "new year's day": 101, "new year's": 101,
    "new year": 101, "valentine's day": 214, "halloween": 1031, "stephen's day": 1226, "st stephen's day": 1226,
}  # fmt: skip


def either(words: list[str] | tuple[str, ...] | dict[str, int]) -> str:
    """Alternatives of a regular expression, the longest first, so that none hides behind its beginning."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


WORD = either(NUMBERS)
NUM = rf"(?:\d{{1,4}}(?:\.5)?|(?:{WORD})(?![a-z]))"
TO = r"\s*(?:-|to|or|/)\s*"
UNIT = (
    r"(?P<unit>min(?:ute|uit|ut)?s?|mins?|hours?|hrs?|h|days?|weeks?|wks?|fortnights?|months?|seconds?|secs?|"
    r"moments?|mo)(?P<own>'s?)?(?![a-z])"
)
WORK = r"(?:(?P<work>business|working|work|office|banking|bank|trading)\s+)?"
LEAD = (
    r"(?P<lead>(?:with)?in(?:side)?(?: of)?(?: under| less than| as little as| just| about| around| roughly| at most"
    r"| max)?|under|after|over|for|during|by|not? later than|no more than|no longer than|at most|max(?:imum)?(?: of)"
    r"?|"
    r"takes?|take|give (?:me|us|it|him|her|them)|allow|needs?|up to)\s+"
)
NEXT = r"(?P<next>(?:the |these )?(?:next|coming|following)\s+)?(?P<about>about |around |roughly |approx\.? |maybe )?"
_DAYS = {"monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6}
_SHORT = {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "weds": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5,
          "sun": 6, "wednsday": 2, "wendesday": 2, "tuseday": 1, "thrusday": 3, "firday": 4, "munday": 0}  # fmt: skip
WEEKDAYS = _DAYS | _SHORT
DAY = rf"(?P<day>{either(_DAYS)}|wednsday|tuseday|thrusday|thurs|tues|weds)(?:'s)?(?![a-z])"
ANYDAY = rf"(?P<day>{either(WEEKDAYS)})(?:'s)?\.?(?![a-z])"
_MONTHS = listed("january february march april may june july august september october november december")
MONTHS = (
    {name: n for n, name in enumerate(_MONTHS, 1)}
    | {n[:3]: i for i, n in enumerate(_MONTHS, 1)}
    | {"sept": 9}
)
MONTH = rf"(?P<month>{either(MONTHS)})\.?(?![a-z])"
YEAR = r"(?:,?\s+(?P<year>(?:19|20)\d\d))?"
HOUR = r"(?P<hour>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
HALF = r"(?P<ampm>\s*(?:a\.?m\b\.?|p\.?m\b\.?|o'?\s?clock))"
AFTER_BARE = (
    r"(?=\s*(?:$|[,.;:!?)\"—]|-\s|(?:today|tomorrow|tom+or+ow|tmrw|tonight|this|on|and|or|to|in|sharp|at|latest|with|"
    r"so|"
    r"for|i|i'll|we|you|he|she|they|it|our|your|my|the|a|an|by|before|after|about|if|when|once|then|but|because|"
    r"every|each|local|either|even|regardless|whatever|whichever|not|just|only|since|while|unless|again|without|"
    r"instead|too|also|please|sir|ma'am|madam|mr|mrs|ms|ok|okay|exactly|prompt|via|is|will|as|until|till|o'clock|"
    r"promise|max|tops|the latest|from|u|ur|she'll|he'll|we'll|they'll|"
    r"you'll|whether|what|who|how|where|that|next|monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
    + either([z for z in zones.EN if " " not in z])
    + r"|new|los|hong)(?![a-z])))"
)


def number(word: str) -> float:
    """The value of a number in digits or words."""
    return float(word) if word[0].isdigit() else float(NUMBERS[word])


def make_length(found: Found) -> list[Mention]:
    """A length of time: "in two days", "within an hour"."""
    unit, work = found["unit"], found.get("work")
    n = number(found.get("n2") or found["n"])
    if found.get("half"):
        n += 0.5
    return make_lasting(found, unit, n, bool(work))


def make_lasting(found: Found, unit: str, n: float, work: bool) -> list[Mention]:
    """What a length in that unit amounts to; `work` counts working time only."""
    if (unit[0] == "s" or (unit.startswith("mo") and not unit.startswith("mon"))) and not found.get("lead"):
        return []
    if unit[0] in "s" or (unit.startswith("mo") and not unit.startswith("mon")):
        return [found.mention(Unit.NOW)]
    if unit.startswith("mi"):
        return [found.mention(Unit.WORK_TIME if work else Unit.ELAPSED, int(n))]
    if unit[0] == "h":
        return [found.mention(Unit.WORK_TIME if work else Unit.ELAPSED, int(n * 60))]
    if work:
        return (
            [found.mention(Unit.WORK_DAYS, int(n * (5 if unit[0] == "w" else 1)) or 1)] if n <= 2000 else []
        )
    if unit[0] == "m":
        return [found.mention(Unit.MONTHS, int(n))] if n <= 120 else []
    if n > 3660:
        return []
    return [found.mention(Unit.DAYS, int(n * (14 if unit[0] == "f" else 7 if unit[0] == "w" else 1)))]


def make_repeated(found: Found) -> list[Mention]:
    """A repetition ("every Monday"): due the first time."""
    if adverb := found.get("adverb"):
        return make_lasting(found, {"daily": "day", "hourly": "hour", "weekly": "week"}[adverb], 1, False)
    return make_lasting(found, found["unit"], number(found.get("n") or "one"), False)


def make_half_hour(found: Found) -> list[Mention]:
    """Half an hour, and an hour and a half."""
    word = found.text
    minutes = (
        45
        if "three" in word
        else 15
        if "quarter" in word
        else 90
        if re.search(r"and a half|and half", word)
        else 30
    )
    return [found.mention(Unit.ELAPSED, minutes)]


def make_weekday(found: Found) -> list[Mention]:
    """A weekday, with what stands before it: "by", "next", "a week on"."""
    lead = found.get("lead") or ""
    return [
        found.mention(
            Unit.WEEKDAY,
            WEEKDAYS[found["day"]],
            -1 if re.search(r"\bnext\b", lead) else 0,
            before=bool(re.search(r"\b(?:before|ahead of|earlier than|sooner than)\b", lead))
            and not found.get("part"),
            weak=lead.startswith("for "),
        )
    ]


def shifted(weeks: int) -> Callable[[Found], list[Mention]]:
    """A maker for the weekday that lies so many weeks further on."""
    return lambda found: [found.mention(Unit.WEEKDAY, WEEKDAYS[found["day"]], weeks)]


def make_date(found: Found) -> list[Mention]:
    """A day with its month, and a year if one was said."""
    word = found["date"]
    day = int(re.sub(r"\D", "", word)) if word[0].isdigit() else ORDINALS[word]
    if not 1 <= day <= 31:
        return []
    year = int(found.get("year") or 0)
    return [found.mention(Unit.DATE, MONTHS[found["month"]] * 100 + day, year)]


def make_feast(found: Found) -> list[Mention]:
    """A feast with a fixed date."""
    ahead = found["lead"] in ("before", "ahead of", "in time for") and not found.get("out")
    return [found.mention(Unit.DATE, FEASTS[found["feast"]], before=ahead)]


def make_day_number(found: Found) -> list[Mention]:
    """A day of the month alone: "the 3rd"."""
    word = found["date"]
    day = int(re.sub(r"\D", "", word)) if word[0].isdigit() else ORDINALS[word]
    return [found.mention(Unit.DAY_OF_MONTH, day)] if 1 <= day <= 31 else []


def make_month_end(found: Found) -> list[Mention]:
    """The end of a month."""
    return [found.mention(Unit.NAMED_MONTH_END, MONTHS[found["month"]])]


def make_clock(found: Found) -> list[Mention]:
    """A clock time in figures."""
    hour = int(number(found["hour"]))
    minute = int(found.get("min") or 0)
    half = (found.get("ampm") or "").replace(".", "").strip()
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return []
    if half.startswith("p") and hour < 12:
        return [found.mention(Unit.CLOCK, (hour + 12) * 60 + minute)]
    if half.startswith("a"):
        return [found.mention(Unit.CLOCK, hour % 12 * 60 + minute)]
    padded = found["hour"].startswith("0")
    return [found.mention(Unit.CLOCK, hour * 60 + minute, 0 if hour > 12 or hour == 0 or padded else 1)]


def make_spoken(found: Found) -> list[Mention]:
    """A clock time in words: "half past four"."""
    minute = {"half": 30, "quarter": 15, "a quarter": 15}.get(found["past"])
    if minute is None:
        minute = int(number(found["past"]))
    if minute > 59:
        return []
    backwards = found.get("side") in ("to", "til", "before")
    if not found.get("hour"):
        return [found.mention(Unit.MINUTE, 60 - minute if backwards else minute)]
    hour = int(number(found["hour"]))
    if not 1 <= hour <= 23:
        return []
    total = (hour * 60 - minute if backwards else hour * 60 + minute) % 1440
    half = (found.get("ampm") or "").strip()
    if half.startswith("p") and hour < 12:
        return [found.mention(Unit.CLOCK, total + 720)]
    bare = 0 if half.startswith("a") or hour > 12 else 1
    # "ten to eight" is before eight, yet no hour of the afternoon
    if bare and backwards and hour == 8:
        bare = 0
    return [found.mention(Unit.CLOCK, total, bare)]


def make_between_spoken(found: Found) -> list[Mention]:
    """The later of two spoken times."""
    hour = int(number(found["hour"]))
    minute = {"half": 30, "quarter": 15, "a quarter": 15, "twenty": 20, "ten": 10}[found["past"]]
    if (found.get("side") or "").startswith("to"):
        return [found.mention(Unit.CLOCK, hour * 60 - minute, 1)]
    return [found.mention(Unit.CLOCK, hour * 60 + minute, 1)]


def make_worded(found: Found) -> list[Mention]:
    """A bare hour in words."""
    hour = int(number(found["hour"]))
    return [found.mention(Unit.CLOCK, hour * 60 + int(number(found["min"])), 1)]


def make_range(found: Found) -> list[Mention]:
    """A range: its later end counts."""
    last = found["hour"]
    hour = int(number(last))
    if hour > 24 or int(number(found["first"])) > 24:
        return []
    return make_clock(found)


def make_zone(found: Found) -> list[Mention]:
    """The zone that a time is read in."""
    return [found.mention(Unit.ZONE, zone=zones.EN[found["zone"]])]


def just(unit: Unit, n: int = 0, m: int = 0, part: Part | None = None) -> Callable[[Found], list[Mention]]:
    """A maker that needs nothing but the words themselves: a unit, how many, which part of the day."""
    return lambda found: [found.mention(unit, n, m, part=part)]


def pair(unit: Unit, n: int, part: Part) -> Callable[[Found], list[Mention]]:
    """A maker of a day together with a part of it."""
    return lambda found: [found.mention(unit, n), found.mention(Unit.PART, part=part)]


def make_tomorrow_end(found: Found) -> list[Mention]:
    """The end of tomorrow."""
    return [found.mention(Unit.DAYS, 1)]


BY = r"(?:(?:by|before|until|till|til|on|at|in|during|over|towards?|for|come|no later than|not later than)\s+)?"
END_OF = r"(?:the\s+)?(?:very\s+)?(?:end|close|back|tail end) of\s+(?:the\s+)?"
TOM = r"(?:tom+or+ow|tomor+ow|tomorow|tmrw|tmr|tmw|tomoz|2moro|2morrow|tomorro|morrow)"
_DAY_OFF = r"(?:the\s+|that\s+)?"
UNIT_AHEAD = (
    r"(?!\s*(?:business|working|work|days?|hours?|hrs?|mins?|minutes?|weeks?|months?|%|x\b|\d|[a-z]?\d))"
)


def make_prefixed(found: Found) -> list[Mention]:
    """A time with the word that leads it in."""
    lead = found["lead"].split()[0]
    word = found.get("next")
    if lead in ("for", "over", "during", "by") and not word:
        return []
    if lead in ("need", "needs", "take", "takes", "allow", "up"):
        return []
    if found.get("n") == "the" and not word and found["unit"] not in ("hour", "hr"):
        return []
    return make_length(found)


def make_spoken_side(found: Found) -> list[Mention]:
    """A spoken time with the side of noon it lies on."""
    # "ten to four" is a clock time, "8 to 10" is a range
    if found["past"][0].isdigit() and found["side"] == "to":
        first, hour = int(found["past"]), int(number(found["hour"]))
        return [found.mention(Unit.CLOCK, hour * 60, 1)] if first < hour <= 12 else []
    return make_spoken(found)


def make_dotted(found: Found) -> list[Mention]:
    """A time or date written with dots."""
    if "." in found.text and not found.get("ampm"):
        before = found.match.string[max(0, found.match.start() - 9) : found.match.start()]
        if not re.search(
            r"\b(?:at|by|before|until|till|from|to|and|after|around|about|between|say|tomorrow|today|tonight|day)"
            r"\s*$|-\s*$",
            before,
        ):
            return []
    return make_clock(found)


def make_before(found: Found) -> list[Mention]:
    """Something that ends before another time begins."""
    return make_weekday(found.upto("day") if found.get("part") else found)
