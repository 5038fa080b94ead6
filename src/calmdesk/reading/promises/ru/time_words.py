"""Time words in Russian and what each means (texts come with е for ё)."""

from __future__ import annotations

import re
from collections.abc import Callable

from .. import zones
from ..tagging import Found, numeric_date
from ..text import listed
from ..when import Mention, Part, Unit

# nominative, genitive, dative, instrumental forms; what is not listed is spelt alike
_CARDINALS: dict[int, str] = {
    1: "один одна одно одну одного одной одному одним",
    2: "два две двух двум двумя",
    3: "три трех трем тремя",
    4: "четыре четырех четырем четырьмя",
    5: "пять пяти пятью",
    6: "шесть шести шестью",
    7: "семь семи семью",
    8: "восемь восьми восемью",
    9: "девять девяти девятью",
    10: "десять десяти десятью",
    11: "одиннадцать одиннадцати одиннадцатью",
    12: "двенадцать двенадцати двенадцатью",
    13: "тринадцать тринадцати",
    14: "четырнадцать четырнадцати",
    15: "пятнадцать пятнадцати",
    16: "шестнадцать шестнадцати",
    17: "семнадцать семнадцати",
    18: "восемнадцать восемнадцати",
    19: "девятнадцать девятнадцати",
    20: "двадцать двадцати",
    30: "тридцать тридцати",
    40: "сорок сорока",
    50: "пятьдесят пятидесяти",
    60: "шестьдесят шестидесяти",
    90: "девяносто",
    48: "сорок восемь сорока восьми",
}
SIMPLE = {form: n for n, forms in _CARDINALS.items() if n != 48 for form in forms.split()}
NUMBERS = dict(SIMPLE)
NUMBERS |= {
    f"{tens} {ones}": n + m
    for tens, n in SIMPLE.items()
    if n in (20, 30, 40, 50)
    for ones, m in SIMPLE.items()
    if m < 10
}
NUMBERS |= dict.fromkeys(["пара", "пару", "пары", "паре", "парой", "парочку", "парочка", "парочки"], 2)
NUMBERS |= {"пару-тройку": 3, "двое": 2, "двоих": 2, "трое": 3, "троих": 3, "четверо": 4, "десяток": 10}
HALVES = {"полтора": 1.5, "полторы": 1.5, "полутора": 1.5}
_ORDINALS: dict[int, str] = {
    1: "перв", 2: "втор", 3: "трет", 4: "четверт", 5: "пят", 6: "шест", 7: "седьм", 8: "восьм", 9: "девят",
    10: "десят", 11: "одиннадцат", 12: "двенадцат", 13: "тринадцат", 14: "четырнадцат", 15: "пятнадцат",
    16: "шестнадцат", 17: "семнадцат", 18: "восемнадцат", 19: "девятнадцат", 20: "двадцат", 30: "тридцат",
    21: "двадцать перв", 22: "двадцать втор", 23: "двадцать трет", 24: "двадцать четверт", 25: "двадцать пят",
    26: "двадцать шест", 27: "двадцать седьм", 28: "двадцать восьм", 29: "двадцать девят", 31: "тридцать перв",
}  # fmt: skip
_ORDINAL_END = r"(?:ого|ьего|ому|ьему|ым|ьим|ое|ье|ом|ьем)"
GENITIVE_ORDINAL = {
    f"{stem}{'ьего' if n % 10 == 3 and n != 13 else 'ого'}": n for n, stem in _ORDINALS.items()
}
HOUR_ORDINAL = {f"{stem}{'ьего' if n == 3 else 'ого'}": n for n, stem in _ORDINALS.items() if n <= 12}


def either(words: object) -> str:
    """Alternatives of a regular expression, the longest first, so that none hides behind its beginning."""
    return "|".join(sorted(map(re.escape, map(str, words)), key=len, reverse=True))  # type: ignore[call-overload]


B, E = r"(?<![а-яa-z\d])", r"(?![а-яa-z])"
NUM = rf"(?:\d{{1,4}}(?:[.,]5)?|(?:{either({**NUMBERS, **HALVES})}){E})"
TO = r"\s*(?:-|до|или|—|и|\.\.+)\s*(?:х\s+)?"
UNIT = (
    r"(?P<unit>минут(?:очку|ки|ок|у|ы|ам)?|мин|час(?:ик(?:а|ов|у)?|ок|а|ов|ам|у)?|ч|сут(?:ок|ки|очек|ками)|"
    r"дн(?:я|ей|ям|ями|ев)|день|денек|недел(?:ьку|ю|и|ь|е|ям|ьки)?|месяц(?:а|ев)?|нед|мес|дн)" + E
)
WORK = r"(?:(?P<work>рабоч\w+|банковск\w+|раб\.?)\s+)?"
MILD = (
    r"(?:(?:полных|ближайш\w+|календарн\w+|следующ\w+|эт\w+|этот|примерно|максимум|где-то|около|буквально|каких-то|"
    r"как\w+-нибудь|еще|не более|не больше|каких-нибудь|самое большее)\s+)*"
)
LEAD = (
    r"(?P<lead>через|чрез|в течени[еи]|в теч\.?|за|спустя|в пределах|не позднее чем через|не позже чем через|"
    r"не позднее|не позже|не дольше|максимум через|максимум|от силы|до истечения|в ближ\w*\.?|в следующ\w+|на "
    r"протяжении|уложимся в|дайте(?: мне| нам)?|по истечении|в срок до|сроком до|в срок не более|в срок)\s+"
)
_WEEKDAYS = {
    "понедельник": (0, "а|у|ом|е"), "вторник": (1, "а|у|ом|е"), "сред": (2, "а|у|ы|е|ой"),
    "четверг": (3, "а|у|ом|е"), "пятниц": (4, "а|у|ы|е|ей"), "суббот": (5, "а|у|ы|е|ой"),
    "воскресень": (6, "е|я|ю|ем|и"), "воскресен": (6, "ье"), "пт": (4, ""), "пн": (0, ""), "вт": (1, ""),
    "ср": (2, ""), "чт": (3, ""), "сб": (5, ""), "вс": (6, ""),
}  # fmt: skip
DAYS = {
    stem + end: n
    for stem, (n, ends) in _WEEKDAYS.items()
    for end in ("", *ends.split("|"))
    if stem + end not in ("сред", "пятниц", "суббот", "воскресен", "воскресень")
}  # fmt: skip
DAY = rf"(?P<day>{either(DAYS)}){E}"
_MONTH_STEMS = listed("январ феврал март апрел ма июн июл август сентябр октябр ноябр декабр")
MONTHS = {
    stem + end: n for n, stem in enumerate(_MONTH_STEMS, 1) for end in ("а", "я", "е", "ь", "й", "у", "ю", "")
}
MONTHS = {name: n for name, n in MONTHS.items() if name not in ("ма", "мае", "маь", "мау", "маа")} | {
    "мая": 5,
    "май": 5,
    "мае": 5,
}
MONTHS |= {"янв": 1, "фев": 2, "апр": 4, "авг": 8, "сен": 9, "сент": 9, "окт": 10, "ноя": 11, "дек": 12}
MONTH = rf"(?P<month>{either(MONTHS)})\.?{E}"
_HOURS = {word: n for word, n in SIMPLE.items() if 1 < n <= 12} | {"час": 1, "часу": 1, "одному": 1}
HOUR = rf"(?P<hour>\d{{1,2}}|{either(_HOURS)})"
OCLOCK = r"(?:\s*(?:-?(?:ми|ти|х|и)\s)?\s*(?:часов|часам|часа|часу|час|ч)(?![а-я])\.?)?"
TIME = r"(?:\s*(?P<half>утра|дня|вечера|ночи|пополудни)" + E + ")?"
NO_UNIT = (
    r"(?!\s*(?:-|до|или)?\s*\d*\s*(?:минут|мин(?![а-я])|сут|дн|дней|недел|месяц|рабоч|календар|банков|процент|%|руб|"
    r"₽|"
    r"тыс|млн|евро|доллар|раз(?![а-я])|человек|штук|шт|лет|год|кг|км|метр|этаж|гб|копе|звон|часов(?! (?:утра|дня|"
    r"вечера|ночи))\s+рабоч|"
    r"[а-я]*(?:ого|ого|ых|их)\s+(?:час|дн)|из(?![а-я])|банк|товар|заказ|заявк|письм|пункт|сообщен|подъезд|отделени))"
)


def number(word: str) -> float:
    """The value of a number in digits or words."""
    if word[0].isdigit():
        return float(word.replace(",", "."))
    return HALVES.get(word) or float(NUMBERS[word])


def make_length(found: Found) -> list[Mention]:
    """A length of time: "in two days", "within an hour"."""
    unit = found["unit"]
    word = found.get("n2") or found.get("n")
    return lasting(found, unit, number(word) if word else 1, bool(found.get("work")))


def lasting(found: Found, unit: str, n: float, work: bool) -> list[Mention]:
    """A length of time: elapsed for minutes, hours and сутки, dates for days and longer."""
    if unit.startswith("мин"):
        return [found.mention(Unit.WORK_TIME if work else Unit.ELAPSED, int(n))]
    if unit.startswith("ч"):
        return [found.mention(Unit.WORK_TIME if work else Unit.ELAPSED, int(n * 60))]
    if unit.startswith("сут"):
        return [found.mention(Unit.ELAPSED, int(n * 1440))]
    if n > 3660:
        return []
    if unit.startswith("мес"):
        return [found.mention(Unit.MONTHS, int(n))] if n <= 120 else []
    if unit.startswith("нед"):
        return [found.mention(Unit.WORK_DAYS, int(n * 5))] if work else [found.mention(Unit.DAYS, int(n * 7))]
    if work:
        return [found.mention(Unit.WORK_DAYS, max(1, int(n)))]
    return [found.mention(Unit.DAYS, int(n))]


def make_prefixed(found: Found) -> list[Mention]:
    """A time with the word that leads it in."""
    lead, unit = found["lead"], found["unit"]
    after = found.match.string[found.match.end() : found.match.end() + 14]
    if lead == "за" and re.match(
        r"\s+(?:просроч|без\s|аренд|просто[ея]|ожидан|прожив|задерж|подписк|до\s|назад|опоздан|работы)", after
    ):
        return []
    if not found.get("n"):
        if lead.startswith("в теч") and unit in ("дня", "день"):
            return [found.mention(Unit.PART, part=Part.CLOSE if found.get("work") else Part.DAY_END)]
        if lead.startswith(("дайте", "уложимся")) and unit.startswith("мин"):
            return [found.mention(Unit.NOW)]
        if unit.startswith("минуточ"):
            return [found.mention(Unit.NOW)]
        if (
            unit in ("час", "часа", "часов", "дня", "дней", "минут", "недель", "месяцев", "ч")
            and lead == "за"
        ):
            return []
        if unit in ("дни", "часов", "минут", "дней") and not found.get("n"):
            return [found.mention(Unit.VAGUE)]
    return make_length(found)


def make_spelt(found: Found) -> list[Mention]:
    """A number spelt out before its unit."""
    word = found.text
    if "полчас" in word:
        return [found.mention(Unit.ELAPSED, 30)]
    pairs = {"час-полтора": 90, "часа полтора": 90, "час-два": 120, "часик-другой": 120, "часок-другой": 120,
             "час-другой": 120, "часа два-три": 180, "четверть часа": 15}  # fmt: skip
    for shape, minutes in pairs.items():
        if shape in word:
            return [found.mention(Unit.ELAPSED, minutes)]
    days = {"день-два": 2, "день-другой": 2, "дня два": 2, "неделю-две": 14, "неделю-другую": 14, "день-полтора": 2,
            "полгода": 0, "пару-тройку дней": 3, "недельку-другую": 14, "денек-другой": 2}  # fmt: skip
    for shape, n in days.items():
        if shape in word:
            return [found.mention(Unit.DAYS, n)] if n else []
    return []


def make_and_half(found: Found) -> list[Mention]:
    """So many and a half."""
    return lasting(found, found["unit"], number(found["n"]) + 0.5, False)


def make_inverted(found: Found) -> list[Mention]:
    """A number after its unit («минут пять»)."""
    return lasting(found, found["unit"], number(found.get("n2") or found["n"]), False)


def make_weekday(found: Found) -> list[Mention]:
    """A weekday, with what stands before it: "by", "next", "a week on"."""
    lead = found.get("lead") or ""
    following = bool(re.search(r"следующ|будущ", lead))
    before = bool(re.search(r"раньше|перед|накануне|ранее", lead)) and "не раньше" not in lead
    return [
        found.mention(
            Unit.WEEKDAY,
            DAYS[found["day"]],
            -1 if following else 0,
            before=before,
            weak=lead.startswith("на "),
        )
    ]


def shifted(weeks: int) -> Callable[[Found], list[Mention]]:
    """A maker for the weekday that lies so many weeks further on."""
    return lambda found: [found.mention(Unit.WEEKDAY, DAYS[found["day"]], weeks)]


def make_date(found: Found) -> list[Mention]:
    """A day with its month, and a year if one was said."""
    word = found["date"]
    digits = re.match(r"\d+", word)
    day = int(digits[0]) if digits else GENITIVE_ORDINAL.get(word, 0)
    if not 1 <= day <= 31:
        return []
    before = bool(re.search(r"раньше|перед", found.get("lead") or ""))
    if month := found.get("month"):
        return [
            found.mention(Unit.DATE, MONTHS[month] * 100 + day, int(found.get("year") or 0), before=before)
        ]
    return [found.mention(Unit.DAY_OF_MONTH, day, before=before)]


def make_month_end(found: Found) -> list[Mention]:
    """The end of a month."""
    return [found.mention(Unit.NAMED_MONTH_END, MONTHS[found["month"]])]


def _hour(word: str) -> int:
    return int(word) if word[0].isdigit() else _HOURS[word]


def make_clock(found: Found) -> list[Mention]:
    """A clock time in figures."""
    hour, minute = _hour(found["hour"]), int(found.get("min") or found.get("dashed") or 0)
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return []
    return _on_dial(found, hour * 60 + minute, found.get("half"), found["hour"].startswith("0"))


def _on_dial(found: Found, minutes: int, half: str | None, padded: bool = False) -> list[Mention]:
    if half in ("дня", "вечера", "пополудни") and minutes < 12 * 60:
        return [found.mention(Unit.CLOCK, minutes + 720)]
    if half == "утра":
        return [found.mention(Unit.CLOCK, minutes)]
    if half == "ночи":
        late = minutes >= 8 * 60
        return [found.mention(Unit.CLOCK, (minutes + 720 if late else minutes))]
    bare = 0 if minutes >= 13 * 60 or half or padded else 1
    return [found.mention(Unit.CLOCK, minutes, bare)]


def make_half_past(found: Found) -> list[Mention]:
    """Half of the coming hour («полпятого»)."""
    hour = HOUR_ORDINAL[found["ordinal"]]
    return _on_dial(found, (hour * 60 - 30) % 720 or 720 - 690, found.get("half"))


def make_quarter_past(found: Found) -> list[Mention]:
    """A quarter of the coming hour («четверть пятого»)."""
    hour = HOUR_ORDINAL[found["ordinal"]]
    past = 15 if "четверт" in found["past"] else int(number(found["past"]))
    return _on_dial(found, (hour - 1) * 60 + past, found.get("half"))


def make_short_of(found: Found) -> list[Mention]:
    """So much short of the hour («без десяти пять»)."""
    word = found["short"]
    minutes = 15 if word.startswith("четверт") else int(number(word))
    hour = _hour(found["hour"])
    made = _on_dial(found, (hour * 60 - minutes) % 1440, found.get("half"))
    return [found.mention(Unit.CLOCK, hour * 60 - minutes)] if hour == 8 and not found.get("half") else made


def make_range(found: Found) -> list[Mention]:
    """A range: its later end counts."""
    if _range_number(found["first"]) > 24:
        return []
    return make_clock(found)


def make_rising(found: Found) -> list[Mention]:
    """A range without a dash («день-два», «два-три»): its later end counts."""
    return make_clock(found) if int(found["first"]) < int(found["hour"]) <= 24 else []


def _range_number(word: str) -> int:
    return int(word) if word.isdigit() else int(NUMBERS.get(word, 1))


def make_nth_work_day(found: Found) -> list[Mention]:
    """The nth working day."""
    word = found["nth"]
    for n, stem in _ORDINALS.items():
        if n <= 10 and word.startswith(stem):
            return [found.mention(Unit.WORK_DAYS, n)]
    return [found.mention(Unit.WORK_DAYS, 1)]


def make_zone(found: Found) -> list[Mention]:
    """The zone that a time is read in."""
    name = found["zone"]
    return [found.mention(Unit.ZONE, zone=zones.RU[name])]


def just(unit: Unit, n: int = 0, m: int = 0, part: Part | None = None) -> Callable[[Found], list[Mention]]:
    """A maker that needs nothing but the words themselves: a unit, how many, which part of the day."""
    return lambda found: [found.mention(unit, n, m, part=part)]


def _both(unit: Unit, n: int, part: Part) -> Callable[[Found], list[Mention]]:
    return lambda found: [found.mention(unit, n), found.mention(Unit.PART, part=part)]


def make_elliptic(found: Found) -> list[Mention]:
    """A time whose unit stands elsewhere in the clause."""
    return [found.mention(Unit.SAME, int(number(found["n"])))]


AT = r"(?:(?:в|к|ко|до|на|по|с|со|около|ближе к|не позднее|не позже|после|за|не позже чем к)\s+)?"
FIRST = rf"(?P<first>\d{{1,2}}|{either({w: n for w, n in SIMPLE.items() if n <= 12})}|час[ау]?)"
STARTS = r"(?:^|(?<=[.!?:;\n]))\s*(?:ну |так |итак |еще )?"
WEEK = r"(?:следующ|будущ)\w+ недел\w+|той недел\w+|след\.? недел\w+"


def make_bare(found: Found) -> list[Mention]:
    """A bare hour («к пяти»)."""
    hour = _hour(found["hour"])
    if hour > 24 or hour == 0:
        return []
    return make_clock(found)


def make_dotted_date(found: Found) -> list[Mention]:
    """A date written with dots."""
    # "до 15.10" may be a time of day; with a preposition that fits both, a date is likelier only past the hours
    before = found.match.string[max(0, found.match.start() - 4) : found.match.start()]
    if not found.get("y") and re.search(r"(?:^|\s)(?:в|к)\s$", before) and int(found["a"]) <= 23:
        return []
    return numeric_date(found)
