"""Time expressions in English."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from . import zones
from .tagging import Found, Rule, compiled, numeric_date, tag
from .when import Mention, Part, Unit

_ONES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "ninety": 90}
NUMBERS = {word: n for n, word in enumerate(_ONES)} | _TENS
NUMBERS |= {f"{t}{sep}{o}": n + i for t, n in _TENS.items() for i, o in enumerate(_ONES[:10]) if i for sep in "- "}
NUMBERS |= {"a": 1, "an": 1, "another": 1, "a single": 1, "a couple": 2, "a couple of": 2, "couple": 2,
            "couple of": 2, "a cpl of": 2, "cpl": 2, "a pair of": 2, "a dozen": 12, "the": 1, "other": 1}  # fmt: skip
_ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth"]
ORDINALS = {word: n for n, word in enumerate(_ORDINALS, 1)} | {"thirtieth": 30, "thirty-first": 31}
ORDINALS |= {f"twenty-{word}": 20 + n for n, word in enumerate(_ORDINALS[:9], 1)}


FEASTS = {
    "christmas eve": 1224, "christmas day": 1225, "christmas": 1225, "xmas eve": 1224, "xmas": 1225,
    "boxing day": 1226, "new year's eve": 1231, "new years eve": 1231, "new year's day": 101, "new year's": 101,
    "new year": 101, "valentine's day": 214, "halloween": 1031, "stephen's day": 1226, "st stephen's day": 1226,
}  # fmt: skip


def _either(words: list[str] | tuple[str, ...] | dict[str, int]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


WORD = _either(NUMBERS)
NUM = rf"(?:\d{{1,4}}(?:\.5)?|(?:{WORD})(?![a-z]))"
_TO = r"\s*(?:-|to|or|/)\s*"
_UNIT = (
    r"(?P<unit>min(?:ute|uit|ut)?s?|mins?|hours?|hrs?|h|days?|weeks?|wks?|fortnights?|months?|seconds?|secs?|"
    r"moments?|mo)(?P<own>'s?)?(?![a-z])"
)
_WORK = r"(?:(?P<work>business|working|work|office|banking|bank|trading)\s+)?"
_LEAD = (
    r"(?P<lead>(?:with)?in(?:side)?(?: of)?(?: under| less than| as little as| just| about| around| roughly| at most"
    r"| max)?|under|after|over|for|during|by|not? later than|no more than|no longer than|at most|max(?:imum)?(?: of)?|"
    r"takes?|take|give (?:me|us|it|him|her|them)|allow|needs?|up to)\s+"
)
_NEXT = r"(?P<next>(?:the |these )?(?:next|coming|following)\s+)?(?P<about>about |around |roughly |approx\.? |maybe )?"
_DAYS = {"monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6}
_SHORT = {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "weds": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5,
          "sun": 6, "wednsday": 2, "wendesday": 2, "tuseday": 1, "thrusday": 3, "firday": 4, "munday": 0}  # fmt: skip
WEEKDAYS = _DAYS | _SHORT
_DAY = rf"(?P<day>{_either(_DAYS)}|wednsday|tuseday|thrusday|thurs|tues|weds)(?:'s)?(?![a-z])"
_ANYDAY = rf"(?P<day>{_either(WEEKDAYS)})(?:'s)?\.?(?![a-z])"
_MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]
MONTHS = {name: n for n, name in enumerate(_MONTHS, 1)} | {n[:3]: i for i, n in enumerate(_MONTHS, 1)} | {"sept": 9}
_MONTH = rf"(?P<month>{_either(MONTHS)})\.?(?![a-z])"
_YEAR = r"(?:,?\s+(?P<year>(?:19|20)\d\d))?"
_HOUR = r"(?P<hour>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_HALF = r"(?P<ampm>\s*(?:a\.?m\b\.?|p\.?m\b\.?|o'?\s?clock))"
_AFTER_BARE = (
    r"(?=\s*(?:$|[,.;:!?)\"—]|-\s|(?:today|tomorrow|tom+or+ow|tmrw|tonight|this|on|and|or|to|in|sharp|at|latest|with|so|"
    r"for|i|i'll|we|you|he|she|they|it|our|your|my|the|a|an|by|before|after|about|if|when|once|then|but|because|"
    r"every|each|local|either|even|regardless|whatever|whichever|not|just|only|since|while|unless|again|without|instead|too|also|please|sir|ma'am|madam|mr|mrs|ms|ok|okay|exactly|prompt|via|is|will|as|until|till|o'clock|promise|max|tops|the latest|from|u|ur|she'll|he'll|we'll|they'll|"
    r"you'll|whether|what|who|how|where|that|next|monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
    + _either([z for z in zones.EN if " " not in z])
    + r"|new|los|hong)(?![a-z])))"
)


def number(word: str) -> float:
    """The value of a number in digits or words."""
    return float(word) if word[0].isdigit() else float(NUMBERS[word])


def _length(found: Found) -> list[Mention]:
    unit, work = found["unit"], found.get("work")
    n = number(found.get("n2") or found["n"])
    if found.get("half"):
        n += 0.5
    return _lasting(found, unit, n, bool(work))


def _lasting(found: Found, unit: str, n: float, work: bool) -> list[Mention]:
    if (unit[0] == "s" or (unit.startswith("mo") and not unit.startswith("mon"))) and not found.get("lead"):
        return []
    if unit[0] in "s" or (unit.startswith("mo") and not unit.startswith("mon")):
        return [found.mention(Unit.NOW)]
    if unit.startswith("mi"):
        return [found.mention(Unit.WORK_TIME if work else Unit.ELAPSED, int(n))]
    if unit[0] == "h":
        return [found.mention(Unit.WORK_TIME if work else Unit.ELAPSED, int(n * 60))]
    if work:
        return [found.mention(Unit.WORK_DAYS, int(n * (5 if unit[0] == "w" else 1)) or 1)] if n <= 2000 else []
    if unit[0] == "m":
        return [found.mention(Unit.MONTHS, int(n))] if n <= 120 else []
    if n > 3660:
        return []
    return [found.mention(Unit.DAYS, int(n * (14 if unit[0] == "f" else 7 if unit[0] == "w" else 1)))]


def _repeated(found: Found) -> list[Mention]:
    if adverb := found.get("adverb"):
        return _lasting(found, {"daily": "day", "hourly": "hour", "weekly": "week"}[adverb], 1, False)
    return _lasting(found, found["unit"], number(found.get("n") or "one"), False)


def _half_hour(found: Found) -> list[Mention]:
    word = found.text
    minutes = 45 if "three" in word else 15 if "quarter" in word else 90 if re.search(r"and a half|and half", word) else 30
    return [found.mention(Unit.ELAPSED, minutes)]


def _weekday(found: Found) -> list[Mention]:
    lead = found.get("lead") or ""
    return [
        found.mention(
            Unit.WEEKDAY,
            WEEKDAYS[found["day"]],
            -1 if re.search(r"\bnext\b", lead) else 0,
            before=bool(re.search(r"\b(?:before|ahead of|earlier than|sooner than)\b", lead)) and not found.get("part"),
            weak=lead.startswith("for "),
        )
    ]


def _shifted(weeks: int) -> Callable[[Found], list[Mention]]:
    return lambda found: [found.mention(Unit.WEEKDAY, WEEKDAYS[found["day"]], weeks)]


def _date(found: Found) -> list[Mention]:
    word = found["date"]
    day = int(re.sub(r"\D", "", word)) if word[0].isdigit() else ORDINALS[word]
    if not 1 <= day <= 31:
        return []
    year = int(found.get("year") or 0)
    return [found.mention(Unit.DATE, MONTHS[found["month"]] * 100 + day, year)]


def _feast(found: Found) -> list[Mention]:
    ahead = found["lead"] in ("before", "ahead of", "in time for") and not found.get("out")
    return [found.mention(Unit.DATE, FEASTS[found["feast"]], before=ahead)]


def _day_number(found: Found) -> list[Mention]:
    word = found["date"]
    day = int(re.sub(r"\D", "", word)) if word[0].isdigit() else ORDINALS[word]
    return [found.mention(Unit.DAY_OF_MONTH, day)] if 1 <= day <= 31 else []


def _month_end(found: Found) -> list[Mention]:
    return [found.mention(Unit.NAMED_MONTH_END, MONTHS[found["month"]])]


def _clock(found: Found) -> list[Mention]:
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


def _spoken(found: Found) -> list[Mention]:
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


def _between_spoken(found: Found) -> list[Mention]:
    hour = int(number(found["hour"]))
    minute = {"half": 30, "quarter": 15, "a quarter": 15, "twenty": 20, "ten": 10}[found["past"]]
    if (found.get("side") or "").startswith("to"):
        return [found.mention(Unit.CLOCK, hour * 60 - minute, 1)]
    return [found.mention(Unit.CLOCK, hour * 60 + minute, 1)]


def _worded(found: Found) -> list[Mention]:
    hour = int(number(found["hour"]))
    return [found.mention(Unit.CLOCK, hour * 60 + int(number(found["min"])), 1)]


def _range(found: Found) -> list[Mention]:
    last = found["hour"]
    hour = int(number(last))
    if hour > 24 or int(number(found["first"])) > 24:
        return []
    return _clock(found)


def _zone(found: Found) -> list[Mention]:
    return [found.mention(Unit.ZONE, zone=zones.EN[found["zone"]])]


def _is(unit: Unit, n: int = 0, m: int = 0, part: Part | None = None) -> Callable[[Found], list[Mention]]:
    return lambda found: [found.mention(unit, n, m, part=part)]


def _both(unit: Unit, n: int, part: Part) -> Callable[[Found], list[Mention]]:
    return lambda found: [found.mention(unit, n), found.mention(Unit.PART, part=part)]


def _tomorrow_end(found: Found) -> list[Mention]:
    return [found.mention(Unit.DAYS, 1)]


_BY = r"(?:(?:by|before|until|till|til|on|at|in|during|over|towards?|for|come|no later than|not later than)\s+)?"
_END_OF = r"(?:the\s+)?(?:very\s+)?(?:end|close|back|tail end) of\s+(?:the\s+)?"
_TOM = r"(?:tom+or+ow|tomor+ow|tomorow|tmrw|tmr|tmw|tomoz|2moro|2morrow|tomorro|morrow)"
_DAY_OFF = r"(?:the\s+|that\s+)?"
_UNIT_AHEAD = r"(?!\s*(?:business|working|work|days?|hours?|hrs?|mins?|minutes?|weeks?|months?|%|x\b|\d|[a-z]?\d))"

# A string says what a text must hold for the rules after it to be tried at all ("" for: always).
RULES: tuple[str | tuple[str, Callable[[Found], list[Mention]]], ...] = (
    # what is over, or no date at all
    "last|past|previous",
    (r"\b(?:last|past|previous) (?:few |couple of |two |three )?(?:hours?|days?|weeks?|months?|night|minutes?)\b", _is(Unit.PAST)),
    "last|past",
    (rf"\b(?:last|past) {_DAY}", _is(Unit.PAST)),
    "yesterday|ago|earlier|other day|as of",
    (r"\bas of (?:now|today|this (?:very )?(?:minute|morning|afternoon|evening))\b", _is(Unit.PAST)),
    (r"\b(?:yesterday|ago|earlier today|earlier this|the other day)\b", _is(Unit.PAST)),
    "ago|late|old|earlier|overdue|running",
    (rf"\b{NUM} (?:\w+ )?(?:minutes?|hours?|days?|weeks?|months?|mins?) (?:ago|late|old|earlier|overdue|running)\b", _is(Unit.PAST)),
    "good friday|easter|black|cyber|bank hol|public hol",
    (r"\b(?:good friday|easter (?:sunday|monday)|black friday|cyber monday|bank hol(?:iday)? monday|public holiday)\b", _is(Unit.NAME)),
    # vague
    "few|several|some|handful|coming|matter",
    (r"\b(?:with)?in (?:the )?(?:next |coming )?(?:a |the next |the coming )?(?:few|several|some|handful of|coming|next few|matter of) "
     r"(?:more )?(?:working |business )?(?:minutes?|mins?|hours?|hrs?|days?|weeks?|months?)\b", _is(Unit.VAGUE)),
    "coming|next",
    (r"\bin (?:the )?(?:coming|next) (?:days|weeks|hours|minutes)\b", _is(Unit.VAGUE)),
    (r"\b(?:over|during) the (?:coming|next(?: few| couple of)?) (?:days|weeks|hours|minutes)\b", _is(Unit.VAGUE)),
    "",
    (r"\b(?:as soon as (?:possible|we can|i can|i'm able|we're able|poss(?:ible)?|practicable)|asap|a\.s\.a\.p|soonest|soon as (?:(?:i|we) can|poss)|"
     r"(?:very |really |pretty )?soon(?! as| after)(?:ish|er or later|er rather than later)?|shortly(?: after(?:wards)?)?|before (?:too )?long|"
     r"in due course|in good time|in a (?:little |wee |short )?(?:while|bit|moment|minute|min|sec|second|jiffy)|"
     r"in the (?:near|foreseeable|not.too.distant) future|at the earliest|at (?:our|the|your) earliest|as (?:quick(?:ly)?|fast|swiftly|promptly|early) as|"
     r"at some (?:point|stage)|some ?time(?! (?:between|before|on|this|today|tomorrow))(?: soon)?|eventually|in no time|momentarily|presently|"
     r"any (?:minute|moment|day|time)(?: now)?|one of these days|in the next (?:wee |little )?while|without (?:further )?delay|"
     r"when(?:ever)? (?:i|we|they|he|she) (?:can|get (?:a|the) (?:chance|minute|moment|sec)|have (?:a|the) (?:chance|minute|moment|time)|find (?:a|the) (?:minute|moment|time))|"
     r"in the fullness of time|sometime|later on|down the (?:line|road)|in time|promptly|right away|straight ?away|immediately|at once)\b", _is(Unit.VAGUE)),
    (r"\b(?:right now|just now|as we speak|this (?:very )?(?:minute|second|moment|instant)|at (?:the|this) moment|currently|"
     r"(?<!from )(?<!and )now(?! and| to| until| till)|while (?:you|we)(?:'re| are| hold| wait| stay)?)\b", _is(Unit.NOW)),
    # lengths of time
    "hour|hr",
    (r"\b(?:with)?in(?:side)?(?: of)? (?:the next|the coming|next|the|an|1|one) (?:hour|hr)(?! and)\b", _is(Unit.ELAPSED, 60)),
    "",
    (r"\b(?:(?:with)?in(?:side)?|under|over|for|after|give (?:me|us)|during|by|next)?\s*(?:the next |the coming |the |about |another |next )?"
     r"(?:half an? hour|an? half[- ]?hour|half[- ]?(?:an? )?h(?:ou)?r|quarter of an hour|three quarters of an hour|"
     r"(?:an? |one )?hour and (?:a )?half|one and a half hours|an hour and an half|(?:a )?quarter of an hour)\b", _half_hour),
    "next",
    (r"\b(?:with)?in the (?:next|coming) (?P<unit>day|week|month)\b", lambda f: _lasting(f, f["unit"], 1, False)),
    "every|each|daily|hourly",
    (rf"\b(?:every|each) (?:(?P<n>{NUM}) )?(?:other )?(?P<unit>hours?|minutes?|mins?|days?|weeks?)\b|\b(?P<adverb>daily|hourly|weekly)\b", lambda f: _repeated(f)),
    "hour or|hr or",
    (r"\b(?:an?|one) (?:hour|hr) or (?:two|so)\b", lambda f: [f.mention(Unit.ELAPSED, 120 if "two" in f.text else 60)]),
    "day or",
    (r"\b(?:a|one) day or (?:two|so)\b", lambda f: [f.mention(Unit.DAYS, 2 if "two" in f.text else 1)]),
    "week or",
    (r"\b(?:a|one) week or (?:two|so)\b", lambda f: [f.mention(Unit.DAYS, 14 if "two" in f.text else 7)]),
    "",
    (rf"\b{_LEAD}(?:a |an )?{_NEXT}(?P<n>{NUM})(?:{_TO}(?P<n2>{NUM}))?(?P<half> and a half)?[\s-]*(?:more |full |short |calendar |clear )*{_WORK}{_UNIT}"
     r"(?:\s+(?:from|of) (?:now|today|receipt))?(?: time)?", lambda f: _prefixed(f)),
    (rf"\b(?:the )?(?:next|coming|following) (?P<n>{NUM})(?:{_TO}(?P<n2>{NUM}))? {_WORK}{_UNIT}", _length),
    (rf"\b(?P<n>{NUM})(?:{_TO}(?P<n2>{NUM}))?(?P<half> and a half)?[\s-]*{_WORK}{_UNIT}\s*"
     r"(?:from (?:now|today|this (?:morning|afternoon|evening))|time\b|tops\b|max\b|at (?:the )?(?:most|latest|outside)|hence|later\b)", _length),
    "min|hour|hr|day|week|wk|month|fortnight",
    (rf"(?:^|(?<=[.!?:;\n]))\s*(?:so |ok |okay )?(?P<n>{NUM})(?:{_TO}(?P<n2>{NUM}))? {_WORK}{_UNIT}(?=,? (?:and|then|&) )", _length),
    "",
    (rf"\b(?P<n>{NUM})(?:{_TO}(?P<n2>{NUM}))?\s*(?P<work>business|working) (?P<unit>days?|hours?|hrs?)\b(?! (?:is|are) (?:the|our|a))", _length),
    "month from",
    (r"\b(?:a|one) month from (?:now|today)\b", _is(Unit.MONTHS, 1)),
    # working days
    "day",
    (r"\b(?:on |by )?(?:the )?(?:end of )?(?:the )?(?:very )?(?:next|following) (?:business|working|work|office) day\b", _is(Unit.WORK_DAYS, 1)),
    "business day|working day",
    (rf"\b(?:on |by )?the (?P<n>{_either(ORDINALS)}) (?:business|working) day\b(?! of)",
     lambda f: [f.mention(Unit.WORK_DAYS, ORDINALS[f["n"]])]),
    "last",
    (r"\bthe last (?:business|working) day of (?:the|this) month\b", _is(Unit.MONTH_END)),
    # weeks and months
    "week",
    (rf"\b(?:a|one) week (?:on|from|after|this) (?:this |next |coming )?{_ANYDAY}", _shifted(1)),
    (rf"\b(?:on )?{_DAY} week\b", _shifted(1)),
    "two weeks",
    (rf"\btwo weeks (?:on|from) {_ANYDAY}", _shifted(2)),
    "after next",
    (rf"\b(?:the )?{_DAY} after next\b", _shifted(1)),
    "next week",
    (rf"\b{_ANYDAY}[, ]+(?:of )?next week\b", _shifted(-1)),
    (rf"\bnext week,? (?:on )?{_ANYDAY}", _shifted(-1)),
    "this week",
    (rf"\b{_ANYDAY}[, ]+(?:of )?this week\b", _shifted(0)),
    "week",
    (r"\b(?:early|at the (?:very )?(?:start|beginning) of|(?:the )?(?:start|beginning) of|at the top of|first half of|earlier) (?:the )?(?:next|following|coming) week\b", _is(Unit.WEEK_START, 1)),
    (r"\b(?:in the )?mid(?:dle)?[- ]?(?:of )?(?:the )?(?:next|following) week\b", _is(Unit.WEEK_MIDDLE, 1)),
    "mid",
    (r"\bmid[- ]?week\b", _is(Unit.WEEK_MIDDLE, 0)),
    "week",
    (r"\b(?:the )?week after next\b", _is(Unit.WEEK, 2)),
    "week|wk",
    (rf"\b{_BY}(?:{_END_OF}|later |late )?(?:the )?(?:next|following|coming) (?:week|wk)(?: is (?:out|over|done|up))?(?:'s end)?(?! on| from)\b", _is(Unit.WEEK, 1)),
    (rf"\b{_BY}(?:{_END_OF}|later |some ?time |during )?this (?:week|wk)(?: is (?:out|over|done|up))?\b", _is(Unit.WEEK)),
    "week|wk|eow",
    (r"\b(?:by|before|at|until|till)?\s*(?:the )?(?:end of|close of) (?:the |this )?(?:working |work |business )?(?:week|wk)\b|\beow\b|\b(?:by |before )?week'?s[- ]end\b", _is(Unit.WEEK)),
    "week",
    (r"\bbefore the (?:working )?week(?:'s| is| has)? (?:out|over|done|up|ends?|ended|finishes)\b|\bbefore the week ends\b|\bbefore (?:the|this) weekend\b|\bahead of the weekend\b|\bby the weekend\b|\bwithin the week\b", _is(Unit.WEEK)),
    "weekend",
    (r"\b(?:over |at |on |during |by the end of )?(?:the|this) (?:coming )?weekend\b", _is(Unit.WEEKEND)),
    (r"\bnext weekend\b", _is(Unit.WEEKEND, 1)),
    "next month",
    (rf"\b{_BY}{_END_OF}next month\b|\bnext month\b", _is(Unit.MONTH_END, 1)),
    "month|eom",
    (rf"\b{_BY}(?:{_END_OF}(?:this )?month|month(?:'s|s)?[- ]end|the month is (?:out|over)|eom)\b|\b(?:later |within |during )?this month\b|\bbefore the month(?:'s| is) (?:out|over|up)\b|\bwithin the month\b", _is(Unit.MONTH_END)),
    "end of|end |close of|back of",
    (rf"\b{_BY}{_END_OF}(?P<month>{_either(MONTHS)})(?![a-z])", _month_end),
    # dates
    "",
    (rf"\b(?:the )?(?P<date>\d{{1,2}}(?:st|nd|rd|th)?|{_either(ORDINALS)})\s+(?:of\s+)?{_MONTH}{_YEAR}", _date),
    (rf"\b{_MONTH}\s+(?:the\s+)?(?P<date>\d{{1,2}}(?:st|nd|rd|th)?|{_either(ORDINALS)})(?!\d|:|[ap]m|\s*[ap]m){_YEAR}", _date),
    "-",
    (r"\b(?P<y>20\d\d)-(?P<m>\d\d)-(?P<d>\d\d)\b", numeric_date),
    "/",
    (r"(?<![\d/.])(?P<a>\d{1,2})/(?P<b>\d{1,2})(?:/(?P<y>(?:20)?\d\d))?(?![\d/])(?! ?(?:business|working|days|hours|hrs|mins|stars))", numeric_date),
    "",
    (r"\b(?:by|on|before|until|till|from|to|for|than|and|come|between|of|after)\s+(?:the\s+)?(?P<date>\d{1,2}(?:st|nd|rd|th))\b(?! (?:floor|line|time|attempt|party|working|business|class|street|ave|avenue|century|birthday|anniversary|of the))", _day_number),
    (r"(?<!dated )\bthe (?P<date>\d{1,2}(?:st|nd|rd|th))(?=\s*(?:$|[,.;:!?)—]|at |with |and |to |between |in |from |we|i |i'|so |by ))", _day_number),
    (rf"\b(?:by|on|before|until|till) the (?P<date>{_either(ORDINALS)})(?=\s*(?:$|[,.;:!?)—]|at |with |and |we|i |i'|so ))", _day_number),
    "christmas|xmas|year|boxing|halloween|valentine|stephen",
    (rf"\b(?P<lead>by|before|on|until|till|ahead of|come|in time for)\s+(?P<feast>{_either(tuple(FEASTS))})(?P<out> (?:is|'s) (?:out|over|done))?(?![a-z'])", lambda f: _feast(f)),
    "in",
    (rf"\b(?:in|within)\s+(?P<n>{NUM})(?=\s*(?:$|[,.;!?]))", lambda f: [f.mention(Unit.SAME, int(number(f["n"])))]),
    # days
    "day after|overmorrow",
    (rf"\b(?:by |on |before )?(?:the )?(?:end of )?(?:the )?day after {_TOM}\b|\bovermorrow\b", _is(Unit.DAYS, 2)),
    "next day|following day",
    (r"\b(?:the )?(?:next|following) day\b", _is(Unit.DAYS, 1)),
    "first thing",
    (rf"\bfirst thing(?:,? in the morning| in the am)(?! (?:on|of))(?! {_DAY})\b(?!,? {_TOM})", lambda f: [f.mention(Unit.PART, part=Part.FIRST_THING)]),
    "",
    (r"\bfirst thing(?:,? in the morning)?\b|\b(?:at|on) opening\b|\bas soon as we open\b|\bthe moment we open\b|\bwhen we open\b|\bbright and early\b", _is(Unit.PART, part=Part.FIRST_THING)),
    "clos|end of|cob|c.o.b|eob",
    (rf"\b{_BY}(?:(?:the )?(?:end|close) of (?:the )?(?:business|office|trading|play|working|work)(?: day| hours)?|cob|c\.o\.b|close of (?:play|day|trade|trading)|eob|eobd|"
     r"(?:the )?end of (?:my|our|the|this) shift|clos(?:e|ing) of (?:business|play)|our closing(?: time)?|closing(?: time)?|(?:the )?close(?= (?:today|of)))\b", _is(Unit.PART, part=Part.CLOSE)),
    "before|while|by the time",
    (r"\bbefore (?:we|i|the (?:office|shop|store|desk|branch|place|doors?|shutters?|counter)s?) (?:close|closes|shut|shuts|lock|locks|finish|finishes|knock off|head home|go home|leave|log off|clock off|sign off)(?: up| down| shop)?(?: (?:the doors|for the (?:day|night)))?\b|"
     r"\bwhile we(?:'re| are) (?:still )?open\b|\bbefore clos(?:e|ing)\b|\bbefore my shift (?:ends|is over|finishes)\b|\bby the time we close\b", _is(Unit.PART, part=Part.CLOSE)),
    "day|eod|e.o.d",
    (rf"\b{_BY}(?:(?:the )?(?:end|close|back end) of (?:the )?day|the day's (?:end|out|over|done)|day'?s end|eod|e\.o\.d|end of today|the day is (?:out|over|done|up|through)|today is (?:out|over))\b|\bbefore the day ends\b|\bby the end of today\b", _is(Unit.PART, part=Part.DAY_END)),
    "",
    (rf"\b(?P<end>(?:by |at )?(?:the )?end of )?{_TOM}\b", _tomorrow_end),
    "morning",
    (r"\bthis (?:very )?morning\b", _both(Unit.DAYS, 0, Part.MORNING)),
    "this",
    (r"\bthis (?:very )?(?:afternoon|arvo|aft)\b", _both(Unit.DAYS, 0, Part.AFTERNOON)),
    "this|to|2ni",
    (r"\b(?:later |by |before )?(?:this (?:very )?evening|tonight|2nite|tonite)\b", _both(Unit.DAYS, 0, Part.EVENING)),
    "",
    (r"\b(?:later |still |before the end of )?(?:today|2day|todays|to-day)\b|\bthe same afternoon\b|\blater on today\b", _is(Unit.DAYS)),
    # parts of the day
    "midnight",
    (r"\bmidnight\b", _is(Unit.PART, part=Part.MIDNIGHT)),
    "noon|mid",
    (r"\b(?:noon|midday|mid-day|noontime|the middle of the day)\b", _is(Unit.PART, part=Part.NOON)),
    "lunch",
    (r"\b(?:lunch|lunchtime|lunch-time|lunch time|lunch hour)\b", _is(Unit.PART, part=Part.LUNCH)),
    "morn|a.m|in the am",
    (r"\b(?:mid-?morning|mornings?|in the a\.?m|morn)\b(?! (?:all|everyone|team|dear|mr|ms|mrs))", _is(Unit.PART, part=Part.MORNING)),
    "afternoon|arvo",
    (r"\b(?:afternoon|arvo|early afternoon|mid-afternoon)\b", _is(Unit.PART, part=Part.AFTERNOON)),
    "evening|dinner|tea|night",
    (r"\b(?:evening|dinner ?time|teatime|nightfall|overnight)\b", _is(Unit.PART, part=Part.EVENING)),
    # clock times
    "",
    (rf"\b(?:between|from)\s+(?:\w+ )?(?:\d{{1,2}}|{'|'.join(_ONES[1:13])})\s*(?:and|to|until|till|-)\s*(?P<past>half|quarter|a quarter|twenty|ten) (?P<side>past |to )?{_HOUR}(?![a-z\d])", _between_spoken),
    (rf"\b(?:between|from|btwn)\s+(?P<first>\d{{1,2}}|{'|'.join(_ONES[1:13])})(?:[:.]\d\d)?\s*(?:[ap]\.?m\.?)?\s*(?:-|and|to|until|till|&)\s*{_HOUR}(?:[:.](?P<min>\d\d))?\s*{_HALF}", _range),
    (rf"\b(?P<past>half|a quarter|quarter|twenty-five|twenty five|twenty|ten|five|\d{{1,2}})\s+(?P<side>past|to|after|til)\s+{_HOUR}(?:{_HALF})?(?![\d:]|\s*(?:business|working|days|hours|minutes|mins|weeks|people|of))", lambda f: _spoken_side(f)),
    "half",
    (rf"\b(?P<past>half)[- ]{_HOUR}(?:{_HALF})?(?![a-z\d])", _spoken),
    " past| to",
    (r"\b(?:at|by|before|until|till) (?P<past>half|quarter|a quarter|twenty|ten|five|twenty-five) (?P<side>past|to)(?! \w+ (?:minutes|hours))\b", _spoken),
    "the hour|the top",
    (r"\b(?:before|on|at) the hour\b|\bby the top of the hour\b", _is(Unit.MINUTE, 0)),
    "",
    (rf"(?<![\d:.])(?P<hour>\d{{1,2}})(?:[:.h](?P<min>\d\d))?{_HALF}\s*(?:-|to|and|until|till|or)\s*(?P<skip>)(?=\d)", lambda f: []),
    (rf"(?<![\d:.$£€])(?P<hour>\d{{1,2}})[:.](?P<min>\d\d)(?:\s*{_HALF})?(?: ?(?:hrs|hours|h)\b)?(?!\d|%|[:.]\d|\s*(?:gb|mb|km|kg|percent|usd|eur|gbp|dollars|euros|pounds))", lambda f: _dotted(f)),
    (r"(?<![\d:.$£€])(?P<hour>[01]\d|2[0-3])(?P<min>[0-5]\d) ?(?:hrs?|h)\b", _clock),
    (rf"(?<![\d:.$£€])\b{_HOUR}{_HALF}", _clock),
    (rf"\b(?:between|from|btwn|betw)\s+(?P<first>\d{{1,2}}|{'|'.join(_ONES[1:13])})(?::\d\d)?\s*(?:am|pm)?\s*(?:-|and|to|until|till|&)\s*{_HOUR}(?!\d|:|\s*[ap]\.?m){_AFTER_BARE}", _range),
    (rf"(?<=[,\s(])(?P<first>\d{{1,2}})\s?(?:-|to|till|until)\s?{_HOUR}(?!\d|:|\s*[ap]\.?m)(?=\s*(?:$|[,.;!?)]|on |today|tomorrow))", _range),
    (rf"\b(?:at|by|before|around|about|until|till|for)\s+{_HOUR}[ -](?P<min>fifteen|thirty|forty-five|forty five|twenty|forty|ten|fifty)(?![a-z])", _worded),
    (rf"\b(?:at|by|before|around|about|until|till|til|@|from|for about|for|as of|the dot of|the stroke of)\s*(?:around |about |roughly |exactly |say )?{_HOUR}(?![\w%:/]|\.\d){_UNIT_AHEAD}{_AFTER_BARE}", _clock),
    (rf"(?<=day ){_HOUR}(?=\s*(?:$|[,.;!?]))", _clock),
    (rf"(?<=[a-z\d]) or\s+{_HOUR}(?![\w%:/]|\.\d){_UNIT_AHEAD}(?=\s*(?:$|[,.;!?)]|pm|am))", _clock),
    # weekdays
    "before|ahead|than",
    (rf"\b(?P<lead>(?:before|ahead of|earlier than|sooner than) (?:the end of )?(?:this |next |the coming )?){_ANYDAY}(?P<part>(?: at)?\s+(?:lunch|noon|morning|afternoon|evening|close|\d))?", lambda f: _before(f)),
    "",
    (rf"\b(?P<lead>(?:by |on |for |until |till )?(?:the end of |end of )?(?:this |next |this coming |the coming |coming |the next |the )?){_DAY}", lambda f: _weekday(f)),
    (rf"\b(?P<lead>(?:by|on|for|until|till|til|this|next|from|come|coming|than|and|or|til)\s+(?:this |next )?){_ANYDAY}", lambda f: _weekday(f)),
    # zones and references
    "time",
    (rf"\b(?:us |u\.s\. )?(?P<zone>{_either(list(zones.EN))}) (?:standard |daylight )?time\b", _zone),
    "",
    (rf"(?<![a-z])(?:us )?(?P<zone>{_either(list(zones.EN_ALONE))})(?![a-z'])", _zone),
    "same|that|then|with it",
    (r"\b(?:the )?(?:that )?same (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|day|time|evening|morning|afternoon|date|visit|trip|moment)\b|\b(?:that|the very same) day\b|\bby then\b|\bat the same time\b|\bwith it\b", _is(Unit.SAME)),
)  # fmt: skip


def _prefixed(found: Found) -> list[Mention]:
    lead = found["lead"].split()[0]
    word = found.get("next")
    if lead in ("for", "over", "during", "by") and not word:
        return []
    if lead in ("need", "needs", "take", "takes", "allow", "up"):
        return []
    if found.get("n") == "the" and not word and found["unit"] not in ("hour", "hr"):
        return []
    return _length(found)


def _spoken_side(found: Found) -> list[Mention]:
    # "ten to four" is a clock time, "8 to 10" is a range
    if found["past"][0].isdigit() and found["side"] == "to":
        first, hour = int(found["past"]), int(number(found["hour"]))
        return [found.mention(Unit.CLOCK, hour * 60, 1)] if first < hour <= 12 else []
    return _spoken(found)


def _dotted(found: Found) -> list[Mention]:
    if "." in found.text and not found.get("ampm"):
        before = found.match.string[max(0, found.match.start() - 9) : found.match.start()]
        if not re.search(r"\b(?:at|by|before|until|till|from|to|and|after|around|about|between|say|tomorrow|today|tonight|day)\s*$|-\s*$", before):
            return []
    return _clock(found)


def _before(found: Found) -> list[Mention]:
    return _weekday(found.upto("day") if found.get("part") else found)


@lru_cache(maxsize=1)
def _rules() -> tuple[Rule, ...]:
    return compiled(RULES)


def mentions(plain_text: str, month_first: bool = False) -> list[Mention]:
    """All time expressions of a plain text (see `text.plain`), in order; where two overlap, the earlier rule wins."""
    return tag(plain_text, _rules(), month_first)
