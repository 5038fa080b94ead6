"""The patterns of English time expressions, in the order in which they are tried."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from .. import zones
from ..tagging import Found, Rule, compiled, numeric_date, tag
from ..when import Mention, Part, Unit
from .time_words import (
    AFTER_BARE,
    ANYDAY,
    BY,
    DAY,
    END_OF,
    FEASTS,
    HALF,
    HOUR,
    LEAD,
    MONTH,
    MONTHS,
    NEXT,
    NUM,
    ONES,
    ORDINALS,
    TO,
    TOM,
    UNIT,
    UNIT_AHEAD,
    WORK,
    YEAR,
    either,
    just,
    make_before,
    make_between_spoken,
    make_clock,
    make_date,
    make_day_number,
    make_dotted,
    make_feast,
    make_half_hour,
    make_lasting,
    make_length,
    make_month_end,
    make_prefixed,
    make_range,
    make_repeated,
    make_spoken,
    make_spoken_side,
    make_tomorrow_end,
    make_weekday,
    make_worded,
    make_zone,
    number,
    pair,
    shifted,
)

# A string says what a text must hold for the rules after it to be tried at all ("" for: always).
RULES: tuple[str | tuple[str, Callable[[Found], list[Mention]]], ...] = (
    # what is over, or no date at all
    "last|past|previous",
    (
        r"\b(?:last|past|previous) (?:few |couple of |two |three )?(?:hours?|days?|weeks?|months?|night|minutes?)\b",
        just(Unit.PAST)),
    "last|past",
    (rf"\b(?:last|past) {DAY}", just(Unit.PAST)),
    "yesterday|ago|earlier|other day|as of",
    (r"\bas of (?:now|today|this (?:very )?(?:minute|morning|afternoon|evening))\b", just(Unit.PAST)),
    (r"\b(?:yesterday|ago|earlier today|earlier this|the other day)\b", just(Unit.PAST)),
    "ago|late|old|earlier|overdue|running",
    (
        rf"\b{NUM} (?:\w+ )?(?:minutes?|hours?|days?|weeks?|months?|mins?) (?:ago|late|old|earlier|overdue|running)"
        rf"\b", just(Unit.PAST)),
    "good friday|easter|black|cyber|bank hol|public hol",
    (
        r"\b(?:good friday|easter (?:sunday|monday)|black friday|cyber monday|bank hol(?:iday)? monday|public "
        r"holiday)\b", just(Unit.NAME)),
    # vague
    "few|several|some|handful|coming|matter",
    (
        r"\b(?:with)?in (?:the )?(?:next |coming )?(?:a |the next |the coming )?(?:few|several|some|handful of|"
        r"coming|next few|matter of) "
     r"(?:more )?(?:working |business )?(?:minutes?|mins?|hours?|hrs?|days?|weeks?|months?)\b", just(Unit.VAGUE)),
    "coming|next",
    (r"\bin (?:the )?(?:coming|next) (?:days|weeks|hours|minutes)\b", just(Unit.VAGUE)),
    (r"\b(?:over|during) the (?:coming|next(?: few| couple of)?) (?:days|weeks|hours|minutes)\b", just(Unit.VAGUE)),
    "",
    (
        r"\b(?:as soon as (?:possible|we can|i can|i'm able|we're able|poss(?:ible)?|practicable)|asap|a\.s\.a\.p|"
        r"soonest|soon as (?:(?:i|we) can|poss)|"
     r"(?:very |really |pretty )?soon(?! as| after)(?:ish|er or later|er rather than later)?|shortly(?: "
     r"after(?:wards)?)?|before (?:too )?long|"
     r"in due course|in good time|in a (?:little |wee |short )?(?:while|bit|moment|minute|min|sec|second|jiffy)|"
     r"in the (?:near|foreseeable|not.too.distant) future|at the earliest|at (?:our|the|your) earliest|as "
     r"(?:quick(?:ly)?|fast|swiftly|promptly|early) as|"
     r"at some (?:point|stage)|some ?time(?! (?:between|before|on|this|today|tomorrow))(?: soon)?|eventually|in no "
     r"time|momentarily|presently|"
     r"any (?:minute|moment|day|time)(?: now)?|one of these days|in the next (?:wee |little )?while|without "
     r"(?:further )?delay|"
     r"when(?:ever)? (?:i|we|they|he|she) (?:can|get (?:a|the) (?:chance|minute|moment|sec)|have (?:a|the) (?:chance|"
     r"minute|moment|time)|find (?:a|the) (?:minute|moment|time))|"
     r"in the fullness of time|sometime|later on|down the (?:line|road)|in time|promptly|right away|straight ?away|"
     r"immediately|at once)\b", just(Unit.VAGUE)),
    (
        r"\b(?:right now|just now|as we speak|this (?:very )?(?:minute|second|moment|instant)|at (?:the|this) moment|"
        r"currently|"
     r"(?<!from )(?<!and )now(?! and| to| until| till)|while (?:you|we)(?:'re| are| hold| wait| stay)?)\b",
     just(Unit.NOW)),
    # lengths of time
    "hour|hr",
    (
        r"\b(?:with)?in(?:side)?(?: of)? (?:the next|the coming|next|the|an|1|one) (?:hour|hr)(?! and)\b",
        just(Unit.ELAPSED, 60)),
    "",
    (
        r"\b(?:(?:with)?in(?:side)?|under|over|for|after|give (?:me|us)|during|by|next)?\s*(?:the next |the coming |"
        r"the |about |another |next )?"
     r"(?:half an? hour|an? half[- ]?hour|half[- ]?(?:an? )?h(?:ou)?r|quarter of an hour|three quarters of an hour|"
     r"(?:an? |one )?hour and (?:a )?half|one and a half hours|an hour and an half|(?:a )?quarter of an hour)\b",
     make_half_hour),
    "next",
    (r"\b(?:with)?in the (?:next|coming) (?P<unit>day|week|month)\b", lambda f: make_lasting(f, f["unit"], 1, False)),
    "every|each|daily|hourly",
    (
        rf"\b(?:every|each) (?:(?P<n>{NUM}) )?(?:other )?(?P<unit>hours?|minutes?|mins?|days?|weeks?)\b|"
        rf"\b(?P<adverb>daily|hourly|weekly)\b", lambda f: make_repeated(f)),
    "hour or|hr or",
    (
        r"\b(?:an?|one) (?:hour|hr) or (?:two|so)\b",
        lambda f: [f.mention(Unit.ELAPSED, 120 if "two" in f.text else 60)]),
    "day or",
    (r"\b(?:a|one) day or (?:two|so)\b", lambda f: [f.mention(Unit.DAYS, 2 if "two" in f.text else 1)]),
    "week or",
    (r"\b(?:a|one) week or (?:two|so)\b", lambda f: [f.mention(Unit.DAYS, 14 if "two" in f.text else 7)]),
    "",
    (
        rf"\b{LEAD}(?:a |an )?{NEXT}(?P<n>{NUM})(?:{TO}(?P<n2>{NUM}))?(?P<half> and a half)?[\s-]*(?:more |full |"
        rf"short |calendar |clear )*{WORK}{UNIT}"
     r"(?:\s+(?:from|of) (?:now|today|receipt))?(?: time)?", lambda f: make_prefixed(f)),
    (rf"\b(?:the )?(?:next|coming|following) (?P<n>{NUM})(?:{TO}(?P<n2>{NUM}))? {WORK}{UNIT}", make_length),
    (rf"\b(?P<n>{NUM})(?:{TO}(?P<n2>{NUM}))?(?P<half> and a half)?[\s-]*{WORK}{UNIT}\s*"
     r"(?:from (?:now|today|this (?:morning|afternoon|evening))|time\b|tops\b|max\b|at (?:the )?(?:most|latest|"
     r"outside)|hence|later\b)", make_length),
    "min|hour|hr|day|week|wk|month|fortnight",
    (
        rf"(?:^|(?<=[.!?:;\n]))\s*(?:so |ok |okay )?(?P<n>{NUM})(?:{TO}(?P<n2>{NUM}))? {WORK}{UNIT}(?=,? (?:and|then|"
        rf"&) )", make_length),
    "",
    (
        rf"\b(?P<n>{NUM})(?:{TO}(?P<n2>{NUM}))?\s*(?P<work>business|working) (?P<unit>days?|hours?|hrs?)\b(?! (?:is|"
        rf"are) (?:the|our|a))", make_length),
    "month from",
    (r"\b(?:a|one) month from (?:now|today)\b", just(Unit.MONTHS, 1)),
    # working days
    "day",
    (
        r"\b(?:on |by )?(?:the )?(?:end of )?(?:the )?(?:very )?(?:next|following) (?:business|working|work|office) "
        r"day\b", just(Unit.WORK_DAYS, 1)),
    "business day|working day",
    (rf"\b(?:on |by )?the (?P<n>{either(ORDINALS)}) (?:business|working) day\b(?! of)",
     lambda f: [f.mention(Unit.WORK_DAYS, ORDINALS[f["n"]])]),
    "last",
    (r"\bthe last (?:business|working) day of (?:the|this) month\b", just(Unit.MONTH_END)),
    # weeks and months
    "week",
    (rf"\b(?:a|one) week (?:on|from|after|this) (?:this |next |coming )?{ANYDAY}", shifted(1)),
    (rf"\b(?:on )?{DAY} week\b", shifted(1)),
    "two weeks",
    (rf"\btwo weeks (?:on|from) {ANYDAY}", shifted(2)),
    "after next",
    (rf"\b(?:the )?{DAY} after next\b", shifted(1)),
    "next week",
    (rf"\b{ANYDAY}[, ]+(?:of )?next week\b", shifted(-1)),
    (rf"\bnext week,? (?:on )?{ANYDAY}", shifted(-1)),
    "this week",
    (rf"\b{ANYDAY}[, ]+(?:of )?this week\b", shifted(0)),
    "week",
    (
        r"\b(?:early|at the (?:very )?(?:start|beginning) of|(?:the )?(?:start|beginning) of|at the top of|first "
        r"half of|earlier) (?:the )?(?:next|following|coming) week\b", just(Unit.WEEK_START, 1)),
    (r"\b(?:in the )?mid(?:dle)?[- ]?(?:of )?(?:the )?(?:next|following) week\b", just(Unit.WEEK_MIDDLE, 1)),
    "mid",
    (r"\bmid[- ]?week\b", just(Unit.WEEK_MIDDLE, 0)),
    "week",
    (r"\b(?:the )?week after next\b", just(Unit.WEEK, 2)),
    "week|wk",
    (
        rf"\b{BY}(?:{END_OF}|later |late )?(?:the )?(?:next|following|coming) (?:week|wk)(?: is (?:out|over|done|up))"
        rf"?(?:'s end)?(?! on| from)\b", just(Unit.WEEK, 1)),
    (
        rf"\b{BY}(?:{END_OF}|later |some ?time |during )?this (?:week|wk)(?: is (?:out|over|done|up))?\b",
        just(Unit.WEEK)),
    "week|wk|eow",
    (
        r"\b(?:by|before|at|until|till)?\s*(?:the )?(?:end of|close of) (?:the |this )?(?:working |work |business )"
        r"?(?:week|wk)\b|\beow\b|\b(?:by |before )?week'?s[- ]end\b", just(Unit.WEEK)),
    "week",
    (
        r"\bbefore the (?:working )?week(?:'s| is| has)? (?:out|over|done|up|ends?|ended|finishes)\b|\bbefore the "
        r"week ends\b|\bbefore (?:the|this) weekend\b|\bahead of the weekend\b|\bby the weekend\b|\bwithin the "
        r"week\b", just(Unit.WEEK)),
    "weekend",
    (r"\b(?:over |at |on |during |by the end of )?(?:the|this) (?:coming )?weekend\b", just(Unit.WEEKEND)),
    (r"\bnext weekend\b", just(Unit.WEEKEND, 1)),
    "next month",
    (rf"\b{BY}{END_OF}next month\b|\bnext month\b", just(Unit.MONTH_END, 1)),
    "month|eom",
    (
        rf"\b{BY}(?:{END_OF}(?:this )?month|month(?:'s|s)?[- ]end|the month is (?:out|over)|eom)\b|\b(?:later |"
        rf"within |during )?this month\b|\bbefore the month(?:'s| is) (?:out|over|up)\b|\bwithin the month\b",
        just(Unit.MONTH_END)),
    "end of|end |close of|back of",
    (rf"\b{BY}{END_OF}(?P<month>{either(MONTHS)})(?![a-z])", make_month_end),
    # dates
    "",
    (rf"\b(?:the )?(?P<date>\d{{1,2}}(?:st|nd|rd|th)?|{either(ORDINALS)})\s+(?:of\s+)?{MONTH}{YEAR}", make_date),
    (
        rf"\b{MONTH}\s+(?:the\s+)?(?P<date>\d{{1,2}}(?:st|nd|rd|th)?|{either(ORDINALS)})(?!\d|:|[ap]m|\s*[ap]m)"
        rf"{YEAR}", make_date),
    "-",
    (r"\b(?P<y>20\d\d)-(?P<m>\d\d)-(?P<d>\d\d)\b", numeric_date),
    "/",
    (
        r"(?<![\d/.])(?P<a>\d{1,2})/(?P<b>\d{1,2})(?:/(?P<y>(?:20)?\d\d))?(?![\d/])(?! ?(?:business|working|days|"
        r"hours|hrs|mins|stars))", numeric_date),
    "",
    (
        r"\b(?:by|on|before|until|till|from|to|for|than|and|come|between|of|after)\s+(?:the\s+)"
        r"?(?P<date>\d{1,2}(?:st|nd|rd|th))\b(?! (?:floor|line|time|attempt|party|working|business|class|street|ave|"
        r"avenue|century|birthday|anniversary|of the))", make_day_number),
    (
        r"(?<!dated )\bthe (?P<date>\d{1,2}(?:st|nd|rd|th))(?=\s*(?:$|[,.;:!?)—]|at |with |and |to |between |in |"
        r"from |we|i |i'|so |by ))", make_day_number),
    (
        rf"\b(?:by|on|before|until|till) the (?P<date>{either(ORDINALS)})(?=\s*(?:$|[,.;:!?)—]|at |with |and |we|i |"
        rf"i'|so ))", make_day_number),
    "christmas|xmas|year|boxing|halloween|valentine|stephen",
    (
        rf"\b(?P<lead>by|before|on|until|till|ahead of|come|in time for)\s+(?P<feast>{either(tuple(FEASTS))})"
        rf"(?P<out> (?:is|'s) (?:out|over|done))?(?![a-z'])", lambda f: make_feast(f)),
    "in",
    (rf"\b(?:in|within)\s+(?P<n>{NUM})(?=\s*(?:$|[,.;!?]))", lambda f: [f.mention(Unit.SAME, int(number(f["n"])))]),
    # days
    "day after|overmorrow",
    (rf"\b(?:by |on |before )?(?:the )?(?:end of )?(?:the )?day after {TOM}\b|\bovermorrow\b", just(Unit.DAYS, 2)),
    "next day|following day",
    (r"\b(?:the )?(?:next|following) day\b", just(Unit.DAYS, 1)),
    "first thing",
    (
        rf"\bfirst thing(?:,? in the morning| in the am)(?! (?:on|of))(?! {DAY})\b(?!,? {TOM})",
        lambda f: [f.mention(Unit.PART, part=Part.FIRST_THING)]),
    "",
    (
        r"\bfirst thing(?:,? in the morning)?\b|\b(?:at|on) opening\b|\bas soon as we open\b|\bthe moment we open\b|"
        r"\bwhen we open\b|\bbright and early\b", just(Unit.PART, part=Part.FIRST_THING)),
    "clos|end of|cob|c.o.b|eob",
    (
        rf"\b{BY}(?:(?:the )?(?:end|close) of (?:the )?(?:business|office|trading|play|working|work)(?: day| hours)?|"
        rf"cob|c\.o\.b|close of (?:play|day|trade|trading)|eob|eobd|"
     r"(?:the )?end of (?:my|our|the|this) shift|clos(?:e|ing) of (?:business|play)|our closing(?: time)?|closing(?: "
     r"time)?|(?:the )?close(?= (?:today|of)))\b", just(Unit.PART, part=Part.CLOSE)),
    "before|while|by the time",
    (
        r"\bbefore (?:we|i|the (?:office|shop|store|desk|branch|place|doors?|shutters?|counter)s?) (?:close|closes|"
        r"shut|shuts|lock|locks|finish|finishes|knock off|head home|go home|leave|log off|clock off|sign off)(?: up| "
        r"down| shop)?(?: (?:the doors|for the (?:day|night)))?\b|"
     r"\bwhile we(?:'re| are) (?:still )?open\b|\bbefore clos(?:e|ing)\b|\bbefore my shift (?:ends|is over|finishes)"
     r"\b|\bby the time we close\b", just(Unit.PART, part=Part.CLOSE)),
    "day|eod|e.o.d",
    (
        rf"\b{BY}(?:(?:the )?(?:end|close|back end) of (?:the )?day|the day's (?:end|out|over|done)|day'?s end|eod|"
        rf"e\.o\.d|end of today|the day is (?:out|over|done|up|through)|today is (?:out|over))\b|\bbefore the day "
        rf"ends\b|\bby the end of today\b", just(Unit.PART, part=Part.DAY_END)),
    "",
    (rf"\b(?P<end>(?:by |at )?(?:the )?end of )?{TOM}\b", make_tomorrow_end),
    "morning",
    (r"\bthis (?:very )?morning\b", pair(Unit.DAYS, 0, Part.MORNING)),
    "this",
    (r"\bthis (?:very )?(?:afternoon|arvo|aft)\b", pair(Unit.DAYS, 0, Part.AFTERNOON)),
    "this|to|2ni",
    (r"\b(?:later |by |before )?(?:this (?:very )?evening|tonight|2nite|tonite)\b", pair(Unit.DAYS, 0, Part.EVENING)),
    "",
    (
        r"\b(?:later |still |before the end of )?(?:today|2day|todays|to-day)\b|\bthe same afternoon\b|\blater on "
        r"today\b", just(Unit.DAYS)),
    # parts of the day
    "midnight",
    (r"\bmidnight\b", just(Unit.PART, part=Part.MIDNIGHT)),
    "noon|mid",
    (r"\b(?:noon|midday|mid-day|noontime|the middle of the day)\b", just(Unit.PART, part=Part.NOON)),
    "lunch",
    (r"\b(?:lunch|lunchtime|lunch-time|lunch time|lunch hour)\b", just(Unit.PART, part=Part.LUNCH)),
    "morn|a.m|in the am",
    (
        r"\b(?:mid-?morning|mornings?|in the a\.?m|morn)\b(?! (?:all|everyone|team|dear|mr|ms|mrs))",
        just(Unit.PART, part=Part.MORNING)),
    "afternoon|arvo",
    (r"\b(?:afternoon|arvo|early afternoon|mid-afternoon)\b", just(Unit.PART, part=Part.AFTERNOON)),
    "evening|dinner|tea|night",
    (r"\b(?:evening|dinner ?time|teatime|nightfall|overnight)\b", just(Unit.PART, part=Part.EVENING)),
    # clock times
    "",
    (
        rf"\b(?:between|from)\s+(?:\w+ )?(?:\d{{1,2}}|{'|'.join(ONES[1:13])})\s*(?:and|to|until|till|-)"
        rf"\s*(?P<past>half|quarter|a quarter|twenty|ten) (?P<side>past |to )?{HOUR}(?![a-z\d])",
        make_between_spoken),
    (
        rf"\b(?:between|from|btwn)\s+(?P<first>\d{{1,2}}|{'|'.join(ONES[1:13])})(?:[:.]\d\d)?\s*(?:[ap]\.?m\.?)"
        rf"?\s*(?:-|and|to|until|till|&)\s*{HOUR}(?:[:.](?P<min>\d\d))?\s*{HALF}", make_range),
    (
        rf"\b(?P<past>half|a quarter|quarter|twenty-five|twenty five|twenty|ten|five|\d{{1,2}})\s+(?P<side>past|to|"
        rf"after|til)\s+{HOUR}(?:{HALF})?(?![\d:]|\s*(?:business|working|days|hours|minutes|mins|weeks|people|of))",
        lambda f: make_spoken_side(f)),
    "half",
    (rf"\b(?P<past>half)[- ]{HOUR}(?:{HALF})?(?![a-z\d])", make_spoken),
    " past| to",
    (
        r"\b(?:at|by|before|until|till) (?P<past>half|quarter|a quarter|twenty|ten|five|twenty-five) (?P<side>past|"
        r"to)(?! \w+ (?:minutes|hours))\b", make_spoken),
    "the hour|the top",
    (r"\b(?:before|on|at) the hour\b|\bby the top of the hour\b", just(Unit.MINUTE, 0)),
    "",
    (
        rf"(?<![\d:.])(?P<hour>\d{{1,2}})(?:[:.h](?P<min>\d\d))?{HALF}\s*(?:-|to|and|until|till|or)\s*(?P<skip>)"
        rf"(?=\d)", lambda f: []),
    (
        rf"(?<![\d:.$£€])(?P<hour>\d{{1,2}})[:.](?P<min>\d\d)(?:\s*{HALF})?(?: ?(?:hrs|hours|h)\b)?(?!\d|%|[:.]\d|"
        rf"\s*(?:gb|mb|km|kg|percent|usd|eur|gbp|dollars|euros|pounds))", lambda f: make_dotted(f)),
    (r"(?<![\d:.$£€])(?P<hour>[01]\d|2[0-3])(?P<min>[0-5]\d) ?(?:hrs?|h)\b", make_clock),
    (rf"(?<![\d:.$£€])\b{HOUR}{HALF}", make_clock),
    (
        rf"\b(?:between|from|btwn|betw)\s+(?P<first>\d{{1,2}}|{'|'.join(ONES[1:13])})(?::\d\d)?\s*(?:am|pm)?\s*(?:-|"
        rf"and|to|until|till|&)\s*{HOUR}(?!\d|:|\s*[ap]\.?m){AFTER_BARE}", make_range),
    (
        rf"(?<=[,\s(])(?P<first>\d{{1,2}})\s?(?:-|to|till|until)\s?{HOUR}(?!\d|:|\s*[ap]\.?m)(?=\s*(?:$|[,.;!?)]|on |"
        rf"today|tomorrow))", make_range),
    (
        rf"\b(?:at|by|before|around|about|until|till|for)\s+{HOUR}[ -](?P<min>fifteen|thirty|forty-five|forty five|"
        rf"twenty|forty|ten|fifty)(?![a-z])", make_worded),
    (
        rf"\b(?:at|by|before|around|about|until|till|til|@|from|for about|for|as of|the dot of|the stroke of)"
        rf"\s*(?:around |about |roughly |exactly |say )?{HOUR}(?![\w%:/]|\.\d){UNIT_AHEAD}{AFTER_BARE}", make_clock),
    (rf"(?<=day ){HOUR}(?=\s*(?:$|[,.;!?]))", make_clock),
    (rf"(?<=[a-z\d]) or\s+{HOUR}(?![\w%:/]|\.\d){UNIT_AHEAD}(?=\s*(?:$|[,.;!?)]|pm|am))", make_clock),
    # weekdays
    "before|ahead|than",
    (
        rf"\b(?P<lead>(?:before|ahead of|earlier than|sooner than) (?:the end of )?(?:this |next |the coming )?)"
        rf"{ANYDAY}(?P<part>(?: at)?\s+(?:lunch|noon|morning|afternoon|evening|close|\d))?",
        lambda f: make_before(f)),
    "",
    (
        rf"\b(?P<lead>(?:by |on |for |until |till )?(?:the end of |end of )?(?:this |next |this coming |the coming |"
        rf"coming |the next |the )?){DAY}", lambda f: make_weekday(f)),
    (
        rf"\b(?P<lead>(?:by|on|for|until|till|til|this|next|from|come|coming|than|and|or|til)\s+(?:this |next )?)"
        rf"{ANYDAY}", lambda f: make_weekday(f)),
    # zones and references
    "time",
    (rf"\b(?:us |u\.s\. )?(?P<zone>{either(list(zones.EN))}) (?:standard |daylight )?time\b", make_zone),
    "",
    (rf"(?<![a-z])(?:us )?(?P<zone>{either(list(zones.EN_ALONE))})(?![a-z'])", make_zone),
    "same|that|then|with it",
    (
        r"\b(?:the )?(?:that )?same (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|day|time|evening|"
        r"morning|afternoon|date|visit|trip|moment)\b|\b(?:that|the very same) day\b|\bby then\b|\bat the same "
        r"time\b|\bwith it\b", just(Unit.SAME)),
)  # fmt: skip


@lru_cache(maxsize=1)
def _rules() -> tuple[Rule, ...]:
    return compiled(RULES)


def mentions(plain_text: str, month_first: bool = False) -> list[Mention]:
    """All time expressions of a plain text (see `text.plain`), in order; where two overlap, the earlier rule wins."""
    return tag(plain_text, _rules(), month_first)
